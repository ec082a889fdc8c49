/** What the code shows of types: by defaults, comparisons, and what is done with a name. In the words of the language; undefined where nothing shows. */

import { maskOf } from '../../text/mask.ts';
import { splitBy } from './conditions.ts';
import type { CodeFunction } from './functions.ts';
import type { Parameter } from './parameters.ts';
import type { Source } from './source.ts';

/** Kinds that the rules tell apart; a name of a class stands for itself. */
export type Kind =
  | 'number'
  | 'float'
  | 'string'
  | 'boolean'
  | 'array'
  | 'object'
  | 'function'
  | 'promise'
  | 'nothing'
  | `class ${string}`;

/** Characters of a body that are read for hints. */
const longestBody = 40_000;
/** Longer expressions show nothing but their brackets. */
const longestValue = 2_000;

export function parameterHint(source: Source, code: CodeFunction, parameter: Parameter): string | undefined {
  if (parameter.type !== undefined) return parameter.type;
  const given = parameter.value === undefined ? undefined : kindOf(parameter.value, source);
  const isNothing = given === 'nothing';
  const kind = given === undefined || isNothing ? usedAs(source, code, parameter.name) : given;
  if (kind === undefined) return undefined;
  const name = written(kind, source);
  if (parameter.rest !== '')
    return source.syntax.family === 'script' ? `${/[ |]/.test(name) ? `(${name})` : name}[]` : name;
  return isNothing ? `${name} | ${source.syntax.byIndent ? 'None' : 'null'}` : name;
}

/** The type of what is returned, where all of it shows. */
export function resultHint(source: Source, code: CodeFunction): string | undefined {
  if (code.result !== undefined) return code.result;
  if (code.isGenerator || code.symbol.kind === 9 || code.name === 'constructor') return undefined;
  const values = returnsIn(source, code);
  if (values === undefined) return undefined;
  const kinds = values.map((value) => (value === '' ? 'nothing' : kindOf(value, source, code)));
  if (kinds.includes(undefined)) return undefined;
  const known = [...new Set(kinds)].filter((kind) => kind !== undefined);
  const isVoid = known.every((kind) => kind === 'nothing') && values.every((value) => value === '');
  const nothing = source.syntax.byIndent ? 'None' : 'undefined';
  const names = known.map((kind) => (kind === 'nothing' ? nothingAs(values, nothing) : written(kind, source)));
  const type = isVoid ? (source.syntax.byIndent ? 'None' : 'void') : [...new Set(names)].join(' | ');
  return code.isAsync && source.syntax.family === 'script' ? `Promise<${type}>` : type;
}

function nothingAs(values: readonly string[], nothing: string): string {
  if (nothing === 'None') return nothing;
  const names = ['null', 'undefined'].filter((name) => values.includes(name));
  return names.join(' | ') || nothing;
}

/** The values that the function itself returns; undefined where they cannot be told. */
function returnsIn(source: Source, { body, start, end, isArrow }: CodeFunction): readonly string[] | undefined {
  const { masked, text } = source;
  if (body === undefined) {
    const arrow = isArrow ? masked.indexOf('=>', start) : -1;
    return arrow < 0 || arrow > end ? undefined : [text.slice(arrow + 2, end).trim()];
  }
  const own = masked.slice(body.from, Math.min(body.to, body.from + longestBody));
  // Returns of functions inside would be taken for its own.
  if (
    /=>|\bfunction\b|\bdef\b|\blambda\b|\byield\b|^[ \t]*(?:async\s+)?[\w$]+\([^()]*\)[ \t]*\{/m.test(
      own.replace(/^[ \t]*(?:if|for|while|switch|catch|with)\b/gm, '#'),
    )
  )
    return undefined;
  const found = [...own.matchAll(/\breturn\b[ \t]*/g)].map((match) => {
    const from = body.from + match.index + match[0].length;
    return text.slice(from, valueEnd(source, from)).trim();
  });
  const endsInValue = /\b(?:return|throw|raise)\b[^;\n]*;?\s*(?:\n\s*[\])}]+;?\s*)*$/.test(own.slice(-400));
  return endsInValue || found.length === 0 ? (found.length === 0 ? [''] : found) : [...found, ''];
}

