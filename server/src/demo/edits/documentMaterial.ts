/** What can be said in a documentation comment, in words and apart from its form. */
import type { OutlineSymbol } from '../../text/outline.ts';
import type { Part } from '../facts.ts';
import { type CodeFunction, isCallable } from './functions.ts';
import type { Parameter } from './parameters.ts';
import { type Phrase, phraseOf, the } from './phrases.ts';
import type { Source } from './source.ts';
import { functionOf, ownerOf, partOf } from './targets.ts';
import { parameterHint, resultHint } from './typeHints.ts';
import { wordsOf } from './words.ts';

export interface Material {
  readonly name: string;
  readonly phrase: Phrase;
  readonly parameters: readonly {
    readonly name: string;
    readonly text: string;
    readonly parameter: Parameter;
    readonly hint: string | undefined;
  }[];
  /** Undefined where nothing comes back. */
  readonly returns: string | undefined;
  readonly returnHint: string | undefined;
  readonly throws: readonly { readonly type: string; readonly text: string }[];
  readonly code: CodeFunction | undefined;
}

const mostThrows = 6;

export function materialOf(source: Source, symbol: OutlineSymbol): Material {
  const code = functionOf(source, symbol);
  const part = partOf(source, symbol);
  const returns = code === undefined || symbol.kind === 9 ? undefined : returnsOf(code, part, source);
  const owner = code === undefined ? undefined : (receiverOf(source, code) ?? classOf(source, symbol));
  return {
    name: symbol.name,
    phrase: phraseOf({ symbol, code, owner, givesValue: returns !== undefined }),
    parameters: (code?.parameters ?? [])
      .filter(({ name }) => name !== '')
      .map((parameter) => ({
        name: parameter.name,
        text: parameterText(parameter),
        parameter,
        hint: code === undefined ? undefined : parameterHint(source, code, parameter),
      })),
    returns,
    returnHint: code === undefined ? undefined : resultHint(source, code),
    throws: throwsOf(source, part),
    code,
  };
}

function classOf(source: Source, symbol: OutlineSymbol): string | undefined {
  const owner = ownerOf(source, symbol);
  return owner === undefined || isCallable(owner) ? undefined : owner.name;
}

/** The type that stands before a method's name in Go. */
function receiverOf(source: Source, { start, open }: CodeFunction): string | undefined {
  if (source.syntax.family !== 'go') return undefined;
  return /^func\s*\(\s*\w*\s*\*?\s*(\w+)/.exec(source.masked.slice(start, open))?.[1];
}

function parameterText({ name, value, rest }: Parameter): string {
  const words = the(wordsOf(name)) || name;
  const said = rest === '' ? words : `all that are left: ${words}`;
  const usual = value !== undefined && /^[\w.'"[\]{}-]{1,30}$/.test(value) ? `; ${value} unless given` : '';
  return `${said.charAt(0).toUpperCase()}${said.slice(1)}${usual}.`;
}

function returnsOf(code: CodeFunction, part: Part | undefined, source: Source): string | undefined {
  const values = [...new Set((part?.seen.return ?? []).map(({ what }) => what).filter((what) => what !== ''))];
  const isValueless =
    /^(?:void|None|\(\)|never|Promise<void>|unit)$/i.test(code.result ?? '') || code.name === '__init__';
  if (isValueless) return undefined;
  const isExpression = code.isArrow && code.body === undefined;
  const isTail = source.syntax.family === 'rust' && code.result !== undefined;
  if (values.length === 0 && !isExpression && !isTail) return undefined;
  const [only = ''] = values;
  if (
    values.length === 1 &&
    /^[A-Za-z_$][\w$]*$/.test(only) &&
    !/^(?:null|None|nil|undefined|true|false|True|False|this|self)$/.test(only)
  )
    return `${capital(the(wordsOf(only)))}.`;
  const short = values.filter((value) => value.length <= 40 && !/[`*\\"{}@<]/.test(value));
  if (short.length > 0 && short.length === values.length && values.length <= 3)
    return `${short.map((value) => `\`${value}\``).join(' or ')}.`;
  return code.result === undefined || /[`*@\n{]/.test(code.result)
    ? 'The result.'
    : `The result, of type \`${code.result}\`.`;
}

function throwsOf(source: Source, part: Part | undefined): Material['throws'] {
  const seen = (part?.seen.throw ?? []).slice(0, mostThrows).map(({ what, line }) => {
    const text = source.lines[line] ?? '';
    const message = /\(\s*f?(["'`])((?:(?!\1)[^\\$"{}*@])+)\1/.exec(text)?.[2] ?? '';
    return { type: what === '' ? 'Error' : what, text: message };
  });
  return seen.filter(
    ({ type, text }, index) => seen.findIndex((each) => each.type === type && each.text === text) === index,
  );
}

function capital(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1);
}
