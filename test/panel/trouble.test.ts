/** What stands in the way or went wrong, in a real browser: what is said, and only the buttons that help. */
import { afterEach, expect, test } from 'vitest';
import type { ChatChange, PanelState } from '../../shared/src/panel.ts';
import { openPanelPage, type PanelPage } from '../harness/panelPage.ts';
import { storyContents, storyItems } from '../harness/panelStory.ts';

let panel: PanelPage;
afterEach(() => panel.close());

/** The words, and the buttons behind them. */
const told = async () => {
  const trouble = panel.page.locator('.trouble');
  await trouble.waitFor();
  return [
    await trouble.locator('.troubleText').textContent(),
    ...(await trouble.getByRole('button').allTextContents()),
  ];
};

async function opened(): Promise<void> {
  panel = await openPanelPage({ items: storyItems, contents: storyContents });
  await panel.page.locator('textarea.text').waitFor();
}

test('an obstacle has the one button that is for it, and none is shown where all is well', async () => {
  await opened();
  expect(await panel.page.locator('.trouble').count()).toBe(0);
  const met = async (obstacle: PanelState['obstacle']) => {
    await panel.change({ is: 'state', state: { ...panel.chat.state, obstacle } });
    return told();
  };
  expect(await met({ kind: 'untrusted', message: 'Not trusted.' })).toEqual(['Not trusted.', 'Manage Trust']);
  expect(await met({ kind: 'noFolder', message: 'No folder.' })).toEqual(['No folder.', 'Open Folder']);
  await panel.page.getByRole('button', { name: 'Open Folder' }).press('Enter');
  expect(await panel.waitForAsked('panel/run')).toEqual({ command: 'openFolder' });
});

test('a question that failed has the buttons for why, also where the transcript has the words', async () => {
  await opened();
  const met = async (ended: Omit<Extract<ChatChange, { readonly is: 'ended' }>, 'is'>) => {
    await panel.change({ is: 'ended', ...ended });
    return told();
  };
  const without = 'The question could not be answered.';
  expect(await met({ ending: 'failed', kind: 'noKey' })).toEqual([without, 'Ask Again', 'Set API Key', 'Start Demo']);
  expect(await met({ ending: 'failed', kind: 'connection' })).toEqual([
    without,
    'Ask Again',
    'Test Connection',
    'Show Log',
  ]);
  expect(await met({ ending: 'failed', message: 'No more.', kind: 'empty' })).toEqual(['No more.', 'Ask Again']);
  expect(await met({ ending: 'limit', kind: 'limit' })).toEqual(['It stopped at a limit.', 'Open Settings']);
  await panel.change({ is: 'ended', ending: 'finished' });
  await panel.page.locator('.trouble').waitFor({ state: 'detached' });
});

test('once a key is set the question can be asked again, and nothing looks wrong any more; who gives it up sees the same as before', async () => {
  await opened();
  panel.answer('panel/run', () => ({ done: false }));
  await panel.change({ is: 'ended', ending: 'failed', kind: 'noKey' });
  const button = (name: string) => panel.page.locator('.trouble').getByRole('button', { name });
  await button('Set API Key').press('Enter');
  await panel.waitForAsked('panel/run');
  panel.answer('panel/run', () => ({ done: true }));
  await button('Start Demo').press('Enter');
  await panel.page.locator('.trouble.mild').waitFor();
  expect(await told()).toEqual(['That is done: the question can be asked again.', 'Ask Again']);
  panel.answer('gloss/chatSend', () => ({}));
  await button('Ask Again').press('Enter');
  const asked = storyItems.findLast(({ is }) => is === 'asked');
  expect(await panel.waitForAsked('gloss/chatSend')).toMatchObject({ chat: 'c1', from: asked?.id });
});

test('the words of an error stand once where the transcript has them', async () => {
  await opened();
  const message = 'The service is away.';
  await panel.change({ is: 'put', item: { is: 'notice', id: 'n9', text: message, isError: true } });
  await panel.change({ is: 'ended', ending: 'failed', message, kind: 'connection' });
  expect((await told())[0]).toBe('The question could not be answered.');
  expect(await panel.page.locator('.app').getByText(message).count()).toBe(1);
});
