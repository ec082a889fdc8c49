/** Edits find their place after what was typed meanwhile, and nothing that was typed is lost. `[` and `]` mark an edit's range. */
import { expect, test } from 'vitest';
import { random, scaled } from '../../test/harness/scale.ts';
import type { Change } from './anchor.ts';
import type { Position, Range } from './place.ts';
import { rebased } from './rebase.ts';

/** The text after the change that `<old|new>` stands for, with the range where it is then. */
function moved(story: string): string {
  const before = story.replace(changed, '$1');
  const text = before.replaceAll(/[[\]]/g, '');
  const [, old = '', inserted = ''] = changed.exec(story.replaceAll(/[[\]]/g, '')) ?? [];
  const at = story.replaceAll(/[[\]]/g, '').indexOf('<');
  const range = rangeOf(text, before.indexOf('['), before.indexOf(']') - 1);
  const result = rebased([{ range }], [{ range: rangeOf(text, at, at + old.length), text: inserted }]);
  if (result === 'touched') return result;
  const after = text.slice(0, at) + inserted + text.slice(at + old.length);
  return result.map((edit) => marked(after, edit.range)).join();
}

const changed = /<([^|]*)\|([^>]*)>/;

function rangeOf(text: string, start: number, end: number): Range {
  return { start: positionOf(text, start), end: positionOf(text, end) };
}

function positionOf(text: string, offset: number): Position {
  const lines = text.slice(0, offset).split('\n');
  return { line: lines.length - 1, character: lines.at(-1)?.length ?? 0 };
}

function offsetOf(text: string, { line, character }: Position): number {
  return text.split('\n').slice(0, line).join('\n').length + (line > 0 ? 1 : 0) + character;
}

function marked(text: string, { start, end }: Range): string {
  const [from, to] = [offsetOf(text, start), offsetOf(text, end)];
  return `${text.slice(0, from)}[${text.slice(from, to)}]${text.slice(to)}`;
}

test.each([
  ['lines typed above move it', 'a<|\nb\n>\n[code]', 'a\nb\n\n[code]'],
  ['lines deleted above move it', 'a<\nb|>\n[code]', 'a\n[code]'],
  ['text before it on its line moves it', 'a<bc|d> [code]', 'ad [code]'],
  ['text inserted at its start stays outside', 'a<|b>[code]', 'ab[code]'],
  ['text inserted at its end stays outside', '[code]<|b>a', '[code]ba'],
  ['a line break inserted at its start takes it along', 'a<|\n>[code]', 'a\n[code]'],
  ['a replacement that ends where it starts stays outside', '<a|bc>[code]', 'bc[code]'],
  ['a replacement that starts where it ends stays outside', '[code]<a|bc>', '[code]bc'],
  ['text typed below changes nothing', '[code]\n<a|b>', '[code]\nb'],
  ['text typed inside touches it', '[co<|o>de]', 'touched'],
  ['a cut inside touches it', '[c<od|>e]', 'touched'],
  ['a cut across its start touches it', 'x<y[c|>ode]z', 'touched'],
  ['a cut across its end touches it', 'x[cod<e]y|>z', 'touched'],
  ['its replacement touches it', 'x<[code]|code>y', 'touched'],
  ['the replacement of more touches it', '<x[code]y|>', 'touched'],
  ['text inserted at a point touches it', 'a[]<|b>c', 'touched'],
  ['lines inserted at a point touch it', 'a\n[]<|b\n>c', 'touched'],
  ['a replacement that ends at a point moves it', '<ab|c>[]d', 'c[]d'],
  ['a replacement that starts at a point leaves it', 'a[]<b|cd>', 'a[]cd'],
  ['a replacement across a point touches it', 'a<b[]c|>d', 'touched'],
  ['a change that changes nothing touches nothing', '[co<|>de]', '[code]'],
])('%s', (_name, story, expected) => {
  expect(moved(story)).toBe(expected);
});

test('several edits move together, or not at all', () => {
  const line = (number: number): Range => ({
    start: { line: number, character: 0 },
    end: { line: number, character: 2 },
  });
  const typed: Change = { range: { start: line(1).start, end: line(1).start }, text: 'new\n' };
  expect(rebased([{ range: line(0) }, { range: line(1) }], [typed])).toEqual([{ range: line(0) }, { range: line(2) }]);
  const inside: Change = { range: { start: { line: 1, character: 1 }, end: { line: 1, character: 1 } }, text: 'x' };
  expect(rebased([{ range: line(0) }, { range: line(1) }], [inside])).toBe('touched');
});

