/** Files that are put in: what is told of those that cannot go along. */
import { expect, test } from 'vitest';
import { readFiles } from './media.ts';

test.each([
  ['a.png', 'image/png', 'a.png is damaged, or no picture of the kind that its name says.'],
  ['a.txt', 'text/plain', 'a.txt is neither a picture nor a PDF. Write @ to mention a file of your folder.'],
])('R45: %s of the type %s, which is none inside, is not taken', async (name, type, notice) => {
  expect(await readFiles([new File(['nothing of that'], name, { type })], 5)).toEqual({ media: [], notices: [notice] });
});
