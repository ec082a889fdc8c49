/** The chat panel over plain LSP where something ends: the window while a chat works or waits, and Restricted Mode while it is open. */
import { expect, test } from 'vitest';
import { startDemo } from '../../server/src/demo/server.ts';
import { storyFiles } from '../harness/chatStory.ts';
import { scripted, startForeignService } from '../harness/foreignService.ts';
import { panelWindow } from '../harness/panelWindow.ts';
import { closedAfterEach } from '../harness/perTest.ts';
import { scaled } from '../harness/scale.ts';

const open = closedAfterEach();
const nowhere = { url: 'http://127.0.0.1:1', key: 'none' };

/** What the model does when the window is closed. */
const middles = {
  'an answer streams': () => [{ text: 'Begun.', hold: { after: 4, until: new Promise<void>(() => {}) } }],
  'an approval waits': () => [{ text: 'I run it.', calls: [{ name: 'run', input: { command: 'echo hi' } }] }],
  'a question waits': () => [{ calls: [{ name: 'ask', input: { question: 'Which?', choices: ['a', 'b'] } }] }],
};

test.each(Object.entries(middles))(
  'R45: a window that closes while %s leaves all that was said, and the next one says that it is not finished',
  async (_, middle) => {
    for (let round = 0; round < scaled(20); round += 1) {
      const service = await startForeignService({
        script: scripted({ calls: [{ name: 'read', input: { path: 'a.ts' } }] }, ...middle()),
      });
      const panel = await panelWindow({ service, files: storyFiles });
      await panel.open();
      await panel.begin('Go.');
      await expect
        .poll(
          () =>
            panel.items('answer').length + panel.state().approvals.length + panel.state().questions.length > 0 &&
            service.heard.length === 2,
        )
        .toBe(true);
      // Another moment of it each time.
      await new Promise((resolve) => setTimeout(resolve, round * 7));
      await panel.window.editor.rpc.sendRequest('shutdown');
      await using after = await panelWindow({ service: nowhere, again: panel.window });
      await after.open(panel.chat);
      expect(after.inShort().slice(0, 2)).toEqual(['asked Go.', 'Read a.ts: done']);
      expect(after.inShort()).toContain('notice Unfinished: Gloss was closed in the middle.');
      expect(after.state()).toMatchObject({ running: false, approvals: [], questions: [] });
      await panel[Symbol.asyncDispose]();
      await service.close();
    }
  },
);

test('a folder that is trusted while the panel is open stands in nobody’s way any more', async () => {
  const demo = await startDemo({ delay: 0 });
  open.push({ [Symbol.asyncDispose]: () => demo.close() });
  let trusted = false;
  const panel = await panelWindow({
    service: demo,
    files: storyFiles,
    gloss: { connection: true },
    answer: (method) =>
      method === 'gloss/connection'
        ? {
            ...{ baseUrl: demo.url, environmentKeyAllowed: true, headers: {}, trusted },
            credential: { kind: 'apiKey', value: demo.key },
          }
        : undefined,
  });
  open.push(panel);
  await panel.window.editor.rpc.sendNotification('gloss/connectionChanged', {});
  await panel.open();
  await expect.poll(() => panel.state().obstacle.kind).toBe('untrusted');
  trusted = true;
  await panel.window.editor.rpc.sendNotification('gloss/connectionChanged', {});
  await expect.poll(() => panel.state().obstacle.kind).toBe('none');
  await panel.say('What is in this workspace?');
  expect(panel.items('cost')).toMatchObject([{ demo: true }]);
});
