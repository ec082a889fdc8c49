/** Questions put together in real folders. */
import path from 'node:path';
import { expect, test } from 'vitest';
import { composing } from '../../../../test/harness/composing.ts';
import { folderOf } from '../../../../test/harness/folders.ts';
import type { ComposedTurn } from '../../chat.ts';

/** The texts of a turn, with its delimiter as `D`. */
function textOf({ content }: ComposedTurn): string {
  const texts = content.map((block) => (block.type === 'text' ? block.text : `[${block.type}]`)).join('\n');
  const delimiter = /id="(?<id>[0-9a-f]{16})"/.exec(texts)?.groups?.['id'] ?? 'none';
  return texts.replaceAll(delimiter, 'D');
}

test('a file, lines of another, and what is not there', async () => {
  const folder = folderOf({ 'src/a.ts': 'one\ntwo\nthree\nfour\n', 'a b.ts': 'blank\n' });
  const session = composing({ folders: [folder], storage: folderOf() });
  const turn = await session.compose('Compare @src/a.ts#L2-3, @"a b.ts" and @nothing.ts.');
  expect(textOf(turn)).toMatchInlineSnapshot(`
    "<gloss>
    Today is 2026-11-28.
    </gloss>
    <file path="src/a.ts" lines="2-3 of 4" id="D">
         2	two
         3	three
    </file D>
    <file path="a b.ts" lines="1-1 of 1" id="D">
         1	blank
    </file D>
    Compare @src/a.ts#L2-3, @"a b.ts" and @nothing.ts."
  `);
  expect(turn.notices).toMatchInlineSnapshot(`
    [
      "@nothing.ts was sent as text alone: there is no file or folder of this name.",
    ]
  `);
  expect(turn.attached.map(({ name, kind }) => [name, kind])).toEqual([
    ['@src/a.ts#L2-3', 'file'],
    ['@"a b.ts"', 'file'],
  ]);
  expect(turn.isData).toBe(true);
  expect(turn.sources.map(({ uri, firstLine, lastLine }) => [path.basename(uri), firstLine, lastLine])).toEqual([
    ['a.ts', 1, 2],
    ['a%20b.ts', 0, 0],
  ]);
});