function valueEnd({ masked, partner }: Source, from: number): number {
  for (let at = from; at < masked.length; at++) {
    const character = masked.charAt(at);
    if (';\n)}]'.includes(character)) return at;
    if ('([{'.includes(character)) at = Math.max(at, partner(at));
  }
  return masked.length;
}

/** By the form of an expression. @param code - Where names are looked up. */
export function kindOf(expression: string, source: Source, code?: CodeFunction): Kind | undefined {
  const text = expression.replace(/^await\s+/, '').trim();
  if (isOneBracket(text, '[', ']')) return 'array';
  if (text.length > longestValue) return undefined;
  if (/^(?:null|None|undefined)$/.test(text)) return 'nothing';
  if (/^(?:true|false|True|False)$/.test(text) || /^!/.test(text) || /^not /.test(text)) return 'boolean';
  if (/^[+-]?(?:\d[\d_]*|0x[\da-f]+)$/i.test(text)) return 'number';
  if (/^[+-]?\d*\.\d+(?:e[+-]?\d+)?$/i.test(text)) return 'float';
  if (/^(?:[rfbu]{0,2})(?:"[^"\\]*"|'[^'\\]*'|`[^`\\]*`)$/i.test(text)) return 'string';
  if (isOneBracket(text, '{', '}') && !/^\{\s*[^:{}]+(?:,[^:{}]+)*\}$/.test(text)) return 'object';
  if (/^(?:async\s*)?\([^()]*\)\s*=>|^function\b|^lambda\b/.test(text)) return 'function';
  const made = /^new ([A-Z]\w*)(?:<[^()]*>)?\([^()]*\)$/.exec(text)?.[1];
  if (made !== undefined && !/^(?:Array|Map|Set|Promise|WeakMap)$/.test(made)) return `class ${made}`;
  if (
    /^(?:len|int|Number|parseInt|Math\.\w+|abs|ord)\([^()]*(?:\([^()]*\)[^()]*)*\)(?: [*/+-] \d+)*$|\.length$/.test(
      text,
    )
  )
    return 'number';
  if (/^float\([^()]*\)$/.test(text)) return 'float';
  if (
    /^(?:String|str|repr)\([^()]*\)$|\.(?:join|trim|toUpperCase|toLowerCase|toString|strip|upper|lower|format)\([^()]*\)$/.test(
      text,
    )
  )
    return 'string';
  if (
    /^(?:Boolean|bool|isinstance|any|all)\(.*\)$|\.(?:includes|startsWith|endsWith|test|startswith|endswith)\([^()]*\)$/.test(
      text,
    )
  )
    return 'boolean';
  const byOperator = kindByOperator(maskOf(text, source.syntax.language), source);
  if (byOperator !== undefined) return byOperator;
  return /^[A-Za-z_$][\w$]*$/.test(text) && code !== undefined ? declaredAs(text, source, code) : undefined;
}

function kindByOperator(masked: string, { syntax }: Source): Kind | undefined {
  if (/\?| (?:&&|\|\||and|or|if) /.test(masked)) return undefined;
  const comparison = / (?:===?|!==?|<=?|>=?|in|not in|is|is not|instanceof) /y;
  if (splitBy(masked, comparison).length === 2) return 'boolean';
  // In Python it may be a whole number or a fraction.
  return syntax.family === 'script' && splitBy(masked, / [*/%-] /y).length > 1 && !/ \+ |"/.test(masked)
    ? 'number'
    : undefined;
}

function isOneBracket(text: string, open: string, close: string): boolean {
  return text.startsWith(open) && text.endsWith(close) && !/[\])}]\s*[+*/?|&=<>-]/.test(text) && !/\bfor\b/.test(text);
}

