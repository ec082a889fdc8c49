/** What is worth a test in a function: its branches, results and errors, each as a sentence; an assertion only where it is certain. */
import type { CodeFunction } from './functions.ts';
import type { Source } from './source.ts';
import { partOf } from './targets.ts';

export interface TestCase {
  /** "returns `0` when …": without quotes and line breaks. */
  readonly name: string;
  /** The arguments and the result, both literals, where the code leaves no doubt. */
  readonly certain?: { readonly given: string; readonly result: string };
}

const mostCases = 20;

export function testCasesOf(source: Source, code: CodeFunction): readonly TestCase[] {
  const seen = partOf(source, code.symbol)?.seen;
  const certain = certainCase(source, code);
  const guards = (seen?.branch ?? []).map(({ what }) => ({ name: plain(`handles the case that ${what}`) }));
  const throws = (seen?.throw ?? []).map(({ what }) => ({ name: plain(`raises ${what || 'an error'}`) }));
  const results = (seen?.return ?? [])
    .filter(({ what }) => what !== '')
    .map(({ what }) => ({ name: plain(`returns ${what}`) }));
  const loops = (seen?.loop ?? []).map(({ what }) => ({
    name: plain(`goes through ${what || 'nothing'} when it is empty`),
  }));
  const all = [...(certain === undefined ? [] : [certain]), ...guards, ...results, ...throws, ...loops];
  const unique = all.filter(({ name }, index) => all.findIndex((each) => each.name === name) === index);
  return unique.length === 0 ? [{ name: 'does what its name says' }] : unique.slice(0, mostCases);
}

/** Words that can stand in a string or comment of every language. */
function plain(text: string): string {
  const clean = text
    .replace(/["'`\\$]|[\p{Cc}\u2028\u2029]/gu, '')
    .replace(/\*\//g, '* /')
    .replace(/\s+/g, ' ')
    .trim();
  return clean.length > 90 ? `${[...clean].slice(0, 88).join('')}…` : clean;
}

const literal = '-?\\d+(?:\\.\\d+)?|true|false|True|False|null|None|nil|"[^"\\\\$]*"|\'[^\'\\\\$]*\'';

/** Functions that begin by returning a literal, at once or for one literal argument. */
function certainCase(
  source: Source,
  { name, parameters, body, isAsync, isGenerator, symbol }: CodeFunction,
): TestCase | undefined {
  if (body === undefined || isAsync || isGenerator || symbol.kind !== 12) return undefined;
  const text = source.text
    .slice(body.from, body.from + 400)
    .replace(/^\s*(?:"""[^"]*"""|\/\/[^\n]*|#[^\n]*)\s*/, '')
    .trimStart();
  const always = new RegExp(`^return (${literal})\\s*;?\\s*(?:\\}|\\n|$)`).exec(text)?.[1];
  if (always !== undefined && parameters.length === 0)
    return { name: plain(`always returns ${always}`), certain: { given: '', result: always } };
  const [only] = parameters;
  if (only === undefined || parameters.length !== 1 || only.name === '' || only.rest !== '') return undefined;
  const guard = new RegExp(
    `^if \\(?${only.name.replaceAll('$', '\\$')} ={2,3} (${literal})\\)?:?\\s*\\{?\\s*return (${literal})\\s*[;\\n}]`,
  ).exec(text);
  if (guard === null) return undefined;
  const [, given = '', result = ''] = guard;
  return { name: plain(`${name} returns ${result} for ${given}`), certain: { given, result } };
}
