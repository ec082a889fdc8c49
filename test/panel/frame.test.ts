/** The page under its real policy: it opens its chat, hears what happens and says when it is drawn. */
import { afterEach, expect, test } from 'vitest';
import { openPanelPage, type PanelPage } from '../harness/panelPage.ts';

let panel: PanelPage;
afterEach(() => panel.close());

test('S22: it loads nothing but itself, and nothing of it is against its policy', async () => {
  panel = await openPanelPage({ state: { title: 'Limits' } });
  await panel.page.getByRole('heading', { name: 'Limits' }).waitFor();
  expect(panel.requests).toEqual([]);
  expect(panel.troubles).toEqual([]);
});

test('what is told is said to be drawn, and a chat that was begun anew is opened again', async () => {
  panel = await openPanelPage();
  await panel.waitForAsked('gloss/chatOpen');
  await panel.change({ is: 'state', state: { ...panel.chat.state, title: 'Renamed' } });
  await panel.page.getByRole('heading', { name: 'Renamed' }).waitFor();
  await panel.change({ is: 'again' });
  expect(await panel.waitForAsked('gloss/chatOpen', 2)).toEqual({ chat: 'c1' });
});
