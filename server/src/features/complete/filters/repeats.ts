/** Takes off what stands around the cursor already: the start of the line, the lines above, the rest of the line, the lines below. Pure. */
import { lineAfter, lineBefore } from '../hole.ts';
import type { Filter } from './filter.ts';

/** Lines above the cursor that are looked at. */
const above = 12;
/** A shorter beginning of a line may be repeated on purpose. */
const shortest = 3;

/** The line of the cursor from its start, also behind some lines that stand above it. */
export const repeatedStart: Filter = {
  name: 'repeats what stands before',
  apply(text, { before }) {
    const line = lineBefore(before);
    const lines = text.split('\n');
    const known = before
      .split('\n')
      .slice(-above - 1, -1)
      .map((each) => each.trim())
      .filter((each) => each !== '');
    const skipped = knownLines(lines, known);
    if (skipped > 0 && lines.slice(skipped).every((each) => each.trim() === '')) return undefined;
    const [first = '', ...others] = lines.slice(skipped);
    if (line.trim() === '') return [first, ...others].join('\n');
    const rest = withoutStart(first, line);
    if (rest === undefined) return skipped > 0 ? undefined : text;
    return [rest, ...others].join('\n');
  },
};

/** How many lines at the start are the last ones above the cursor, or some of them in order. */
function knownLines(lines: readonly string[], known: readonly string[]): number {
  const first = lines.findIndex((line) => line.trim() !== '');
  const start = known.lastIndexOf(lines[first]?.trim() ?? '');
  if (first < 0 || start < 0) return 0;
  let [at, count] = [start, 0];
  for (const [index, line] of lines.entries()) {
    if (line.trim() === '') continue;
    if (line.trim() !== known[at]) break;
    at += 1;
    count = index + 1;
  }
  // Code says the same line twice now and then: it is a repetition where it reaches the cursor.
  return at === known.length ? count : 0;
}

function withoutStart(first: string, line: string): string | undefined {
  if (line.trim().length < shortest) return undefined;
  if (first.startsWith(line)) return first.slice(line.length);
  const [text, start] = [first.trimStart(), line.trimStart()];
  return text.startsWith(start) ? text.slice(start.length) : undefined;
}

/** The rest of the line, and the lines below it. */
export const repeatedEnd: Filter = {
  name: 'repeats what follows',
  apply(text, { after, shape }) {
    const rest = lineAfter(after);
    const lines = text.split('\n');
    const below = after
      .split('\n')
      .slice(1)
      .map(saidIn)
      .filter((line) => line !== '');
    const from = lines.findIndex(
      (line, index) => line.trim() !== '' && follows(lines.slice(index), below, index === 0),
    );
    if (from === 0) return undefined;
    const kept = shape === 'line' ? lines.slice(0, 1) : lines.slice(0, from < 0 ? undefined : from);
    const last = kept.at(-1) ?? '';
    const all = [...kept.slice(0, -1), withoutRest(last, rest)].join('\n');
    return all.trim() === '' ? undefined : all;
  },
};

/** All of them stand below, or two of them do, at the start of what is below. */
function follows(lines: readonly string[], below: readonly string[], isFirst: boolean): boolean {
  const spoken = lines
    .map((line, index) => (index === 0 && isFirst ? line.trim() : saidIn(line)))
    .filter((line) => line !== '');
  const wanted = isFirst ? [below[0]?.trim(), ...below.slice(1)] : below;
  let same = 0;
  while (same < spoken.length && spoken[same] === wanted[same]) same += 1;
  return same > 0 && (same === spoken.length || (same >= 2 && spoken.slice(0, same).join('').length >= 8));
}

/** Brackets alone say where they stand; of other lines it does not matter. */
function saidIn(line: string): string {
  return /^[\s)\]};,]*$/.test(line) ? line.trimEnd() : line.trim();
}

function withoutRest(line: string, rest: string): string {
  const wanted = rest.trimEnd();
  if (wanted === '') return line;
  const text = line.trimEnd();
  return text.endsWith(wanted) ? text.slice(0, -wanted.length) : line;
}

/** The same line again and again. */
export const loops: Filter = {
  name: 'says the same again and again',
  apply(text) {
    const lines = text
      .split('\n')
      .map((line) => line.trim())
      .filter((line) => line.length >= 4);
    const counts = [...Map.groupBy(lines, (line) => line).values()].map(({ length }) => length);
    const most = Math.max(0, ...counts);
    return most >= 4 && most > lines.length / 2 ? undefined : text;
  },
};
