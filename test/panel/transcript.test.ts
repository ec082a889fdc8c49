/** The transcript in a real browser: it follows what comes, stays where the person reads, and does what its buttons say. */
import { afterEach, expect, test } from 'vitest';
import type { Item } from '../../shared/src/panel.ts';
import { openPanelPage, type PanelPage } from '../harness/panelPage.ts';
import { storyContents, storyItems } from '../harness/panelStory.ts';

let panel: PanelPage;
afterEach(() => panel.close());

const at = '2026-03-01T10:00:00.000Z';
const turns = (count: number): Item[] =>
  Array.from({ length: count }, (_, index): Item[] => [
    { is: 'asked', id: `q${index}`, text: `Question ${index}`, chips: [], at },
    { is: 'answer', id: `a${index}`, length: 400, lines: 6 },
  ]).flat();
const answers = (count: number) =>
  Object.fromEntries(
    Array.from({ length: count }, (_, index) => [
      `a${index}`,
      { text: `Answer ${index}\n\n${'words and more '.repeat(20)}\n\n- one\n- two` },
    ]),
  );
const fromEnd = () =>
  panel.page
    .locator('.transcript')
    .evaluate((element) => element.scrollHeight - element.scrollTop - element.clientHeight);

test('a chat opens at its end, and follows what comes until the person scrolls up', async () => {
  panel = await openPanelPage({ items: turns(30), contents: answers(30), state: { running: true } });
  await panel.page.getByText('Answer 29').waitFor();
  await expect.poll(fromEnd).toBeLessThan(4);
  panel.chat.items.push({ is: 'answer', id: 'live', length: 0, lines: 0 });
  await panel.change({ is: 'put', item: { is: 'answer', id: 'live', length: 0, lines: 0 } });
  let from = 0;
  const stream = async (text: string) => {
    await panel.change({ is: 'text', id: 'live', from, text });
    from += text.length;
  };
  for (let step = 0; step < 30; step += 1) await stream(`Paragraph ${step} of it.\n\n`);
  await panel.page.getByText('Paragraph 29 of it.').waitFor();
  await expect.poll(fromEnd).toBeLessThan(4);
  await panel.page.locator('.transcript').hover();
  await panel.page.mouse.wheel(0, -600);
  await panel.page.getByRole('button', { name: 'Jump to Newest' }).waitFor();
  const seen = await panel.page.getByText('Paragraph 10 of it.').boundingBox();
  for (let step = 30; step < 60; step += 1) await stream(`Paragraph ${step} of it.\n\n`);
  expect(await panel.page.getByText('Paragraph 10 of it.').boundingBox()).toEqual(seen);
  await panel.page.getByRole('button', { name: 'Jump to Newest' }).click();
  await panel.page.getByText('Paragraph 59 of it.').waitFor();
  await expect.poll(fromEnd).toBeLessThan(4);
});

test('whoever asks sees the question, wherever the transcript stood', async () => {
  panel = await openPanelPage({ items: turns(60), contents: answers(60) });
  await panel.page.getByText('Answer 59').waitFor();
  await panel.page.locator('.transcript').hover();
  await panel.page.mouse.wheel(0, -2_000);
  await panel.page.getByRole('button', { name: 'Jump to Newest' }).waitFor();
  const [asked] = turns(61).filter(({ id }) => !turns(60).some((each) => each.id === id));
  if (asked === undefined) throw new Error('There is no further turn.');
  await panel.change({ is: 'put', item: asked });
  await expect.poll(fromEnd).toBeLessThan(4);
});

test('R45: of a long chat only what is seen is drawn and asked for, and a reload stands where it stood', async () => {
  panel = await openPanelPage({ items: turns(1_000), contents: answers(1_000) });
  await panel.page.getByText('Answer 999').waitFor();
  expect(await panel.page.locator('.placed').count()).toBeLessThan(80);
  await panel.page.locator('.transcript').evaluate((element) => element.scrollTo(0, element.scrollHeight / 2));
  await expect.poll(() => panel.page.getByText(/^Answer \d+$/).count()).toBeGreaterThan(1);
  const asked = panel.askedOf('gloss/chatContents').flatMap((params) => (params as { items: string[] }).items);
  expect(asked.length).toBeLessThan(200);
  const first = () =>
    panel.page.evaluate(() => document.elementFromPoint(100, 120)?.closest('.placed')?.getAttribute('data-key'));
  await panel.page.waitForTimeout(600);
  const before = await first();
  await panel.page.reload();
  await panel.waitForAsked('gloss/chatOpen', 2);
  await expect.poll(first).toBe(before);
});

