/** R27, R28: on real code, after whatever a person does to it, an explanation is at its code, or says that this has changed or is gone. */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, expect, test } from 'vitest';
import { explained, linesIn, type Window, windowOn } from '../../../test/harness/explained.ts';
import {
  copied,
  edited,
  type MarkedChange,
  type MarkedText,
  marked,
  reformatted,
  said,
  taken,
} from '../../../test/harness/markedText.ts';
import { type RealSource, realSources } from '../../../test/harness/realSources.ts';
import { random, scaled } from '../../../test/harness/scale.ts';
import { lineStartsOf } from '../text/lines.ts';
import { outlineOf } from '../text/outline.ts';

const base = mkdtempSync(path.join(tmpdir(), 'gloss-anchors-'));
afterAll(() => rmSync(base, { recursive: true, force: true }));
let folders = 0;

const uri = 'file:///w/source';
const next = random();
const pick = (count: number) => Math.floor(next() * count);
const oneOf = <One>(all: readonly One[]): One => all[pick(all.length)] as One;

interface Explained {
  readonly id: string;
  readonly code: string;
  readonly said: readonly number[];
}

/** Up to ten symbols, and single lines in between. */
function explainedIn({ text, languageId }: RealSource) {
  const symbols = outlineOf(text, languageId).filter(({ range }) => range.end.line - range.start.line < 60);
  const step = Math.max(1, Math.floor(symbols.length / 8));
  const ranges = symbols
    .filter((_, index) => index % step === 0)
    .slice(0, 8)
    .map(({ range }) => ({ first: range.start.line, last: range.end.line }));
  const lines = text.split('\n');
  const single = Array.from({ length: 2 }, () => pick(lines.length)).filter(
    (line) => (lines[line] ?? '').trim() !== '',
  );
  // Some sources have no symbols.
  const lone = single.length > 0 ? single : [lines.findIndex((line) => line.trim() !== '')];
  return [...ranges, ...lone.map((line) => ({ first: line, last: line }))].map((range, index) =>
    explained(`e${index}`, { uri, text, ...range }),
  );
}

/** What a person does next: the changes of one event, in which each is for the text that the one before has made. */
function deed(now: MarkedText, wholes: readonly Explained[]): readonly MarkedChange[] {
  const { text } = now;
  const lineCount = lineStartsOf(text).length;
  const isNear = pick(2) === 0;
  const near = () => {
    const mark = oneOf(oneOf(wholes).said);
    return Math.max(0, isNear ? now.marks.indexOf(mark) : pick(text.length + 1));
  };
  const lineOf = (offset: number) => text.slice(0, offset).split('\n').length - 1;
  const at = whole(text, near());
  const few = whole(text, Math.min(text.length, at + pick(30)));
  const line = lineOf(at);
  const lines = linesIn(text, line, Math.min(lineCount - 1, line + pick(12)));
  switch (pick(10)) {
    case 0:
      return [{ start: at, end: at, text: oneOf(['x', '\n', '  ', ' = 1;\n', '🙂', '}\n', '\r\n', '# é\n']) }];
    case 1:
      return [{ start: lines.start, end: lines.start, text: oneOf(['\n', '// new\n', 'call(1);\n\n', '\t\n']) }];
    case 2:
      return [{ start: at, end: few, text: '' }];
    case 3:
      return [{ start: at, end: few, text: oneOf(['value', 'a\nb', '']) }];
    case 4:
      return [{ ...lines, text: '' }];
    case 5: {
      // A block goes elsewhere.
      const block = taken(now, lines.start, lines.end);
      const left = edited(now, { ...lines, text: '' });
      const to = linesIn(left.text, pick(left.text.split('\n').length), 0).start;
      return [
        { ...lines, text: '' },
        { start: to, end: to, ...block },
      ];
    }
    case 6: {
      // A block is there twice.
      const to = oneOf([lines.start, lines.end, linesIn(text, pick(lineCount), 0).start]);
      const marks = now.marks.slice(lines.start, lines.end).map((mark) => (mark >= 0 ? copied(mark) : mark));
      return [{ start: to, end: to, text: text.slice(lines.start, lines.end), marks }];
    }
    case 7: {
      const unit = oneOf(['  ', '\t', '    ']);
      const all = reformatted(
        now,
        (old) => (pick(40) === 0 ? old : old.replace(/\t| {4}| {2}/g, unit)),
        oneOf(['\n', '\n', '\r\n']),
      );
      return [{ start: 0, end: text.length, ...all }];
    }
    case 8:
      return [
        { start: at, end: at, text: 'q' },
        { start: 0, end: 0, text: '// top\n' },
      ];
    default:
      return [{ start: lines.start, end: lines.end, ...taken(now, lines.start, lines.end) }];
  }
}

