/** Ghost text over plain LSP: what is shown, what is asked for it, and what never leaves or appears. */
import { afterEach, beforeEach, expect, test } from 'vitest';
import { type Demo, startDemo } from '../../server/src/demo/server.ts';
import { type Ghost, startGhost } from '../harness/ghostText.ts';

let demo: Demo;
beforeEach(async () => {
  demo = await startDemo({ delay: 0 });
});
afterEach(() => demo.close());

const ghost = (options: Parameters<typeof startGhost>[1] = {}): Promise<Ghost> => startGhost(demo, options);

test('the rest of a line is suggested at the cursor, with a command that tells of the acceptance', async () => {
  demo.use({ text: '<fill>total + tax;</fill>' });
  await using editor = await ghost();
  await editor.type('const total = 1;\nconst sum = ▮\n');
  const [item] = await editor.items();
  const position = { line: 1, character: 12 };
  expect(item).toMatchObject({ insertText: 'total + tax;', range: { start: position, end: position } });
  expect(item?.command).toMatchObject({ command: 'gloss.suggestionAccepted', arguments: [{ id: expect.any(String) }] });
  expect(await editor.why()).toMatchObject({ why: 'shown', known: false });
});