test('code is copied, applied, put at the cursor and made a file of, and what came of it is said', async () => {
  panel = await openPanelPage({ items: storyItems, contents: storyContents, height: 1_600 });
  const code = panel.page.locator('.code').filter({ hasText: 'mayPass' });
  await code.hover();
  const said = panel.page.locator('.spoken');
  await code.getByRole('button', { name: 'Copy' }).click();
  await expect.poll(() => said.innerText()).toContain('Copied.');
  expect(panel.askedOf('panel/copy')).toMatchObject([{ text: expect.stringMatching(/^\/\*\* Whether[\s\S]*\n}$/) }]);
  await code.getByRole('button', { name: 'Apply' }).click();
  await expect.poll(() => said.innerText()).toContain('Applied.');
  await code.getByRole('button', { name: 'Insert at Cursor' }).click();
  await panel.waitForAsked('panel/apply', 2);
  expect(panel.askedOf('panel/apply')).toMatchObject([
    { chat: 'c1', item: 'a1', how: 'apply' },
    { chat: 'c1', item: 'a1', how: 'insert' },
  ]);
  await code.getByRole('button', { name: 'New File' }).click();
  expect(await panel.waitForAsked('panel/newFile')).toMatchObject({ language: 'ts' });
});

test('parts of one long piece of code scroll sideways together, also one that is drawn later', async () => {
  const lines = Array.from({ length: 900 }, (_, line) => `line ${line} ${line === 3 ? 'long '.repeat(100) : ''}`);
  const text = `\`\`\`text\n${lines.join('\n')}\n\`\`\`\n`;
  const answer: Item = { is: 'answer', id: 'a', length: text.length, lines: lines.length };
  panel = await openPanelPage({ items: [answer], contents: { a: { text } } });
  const parts = panel.page.locator('.code pre');
  const lefts = async () => new Set(await parts.evaluateAll((all) => all.map(({ scrollLeft }) => scrollLeft)));
  await panel.page.getByText('line 899').waitFor();
  await parts.last().evaluate((part) => part.scrollTo(300, 0));
  await expect.poll(lefts).toEqual(new Set([300]));
  await panel.page.locator('.transcript').evaluate((element) => element.scrollTo(0, 0));
  await panel.page.getByText('line 3 long').waitFor();
  await expect.poll(lefts).toEqual(new Set([300]));
});

test('S20: only places that the server has found and addresses of the web are links, and both are only asked for', async () => {
  panel = await openPanelPage({
    items: storyItems,
    contents: storyContents,
    height: 1_600,
    answers: {
      'gloss/chatPlaces': ({ texts }: { texts: string[] }) => ({
        places: texts
          .filter((text) => text.startsWith('src/limit'))
          .map((text) => ({ text, uri: 'file:///w/src/limit.ts', line: 11 })),
      }),
    },
  });
  await panel.page.getByRole('button', { name: 'src/limit.ts:12' }).click();
  expect(await panel.waitForAsked('panel/openPlace')).toEqual({ uri: 'file:///w/src/limit.ts', line: 11 });
  await panel.page.getByRole('button', { name: 'https://example.com/limits' }).click();
  expect(await panel.waitForAsked('panel/openUrl')).toEqual({ url: 'https://example.com/limits' });
  expect(await panel.page.getByRole('button', { name: 'src/server.ts' }).count()).toBe(0);
  expect(panel.requests).toEqual([]);
});

test('thinking and calls are one line each, and tell all on demand', async () => {
  panel = await openPanelPage({ items: storyItems, contents: storyContents, height: 1_600 });
  const call = panel.page.getByRole('button', { name: /npm test/ });
  await expect.poll(() => call.getAttribute('aria-expanded')).toBe('false');
  await call.press('Enter');
  await panel.page.getByText('1 failed, 12 passed').waitFor();
  expect(await call.getAttribute('aria-expanded')).toBe('true');
  await call.press('Enter');
  await panel.page.getByText('1 failed, 12 passed').waitFor({ state: 'detached' });
});

test('a question is asked again, forked, edited, and its answer is copied', async () => {
  panel = await openPanelPage({ items: storyItems, contents: storyContents, height: 1_600 });
  const question = panel.page.locator('.ask').first();
  await question.hover();
  await question.getByRole('button', { name: 'Ask Again' }).click();
  expect(await panel.waitForAsked('gloss/chatSend')).toMatchObject({ from: 'q1' });
  const cost = panel.page
    .locator('.placed')
    .filter({ has: panel.page.locator('.cost') })
    .first();
  await cost.hover();
  await cost.getByRole('button', { name: 'Copy as Markdown' }).click();
  expect(await panel.waitForAsked('panel/copy')).toEqual({ text: 'markdown' });
  expect(panel.askedOf('gloss/chatMarkdown')).toEqual([{ chat: 'c1', item: 'q1' }]);
  await panel.tell({ is: 'do', what: 'previous' });
  await question.hover();
  await question.getByRole('button', { name: 'Fork From Here' }).click();
  expect(await panel.waitForAsked('gloss/chatFork')).toEqual({ chat: 'c1', item: 'q1' });
  expect(await panel.waitForAsked('gloss/chatOpen', 2)).toEqual({ chat: 'c2' });
});
