/** The demo's line notes: each quotes the line that it is for. */
import { expect, test } from 'vitest';
import { notesAnswer } from './notes.ts';

const code = `export function total(items) {
  if (items.length === 0) throw new Error('none');
  let sum = 0;
  for (const item of items) {
    sum += item.price;
  }
  return sum;
}`;

/** As the editor asks. */
function asked(task: string, text = code, firstLine = 11) {
  const lines = text.split('\n').map((line, index) => `${firstLine + index}| ${line}`);
  const document = {
    type: 'document',
    source: { type: 'content', content: [{ type: 'text', text: lines.join('\n') }] },
    context: `part="code" language="javascript" lines="${firstLine}-${firstLine + lines.length - 1}"`,
  };
  return notesAnswer([{ role: 'user', content: [document, { type: 'text', text: task }] }]);
}

test('says what is seen on which line', () => {
  const told = asked('<annotate most="9" />\nWrite.')?.notes.map(
    ({ line, quote, note }) => `${line} ${quote} # ${note}`,
  );
  expect(told).toMatchInlineSnapshot(`
    [
      "11 export function total(items) { # function total, 8 lines, takes one value (demo)",
      "12 if (items.length === 0) throw new Error('none'); # raises Error (demo)",
      "14 for (const item of items) { # once for each of items (demo)",
      "17 return sum; # the result: sum (demo)",
    ]
  `);
});

test('the most telling ones where few are wanted', () => {
  expect(asked('<annotate most="2" />')?.notes.map(({ line }) => line)).toEqual([11, 12]);
});

test('nobody asked', () => {
  expect(asked('Explain.')).toBeUndefined();
  expect(asked('Explain.', '<annotate most="9" />')).toBeUndefined();
  expect(notesAnswer([{ role: 'user', content: '<annotate most="9" />' }])).toBeUndefined();
});
