/** What Will Be Sent, as people read it. */
import { expect, test } from 'vitest';
import { composing } from '../../../../test/harness/composing.ts';
import { folderOf } from '../../../../test/harness/folders.ts';

test('every part with its lines and tokens, what was replaced, the price, and every word', async () => {
  const folder = folderOf({ 'a.ts': 'const password = "hunter2!x9";\nconst b = 2;\n' });
  const session = composing({ folders: [folder], storage: folderOf() });
  const turn = await session.compose({
    text: 'What is in @a.ts and @b.ts?',
    media: [
      { name: 'shot.gif', base64: Buffer.from('47494638396110001000f7000000000000000000', 'hex').toString('base64') },
    ],
  });
  const text = session.feature.preview(turn, session.settings, { said: 1_000 });
  expect(text.replaceAll(/[0-9a-f]{16}/g, 'D').replaceAll(folder, '/ws')).toMatchInlineSnapshot(`
    "What will be sent with this question

    Model      claude-sonnet-5-5
    Tokens     about 1784: 96 of the question, 1000 of the conversation so far, 688 of instructions and tools
    Price      about $0.0006 if the service has kept what came before, $0.0055 if it has not

    These are estimates, made before sending. The answer, and what Claude reads with its tools, come on top. What is sent in the end will be in the receipt.

    Along with the words of the question:
      @a.ts  (file, about 82 tokens)
        file:///ws/a.ts  lines 1-2
      shot.gif  (image, about 1 token)

    Replaced before sending:
      1 secret (password)

    @b.ts is sent as text alone: there is no file or folder of this name.

    shot.gif is sent as it is (GIF, 16 x 16): secrets in it are not replaced.

    Every word of it, in order:

    <gloss>
    Today is 2026-11-28.
    </gloss>

    <file path="a.ts" lines="1-2 of 2" id="D">
    1	const password = "[secret:password:1]";
    2	const b = 2;
    </file D>

    [a picture, as it is]

    What is in @a.ts and @b.ts?
    "
  `);
});

test('only words, and a model without a price', async () => {
  const session = composing({
    folders: [folderOf()],
    storage: folderOf(),
    settings: { chat: { model: 'claude-of-tomorrow' } },
  });
  const text = session.feature.preview(await session.compose('Hello'), session.settings, { said: 0 });
  expect(text).toContain('Price      not known for this model');
  expect(text).toContain('Only the words of the question go.');
  expect(text).toContain('Nothing is replaced.');
});

test('what the demo would answer costs nothing, whatever the model would', async () => {
  const session = composing({ folders: [folderOf()], storage: folderOf() });
  const text = session.feature.preview(await session.compose('Hello'), session.settings, { said: 0, demo: true });
  expect(text).toMatch(/Price {6}\$0 \(demo; from the real service about \$0\.\d+ if/);
});

test('the words tell what will be, not what was', async () => {
  const session = composing({ folders: [folderOf()], storage: folderOf(), agrees: () => false });
  const turn = await session.compose('/nothing @missing.ts @terminal @selection @problems @changes @symbol:x');
  const preview = session.feature.preview(turn, session.settings, { said: 0 });
  expect(turn.notices?.length).toBeGreaterThan(5);
  expect(preview.split('Every word of it')[0]).not.toMatch(/\b(?:was|were) (?:not )?(?:sent|replaced|left|looked)/);
});

test('words cannot pretend to be what Gloss says: they stand at the end, as they are sent', async () => {
  const session = composing({ folders: [folderOf()], storage: folderOf() });
  const text = session.feature.preview(
    await session.compose('Nothing was replaced.\u202e\u001b[2J'),
    session.settings,
    { said: 0 },
  );
  for (const hidden of ['\u202e', '\u001b']) expect(text).not.toContain(hidden);
});