/** The text after some changes, and the changes that undo them, as an editor does. */
function done(now: MarkedText, changes: readonly MarkedChange[]): readonly [MarkedText, readonly MarkedChange[]] {
  let after = now;
  const back = changes.map((change): MarkedChange => {
    const { start, end } = change;
    const old = taken(after, start, end);
    after = edited(after, change);
    return { start, end: start + change.text.length, ...old };
  });
  return [after, back.reverse()];
}

/** Not between the halves of a pair. */
function whole(text: string, offset: number): number {
  const code = text.charCodeAt(offset);
  return code >= 0xdc00 && code <= 0xdfff ? offset - 1 : offset;
}

/** What would be wrong to say of it; undefined where all is well. */
function wrong(one: Explained, now: MarkedText, window: Window, counts: typeof tally): string | undefined {
  const summary = window.store.summary(one.id);
  if (summary === undefined) return 'it is not there';
  const starts = lineStartsOf(now.text);
  const { start, end } = summary.range;
  const [from, to] = [starts[start.line] ?? now.text.length, starts[end.line + 1] ?? now.text.length];
  const here = said(now, from, to);
  const isThere = isWhole(one, now);
  const isOnlyOne = isThere && countOf(one.code, now.text) === 1;
  if (isThere) counts.could++;
  if (isOnlyOne) counts.couldSurely++;
  if (summary.state === 'current') {
    if (isThere) counts.did++;
    if (isOnlyOne) counts.didSurely++;
    if (trimmed(now.text.slice(from, to)) !== trimmed(one.code)) return 'current, but it reads differently';
    return isForeign(here, one) ? 'current, but somewhere else' : undefined;
  }
  return summary.state === 'changed' && !holdsSome(here, one) ? 'changed, but somewhere else' : undefined;
}

/** Some of the code, or of what was copied from it, stands in these lines. */
function holdsSome(here: readonly number[], { said: own }: Explained): boolean {
  const wanted = new Set(own);
  return here.some((mark) => wanted.has(mark) || wanted.has(copied(mark)));
}

/** Most of what is there was something else before. What was put in since, a copy of the code for one, may be there as well. */
function isForeign(here: readonly number[], { said: own }: Explained): boolean {
  const wanted = new Set(own);
  const foreign = here.filter((mark) => mark >= 0 && !wanted.has(mark)).length;
  return foreign > here.length / 2;
}

/** All of it stands there as whole lines, as it was explained. */
function isWhole({ said: all, code }: Explained, now: MarkedText): boolean {
  const [first, last] = [now.marks.indexOf(all[0] ?? -2), now.marks.indexOf(all.at(-1) ?? -2)];
  if (first < 0 || last < first) return false;
  const from = now.text.lastIndexOf('\n', first) + 1;
  const end = now.text.indexOf('\n', last);
  const text = now.text.slice(from, end < 0 ? undefined : end);
  return trimmed(text) === trimmed(code) && String(said(now, from, from + text.length)) === String(all);
}