/** A local or a parameter that was given a value whose kind shows. */
function declaredAs(name: string, source: Source, { body, parameters }: CodeFunction): Kind | undefined {
  const parameter = parameters.find((each) => each.name === name);
  if (parameter !== undefined)
    return kindOfName(parameter.type) ?? (parameter.value === undefined ? undefined : kindOf(parameter.value, source));
  if (body === undefined) return undefined;
  const escaped = name.replaceAll('$', '\\$');
  const own = source.masked.slice(body.from, Math.min(body.to, body.from + longestBody));
  const all = [
    ...own.matchAll(
      new RegExp(`(?<![\\w$.])${escaped}[ \\t]*(?::[ \\t]*([\\w[\\]]+)[ \\t]*)?(?<![=!<>])=(?![=>])[ \\t]*`, 'g'),
    ),
  ];
  const kinds = all.map((match) => {
    const from = body.from + match.index + match[0].length;
    return kindOfName(match[1]) ?? kindOf(source.text.slice(from, valueEnd(source, from)).trim(), source);
  });
  const [first] = kinds;
  return kinds.every((kind) => kind === first) ? first : undefined;
}

function kindOfName(type: string | undefined): Kind | undefined {
  switch (type) {
    case 'number':
    case 'int':
      return 'number';
    case 'float':
      return 'float';
    case 'string':
    case 'str':
      return 'string';
    case 'boolean':
    case 'bool':
      return 'boolean';
    default:
      return undefined;
  }
}

const uses: readonly (readonly [Kind, RegExp])[] = [
  [
    'string',
    /^\.(?:toUpperCase|toLowerCase|trim|trimEnd|trimStart|split|startsWith|endsWith|charAt|charCodeAt|padStart|padEnd|replaceAll|replace|match|localeCompare|upper|lower|strip|lstrip|rstrip|startswith|endswith|encode|splitlines|casefold|title)\(/,
  ],
  [
    'array',
    /^\.(?:push|pop|map|filter|forEach|reduce|join|sort|some|every|find|flatMap|append|extend|shift|unshift|splice)\(/,
  ],
  ['object', /^\.(?:items|keys|values|setdefault)\(/],
  ['promise', /^\.(?:then|catch|finally)\(/],
  ['string', /^ ?(?:===?|!==?) ?"/],
  ['boolean', /^ ?(?:===?|!==?|is) ?(?:true|false|True|False)\b/],
  ['number', /^ ?(?:[*/%-]|\*\*|\/\/|[<>]=?|===?|!==?) ?-?\d|^ ?(?:[*%-]|\/) ?[\w$(]|^(?:\+\+|--)| ?[*/-]= ?/],
  ['function', /^\(/],
];

/** By the first thing done with it that shows anything. */
function usedAs({ masked }: Source, { body, close, end }: CodeFunction, name: string): Kind | undefined {
  if (name === '') return undefined;
  const from = body?.from ?? close + 1;
  const own = masked.slice(from, Math.min(body?.to ?? end, from + longestBody));
  const escaped = name.replaceAll('$', '\\$');
  for (const match of own.matchAll(new RegExp(`(?<![\\w$.])${escaped}(?![\\w$])`, 'g'))) {
    const behind = own.slice(match.index + name.length, match.index + name.length + 24);
    const before = own.slice(Math.max(0, match.index - 10), match.index);
    const kind = uses.find(([, shape]) => shape.test(behind))?.[0];
    if (kind !== undefined) return kind;
    if (/(?:^|[^*\w$)])[*/%] ?$|\d ?[<>]=? ?$|\d - $/.test(before)) return 'number';
    if (/" ===? $/.test(before)) return 'string';
  }
  return undefined;
}

function written(kind: Kind, { syntax }: Source): string {
  const python: Readonly<Record<string, string>> = {
    number: 'int',
    float: 'float',
    string: 'str',
    boolean: 'bool',
    array: 'list',
    object: 'dict',
    nothing: 'None',
  };
  const script: Readonly<Record<string, string>> = {
    number: 'number',
    float: 'number',
    string: 'string',
    boolean: 'boolean',
    array: 'unknown[]',
    object: 'Record<string, unknown>',
    function: '(...args: unknown[]) => unknown',
    promise: 'Promise<unknown>',
    nothing: 'undefined',
  };
  if (kind.startsWith('class ')) return kind.slice('class '.length);
  return syntax.byIndent ? (python[kind] ?? 'object') : (script[kind] ?? 'unknown');
}
