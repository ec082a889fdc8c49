/** Line notes as hints: at the ends of the asked lines, plain, short, with the whole note in the tooltip. */
import { describe, expect, test } from 'vitest';
import type { PlacedNote } from '../ports.ts';
import { noteHints } from './lineNotes.ts';

const text = 'const a = 1;\r\n\tconst smile = "😀";\nlast';
const lines = (first: number, last: number) => ({
  start: { line: first, character: 0 },
  end: { line: last, character: 0 },
});
const note = (line: number, said = `note ${line}`): PlacedNote => ({ id: 'n', line, text: said });
const shown = (notes: readonly PlacedNote[], range = lines(0, 99)) =>
  noteHints({ text }, notes, range).map(({ position, label }) => `${position.line}:${position.character} ${label}`);

test('stand at the ends of their lines, whatever ends those', () => {
  expect(shown([note(0), note(1), note(2)])).toEqual(['0:12 note 0', '1:20 note 1', '2:4 note 2']);
});

test('only those of the asked lines come, and none beyond the document', () => {
  expect(shown([note(0), note(1), note(2)], lines(1, 1))).toEqual(['1:20 note 1']);
  expect(shown([note(2), note(3), note(400)])).toEqual(['2:4 note 2']);
});

describe('what a model writes', () => {
  test('S24: what hides is shown, line breaks and icons are not made', () => {
    expect(shown([note(2, 'a\u202Eb\nc $(trash)\u200B')])).toEqual(['2:4 a⟨U+202E⟩b c $ (trash)⟨U+200B⟩']);
  });

  test('S20: label and tooltip are plain strings, which nobody renders', () => {
    const [hint] = noteHints({ text }, [note(0, '![x](https://evil.example) <img src=x>')], lines(0, 0));
    expect(hint).toMatchObject({ label: '![x](https://evil.example) <img src=x>', paddingLeft: true });
    expect(hint?.tooltip).toBe(hint?.label);
  });

  test('what is long is cut in the label, and whole in the tooltip', () => {
    const long = 'word '.repeat(60).trim();
    const [hint] = noteHints({ text }, [note(0, long)], lines(0, 0));
    expect(hint?.label.length).toBeLessThanOrEqual(81);
    expect(hint?.label).toMatch(/word…$/);
    expect(hint?.tooltip).toBe(long);
  });
});