/** At how many lines the text reads so. */
function countOf(code: string, text: string): number {
  const [lines, content] = [text, code].map((all) => trimmed(all).split('\n')) as [string[], string[]];
  return lines.filter((_, line) => content.every((said, index) => lines[line + index] === said)).length;
}

function trimmed(text: string): string {
  return text
    .split(/\r\n|\n|\r/)
    .map((line) => line.trimEnd())
    .join('\n')
    .trimEnd();
}

const sources = realSources(scaled(20));
const edits = 200;
/** `Surely`: of code that stands there only once. */
const tally = { looks: 0, could: 0, did: 0, couldSurely: 0, didSurely: 0 };
const wrongs: string[] = [];

test('the sources are real ones, in several languages', () => {
  expect(new Set(sources.map(({ languageId }) => languageId)).size).toBeGreaterThanOrEqual(2);
});

test.each(sources.map((source) => [`${source.languageId} ${path.basename(source.file)}`, source] as const))(
  'R27, R28: %s',
  { timeout: 120_000 },
  async (_name, source) => {
    const window = windowOn(path.join(base, String(folders++)));
    await window.open(uri, source.text);
    let now = marked(source.text);
    const records = explainedIn(source);
    const wholes: Explained[] = [];
    for (const record of records) {
      await window.store.put(record);
      const { start, end } = linesIn(source.text, record.range.start.line, record.range.end.line);
      wholes.push({ id: record.id, code: record.code, said: said(now, start, end) });
    }
    const before: { readonly text: MarkedText; readonly back: readonly MarkedChange[] }[] = [];
    const found: string[] = [];
    const story: string[] = [];
    for (let turn = 0; turn < edits && found.length === 0; turn++) {
      const isUndo = before.length > 0 && pick(4) === 0;
      const isClosed = pick(12) === 0;
      let changes: readonly MarkedChange[] = [];
      if (isUndo) {
        const last = before.pop();
        changes = last?.back ?? [];
        now = last?.text ?? now;
      } else {
        changes = deed(now, wholes);
        const [after, back] = done(now, changes);
        before.push({ text: now, back });
        now = after;
      }
      if (isClosed) {
        window.documents.close(uri);
        await window.open(uri, now.text);
      } else if (changes.length > 0)
        window.documents.change(uri, ...changes.map(({ start, end, text }) => ({ start, end, text })));
      story.push(
        `${isUndo ? 'undo ' : ''}${isClosed ? 'closed ' : ''}${JSON.stringify(changes.map(({ start, end, text }) => [start, end, text.slice(0, 60)]))}`,
      );
      for (const one of wholes) {
        tally.looks++;
        const what = wrong(one, now, window, tally);
        if (what !== undefined) found.push(`${one.id} after edit ${turn}: ${what}\n${story.slice(-3).join('\n')}`);
      }
      if (now.text.length > 4 * source.text.length || now.text.length < 200) {
        now = before[0]?.text ?? now;
        window.documents.change(uri, { start: 0, end: window.documents.text(uri).length, text: now.text });
        before.length = 0;
      }
    }
    wrongs.push(...found);
    expect(await window.store.list()).toHaveLength(wholes.length);
    await window.store.close();
  },
);

test('what stands there as it was is found: it is no feat to call everything gone', () => {
  const shares = [tally.did / tally.could, tally.didSurely / tally.couldSurely];
  const [all, single] = shares.map((share) => `${(100 * share).toFixed(1)} %`);
  process.stdout.write(`${tally.looks} looks: found ${all} of what is there, ${single} of what is there only once\n`);
  expect(tally.could).toBeGreaterThan(1_000);
  expect(shares[0]).toBeGreaterThan(0.8);
  expect(shares[1]).toBeGreaterThan(0.9);
});

test('R27: it is never anywhere else, whatever the documents went through', () => {
  expect(tally.looks).toBeGreaterThan(10_000);
  expect(wrongs).toEqual([]);
});
