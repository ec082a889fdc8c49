/** The names that code uses: where each stands first, the most telling ones first. Pure. */
import type { Position } from '#shared/place.ts';
import { isWordCode } from '../../text/around.ts';
import { lineStartsOf } from '../../text/lines.ts';
import { maskOf } from '../../text/mask.ts';

export interface UsedName {
  readonly name: string;
  /** Where it stands first, in the document. */
  readonly position: Position;
}

/** Code longer than this is read to here only. */
const longestRead = 60_000;

/**
 * Names in the lines of a document, without keywords, names of one letter and what is only a member behind a dot of
 * something unknown. What is called and what is written like a type tells most; then what comes often.
 */
export function namesIn(code: string, firstLine: number, languageId: string): readonly UsedName[] {
  const masked = maskOf(code.slice(0, longestRead), languageId);
  const starts = lineStartsOf(masked);
  const found = new Map<string, Sighted>();
  let line = 0;
  for (const { 0: name, index } of masked.matchAll(words)) {
    while ((starts[line + 1] ?? Number.POSITIVE_INFINITY) <= index) line++;
    if (name.length < 2 || keywords.has(name) || isWordCode(masked.charCodeAt(index - 1))) continue;
    const seen = found.get(name);
    const worth = worthOf(masked, name, index);
    if (seen !== undefined) found.set(name, { ...seen, worth: Math.max(seen.worth, worth), count: seen.count + 1 });
    else {
      const position = { line: firstLine + line, character: index - (starts[line] ?? 0) };
      found.set(name, { name, position, worth, count: 1 });
    }
  }
  // Sorting keeps the order of the document among equals.
  return [...found.values()].sort(
    (one, other) => other.worth - one.worth || Math.min(other.count, 3) - Math.min(one.count, 3),
  );
}

interface Sighted extends UsedName {
  readonly worth: number;
  readonly count: number;
}

const words = /[\p{L}_$][\p{L}\p{N}_$]*/gu;

function worthOf(masked: string, name: string, index: number): number {
  const isMember = masked.charAt(index - 1) === '.';
  const behind = masked.slice(index + name.length, index + name.length + 3);
  if (/^(?:\(|![([{]|::|<)/.test(behind)) return isMember ? 2 : 4;
  if (/^\p{Lu}/u.test(name)) return isMember ? 2 : 3;
  return isMember ? 0 : 1;
}

/** Of all languages together: a name that is a keyword elsewhere is a loss that nobody notices. */
const keywords: ReadonlySet<string> = new Set(
  (
    'abstract alignof and any as assert async auto await base bool boolean break byte case catch chan char class clone co ' +
    'const constexpr continue crate debugger decltype def default defer del delete do double dyn elif else elseif end enum ' +
    'except explicit export extends extern fallthrough false False final finally float fn for foreach friend from fun func ' +
    'function get global go goto guard if impl implements import in inline instanceof int interface internal is keyof ' +
    'lambda let lock long loop macro match mod module move mut namespace native never new nil none None nonlocal not null ' +
    'nullptr number object of open operator or out override package pass print private protected pub public raise range ' +
    'readonly ref register require restrict return sealed select self Self set short signed sizeof static str string ' +
    'struct super switch symbol synchronized template then this throw throws trait transient true True try type typedef ' +
    'typeof typename u8 u16 u32 u64 i8 i16 i32 i64 f32 f64 usize isize undefined union unknown unless unsafe unsigned ' +
    'until use using val var virtual void volatile when where while with yield ifdef ifndef endif define include ' +
    'undef pragma elsif begin rescue ensure do rune uint uint8 uint16 uint32 uint64 int8 int16 int32 int64 uintptr error'
  ).split(' '),
);
