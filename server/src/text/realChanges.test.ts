/** Real edits, written by a model that streams: each file is in the end what was published, to the byte. */
import { expect, test } from 'vitest';
import { type RealEdit, realChanges } from '../../../test/harness/realChanges.ts';
import { random, sample } from '../../../test/harness/scale.ts';
import { adapted, createAdapting } from './adapted.ts';
import { findOld } from './findOld.ts';
import { fitted, lineEndOf, withLineEnd } from './fit.ts';
import { createGrowth, type GrowthStep } from './growing.ts';
import { lineChanges } from './lineDiff.ts';

const changes = realChanges();
const next = random();

test('there are more than 1,000 real edits', () => {
  expect(changes.flatMap(({ edits }) => edits).length).toBeGreaterThan(1_000);
});

test('each edit is found, grows in its place, and gives the published text', () => {
  for (const { path, before, after, edits } of changes) {
    expect(edits.reduce(edited, before) === after, path).toBe(true);
  }
});

test('also in files with \\r\\n, of which the model does not know', () => {
  for (const { path, before, after, edits } of changes) {
    const published = withLineEnd(after, '\r\n');
    expect(edits.reduce(edited, withLineEnd(before, '\r\n')) === published, path).toBe(true);
  }
});

test('also when the model numbers the lines', () => {
  for (const { path, before, after, edits } of changes) {
    expect(edits.map(numbered).reduce(edited, before) === after, path).toBe(true);
  }
});

test.each([
  ['indents everything once more', (text: string) => text.replace(/^(?=[^\n])/gm, '    '), 'indentation'],
  [
    'writes tabs',
    (text: string) => text.replace(/^(?: {2})+/gm, (spaces) => '\t'.repeat(spaces.length / 2)),
    'indentation',
  ],
  ['puts blank lines around', (text: string) => `\n${text}\n`, 'trailing'],
  ['escapes once too often', (text: string) => JSON.stringify(text).slice(1, -1), 'unescaped'],
])('when the model %s, what is found is the right place and gets the right text', (_name, written, how) => {
  const counts = { found: 0, lost: 0 };
  for (const { path, before, edits } of sample(changes)) {
    let document = before;
    for (const edit of edits) {
      const expected = edited(document, edit);
      const [old_str, new_str] = [edit.old_str, edit.new_str].map(written) as [string, string];
      const place = findOld(document, old_str);
      if (place.kind !== 'found') counts.lost++;
      else if (place.how === how) {
        expect(edited(document, { old_str, new_str }), `${path}\n${old_str}`).toBe(expected);
        counts.found++;
      }
      document = expected;
    }
  }
  expect(counts.found).toBeGreaterThan(20);
  expect(counts.lost / counts.found).toBeLessThan(0.05);
});

test('the changes between the published texts lead from one to the other', () => {
  for (const { path, before, after } of changes) {
    const text = lineChanges(before, after).reduceRight(
      (now, { start, end, newStart, newEnd }) => now.slice(0, start) + after.slice(newStart, newEnd) + now.slice(end),
      before,
    );
    expect(text === after, path).toBe(true);
  }
});

function edited(document: string, { old_str, new_str }: RealEdit): string {
  const place = findOld(document, old_str);
  if (place.kind !== 'found') throw new Error(place.message);
  const { start, end } = place;
  const growth = createGrowth(document.slice(start, end), lineEndOf(document));
  const adapting = createAdapting(place);
  const steps = cut(new_str).map((piece) => growth.push(adapting.push(piece)));
  const whole = fitted(adapted(new_str, place), { document, start, end });
  const ending = [growth.push(adapting.end()), growth.end(whole)];
  return (
    document.slice(0, start) + [...steps, ...ending].reduce(applied, document.slice(start, end)) + document.slice(end)
  );
}

function applied(text: string, step: GrowthStep | undefined): string {
  return step === undefined ? text : text.slice(0, step.start) + step.text + text.slice(step.end);
}

function cut(text: string): readonly string[] {
  const pieces: string[] = [];
  for (let at = 0; at < text.length; at += pieces.at(-1)?.length ?? 0) {
    pieces.push(text.slice(at, at + 1 + Math.floor(next() * 40)));
  }
  return pieces;
}

/** As in the listing that the model is shown. */
function numbered({ old_str, new_str }: RealEdit): RealEdit {
  const first = 1 + Math.floor(next() * 2_000);
  const [old, other] = [old_str, new_str].map((text) => {
    let number = first;
    return text.replace(/^(?!$(?![\s\S]))/gm, () => `${String(number++).padStart(6)}\t`);
  });
  return { old_str: old ?? '', new_str: other ?? '' };
}