/** A document in which every UTF-16 unit knows where it is from: those of an edit's range are found again by themselves. */
interface Unit {
  readonly character: string;
  /** Number of the edit whose range it is in. */
  readonly edit?: number | undefined;
  readonly typed?: boolean;
}

interface Story {
  readonly model: readonly Unit[];
  readonly changes: readonly Change[];
  /** Units of a range are gone, or something is between them. */
  readonly touched: boolean;
}

const alphabet = ['a', 'b', '\n', '😀', ' '];
const next = random();

test('R27: in any interleaving an edit lands on its own characters or is refused, and no typed character is lost', () => {
  let refused = 0;
  for (let round = 0; round < scaled(10_000); round++) {
    const text = anyText(5 + below(40));
    const [from, to, third, fourth] = fourPlaces(text);
    const edits = [
      { range: rangeOf(text, from, to), text: `<${anyText(below(4))}>` },
      { range: rangeOf(text, third, fourth), text: '{}' },
    ];
    const units = text.split('').map((character, index) => ({ character, edit: editAt(index) }));
    const story = typedInto(units);
    const result = rebased(edits, story.changes);
    // A point may be replaced across without a unit of its own being gone.
    const mayBeRefused = story.touched || from === to || third === fourth;
    expect(result === 'touched' ? mayBeRefused : !story.touched, `round ${round}`).toBe(true);
    if (result === 'touched') refused++;
    else expect(problemOf(story, result), `round ${round}`).toBeUndefined();
    function editAt(index: number): number | undefined {
      if (from <= index && index < to) return 0;
      return third <= index && index < fourth ? 1 : undefined;
    }
  }
  expect(refused).toBeGreaterThan(0);
});

function below(limit: number): number {
  return Math.floor(next() * limit);
}

function anyText(length: number): string {
  return Array.from({ length }, () => alphabet[below(alphabet.length)]).join('');
}

function fourPlaces(text: string): readonly [number, number, number, number] {
  const [a = 0, b = 0, c = 0, d = 0] = [0, 0, 0, 0].map(() => below(text.length + 1)).sort((one, two) => one - two);
  return [a, b, c, d];
}

/** A few random changes by hand. */
function typedInto(units: readonly Unit[]): Story {
  let story: Story = { model: units, changes: [], touched: false };
  for (let count = below(6); count > 0; count--) story = typedOnce(story);
  return story;
}

function typedOnce({ model, changes, touched }: Story): Story {
  const now = textOf(model);
  const [start = 0, end = 0] = [below(now.length + 1), below(now.length + 1)].sort((one, two) => one - two);
  const stop = next() < 0.5 ? start : Math.min(end, start + 3);
  const text = anyText(below(4));
  const isGone = model.slice(start, stop).some(({ edit }) => edit !== undefined);
  const [before, after] = [model[start - 1]?.edit, model[stop]?.edit];
  const typed = text.split('').map((character) => ({ character, typed: true }));
  return {
    model: [...model.slice(0, start), ...typed, ...model.slice(stop)],
    changes: [...changes, { range: rangeOf(now, start, stop), text }],
    touched: touched || isGone || (text !== '' && before !== undefined && before === after),
  };
}

function problemOf(
  { model }: Story,
  edits: readonly { readonly range: Range; readonly text: string }[],
): string | undefined {
  const now = textOf(model);
  for (const [index, { range }] of edits.entries()) {
    const own = model.flatMap(({ edit }, at) => (edit === index ? [at] : []));
    const found = [offsetOf(now, range.start), offsetOf(now, range.end)];
    if (own.length > 0 && (found[0] !== own[0] || found[1] !== (own.at(-1) ?? 0) + 1))
      return `edit ${index} is elsewhere`;
  }
  const applied = edits.toReversed().reduce((all, edit) => replaced(all, edit), now);
  const typed = model.filter((unit) => unit.typed).map(({ character }) => character);
  return isSubsequence(typed, applied) ? undefined : 'a typed character is lost';
}

function textOf(model: readonly Unit[]): string {
  return model.map(({ character }) => character).join('');
}

function replaced(text: string, { range, text: inserted }: { readonly range: Range; readonly text: string }): string {
  return text.slice(0, offsetOf(text, range.start)) + inserted + text.slice(offsetOf(text, range.end));
}

function isSubsequence(characters: readonly string[], text: string): boolean {
  let at = 0;
  for (const character of text.split('')) if (character === characters[at]) at++;
  return at === characters.length;
}
