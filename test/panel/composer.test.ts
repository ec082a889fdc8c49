/** The composer in a real browser, by the keyboard alone wherever that is possible. */
import type { Page } from 'playwright-core';
import { afterEach, expect, test } from 'vitest';
import { HostRefusal, openPanelPage, type PanelPage, type PanelPageOptions } from '../harness/panelPage.ts';

let panel: PanelPage;
afterEach(() => panel.close());

const png = 'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==';

async function opened(options: PanelPageOptions = {}): Promise<Page> {
  panel = await openPanelPage(options);
  await panel.page.locator('textarea.text').waitFor();
  return panel.page;
}

const field = () => panel.page.getByRole('textbox', { name: 'Question' });
const written = () => field().inputValue();
const sent = () => panel.waitForAsked('gloss/chatSend') as Promise<{ draft: { text: string } }>;
/** What has the keyboard, in a word. */
const focused = () =>
  panel.page.evaluate(() => document.activeElement?.getAttribute('aria-label') ?? document.activeElement?.tagName);

const suggestions = {
  'gloss/chatComplete': ({ line }: { line: string }) => ({
    suggestions: line.endsWith('@x')
      ? []
      : [
          { label: '@problems', detail: 'Problems', insert: '@problems', kind: 'word' },
          { label: '@src/a.ts', detail: 'File', insert: '@src/a.ts', kind: 'file' },
        ],
  }),
};

test('Enter sends, the field is empty at once, and arrow up finds the question again', async () => {
  const page = await opened();
  await field().click();
  await page.keyboard.type('first line');
  await page.keyboard.press('Shift+Enter');
  await page.keyboard.type('second');
  await page.keyboard.press('Enter');
  expect(await sent()).toEqual({ chat: 'c1', draft: { text: 'first line\nsecond', media: [], selection: true } });
  expect(await written()).toBe('');
  await panel.waitForAsked('panel/remember');
  await page.keyboard.type('draft');
  await page.keyboard.press('Home');
  await page.keyboard.press('ArrowUp');
  expect(await written()).toBe('first line\nsecond');
  await page.keyboard.press('Control+End');
  await page.keyboard.press('ArrowDown');
  expect(await written()).toBe('draft');
});

test('with the other key Enter is a new line and Ctrl+Enter sends', async () => {
  const page = await opened({ welcome: { sendKey: 'ctrlEnter' } });
  await field().click();
  await page.keyboard.type('a');
  await page.keyboard.press('Enter');
  await page.keyboard.type('b');
  expect(panel.askedOf('gloss/chatSend')).toEqual([]);
  await page.keyboard.press('Control+Enter');
  expect((await sent()).draft.text).toBe('a\nb');
});

test('an input method keeps its Enter and its Esc: nothing is sent, nothing is stopped', async () => {
  const page = await opened({ state: { running: true } });
  await field().click();
  const client = await panel.context.newCDPSession(page);
  await client.send('Input.imeSetComposition', { text: 'にほn', selectionStart: 3, selectionEnd: 3 });
  const key = { windowsVirtualKeyCode: 229, nativeVirtualKeyCode: 229 };
  for (const name of ['Enter', 'Escape', 'ArrowUp'])
    await client.send('Input.dispatchKeyEvent', { type: 'rawKeyDown', key: name, code: name, ...key });
  expect(await written()).toBe('にほn');
  await client.send('Input.insertText', { text: '日本' });
  expect(await written()).toBe('日本');
  expect(panel.askedOf('gloss/chatSend')).toEqual([]);
  await page.keyboard.press('Escape');
  expect(panel.askedOf('gloss/chatStop')).toEqual([]);
  expect(await focused()).toBe('Question');
  await page.keyboard.press('Enter');
  expect((await sent()).draft.text).toBe('日本');
});

test('suggestions are reached by the arrows and taken by Enter or Tab; Undo takes them back', async () => {
  const page = await opened({ answers: suggestions });
  await field().click();
  await page.keyboard.type('see @');
  await page.getByRole('option', { name: '@problems' }).waitFor();
  await page.keyboard.press('ArrowDown');
  const active = await field().getAttribute('aria-activedescendant');
  expect(await page.locator(`[id="${active}"]`).getAttribute('aria-selected')).toBe('true');
  await page.keyboard.press('Tab');
  expect(await written()).toBe('see @src/a.ts ');
  expect(await page.getByRole('option').count()).toBe(0);
  await page.keyboard.press('Control+z');
  expect(await written()).toBe('see @');
  expect(await focused()).toBe('Question');
});

test('Esc closes suggestions and they stay closed for this word', async () => {
  const page = await opened({ answers: suggestions });
  await field().click();
  await page.keyboard.type('see @');
  await page.getByRole('option', { name: '@problems' }).waitFor();
  await page.keyboard.press('Escape');
  expect(await page.getByRole('option').count()).toBe(0);
  await page.keyboard.type('p');
  await page.keyboard.press('Enter');
  expect((await sent()).draft.text).toBe('see @p');
});

test('chips show what goes along; a mention is taken out by its button, and the selection by its switch', async () => {
  const page = await opened({
    answers: {
      'gloss/chatPreview': ({ draft }: { draft: { text: string; selection: boolean } }) => ({
        chips: [
          { name: 'CLAUDE.md', kind: 'instructions', tokens: 320 },
          ...(draft.text.includes('@src/a.ts') ? [{ name: '@src/a.ts', kind: 'file', tokens: 1_240 }] : []),
          ...(draft.selection ? [{ name: '@src/b.ts#L1-9', kind: 'selection', tokens: 90 }] : []),
        ],
        ...{ tokens: 1_650, before: 20_000, price: { least: 0.012, most: 0.14 }, notices: ['.env is not sent.'] },
      }),
    },
  });
  await panel.tell({ is: 'selection', mention: '@src/b.ts#L1-9' });
  await field().click();
  await page.keyboard.type('see @src/a.ts now');
  await page.getByText('1.2K').waitFor();
  expect(await page.getByText('.env is not sent.').isVisible()).toBe(true);
  expect(await page.getByRole('meter').getAttribute('aria-valuetext')).toContain('11 % of the context is used');
  await page.getByRole('button', { name: 'Remove @src/a.ts' }).press('Enter');
  expect(await written()).toBe('see now');
  expect(await focused()).toBe('Question');
  expect(await page.getByRole('button', { name: 'Remove CLAUDE.md' }).count()).toBe(0);
  await page.getByRole('button', { name: 'Leave the selection @src/b.ts#L1-9 out' }).press('Enter');
  await page.getByRole('button', { name: 'Send the selection @src/b.ts#L1-9 along' }).waitFor();
  await page.getByRole('button', { name: /^Estimated: \$0\.01–\$0\.14/ }).press('Enter');
  await expect.poll(() => panel.askedOf('gloss/chatPreview').at(-1)).toMatchObject({ open: true });
  await field().press('Enter');
  expect(await sent()).toMatchObject({ draft: { text: 'see now', selection: false } });
});

test('pictures are pasted and dropped, what is none or too large is told, documents become mentions', async () => {
  const page = await opened({
    answers: { 'panel/dropped': () => ({ mentions: ['@src/d.ts'], media: [], notices: [] }) },
  });
  await field().click();
  await page.evaluate(give, { kind: 'paste', files: [{ name: 'a.png', base64: png }], uris: '' });
  await page.getByRole('button', { name: 'Remove a.png' }).waitFor();
  expect(await page.locator('img.thumb').getAttribute('src')).toMatch(/^data:image\/png;base64,/);
  const files = [
    { name: 'a.png', base64: png },
    { name: 'notes.txt', base64: btoa('words') },
  ];
  await page.evaluate(give, { kind: 'drop', files, uris: '' });
  await page.getByRole('button', { name: 'Remove a 2.png' }).waitFor();
  await page.getByText('notes.txt is neither a picture nor a PDF.').waitFor();
  await page.evaluate(give, { kind: 'drop', files: [], uris: 'file:///w/src/d.ts\r\n# no\r\n' });
  await expect.poll(written).toBe('@src/d.ts ');
  expect(panel.askedOf('panel/dropped')).toEqual([{ uris: ['file:///w/src/d.ts'] }]);
  await page.getByRole('button', { name: 'Remove a.png' }).click();
  await field().press('Enter');
  expect(await sent()).toMatchObject({ draft: { text: '@src/d.ts ', media: [{ name: 'a 2.png', base64: png }] } });
  expect(panel.troubles).toEqual([]);
});

test('a paste that is too long is refused with what to do instead, and what was written stays', async () => {
  const page = await opened({});
  await field().click();
  await page.keyboard.type('See this: ');
  await page.evaluate(() => {
    const data = new DataTransfer();
    data.setData('text/plain', 'x'.repeat(100_001));
    document.activeElement?.dispatchEvent(
      new ClipboardEvent('paste', { clipboardData: data, bubbles: true, cancelable: true }),
    );
  });
  await page.getByText('That is too long to be pasted (100,001 characters).').waitFor();
  expect(await written()).toBe('See this: ');
});

interface Given {
  readonly kind: string;
  readonly files: { readonly name: string; readonly base64: string }[];
  readonly uris: string;
}

/** Runs in the page: a paste or a drop, as the browser makes it. */
function give(what: Given): void {
  const data = new DataTransfer();
  for (const { name, base64 } of what.files)
    data.items.add(new File([Uint8Array.from(atob(base64), (sign) => sign.charCodeAt(0))], name));
  if (what.uris !== '') data.setData('application/vnd.code.uri-list', what.uris);
  const target = document.activeElement ?? document.body;
  const more = { bubbles: true, cancelable: true };
  if (what.kind === 'paste') target.dispatchEvent(new ClipboardEvent('paste', { clipboardData: data, ...more }));
  else target.dispatchEvent(new DragEvent('drop', { dataTransfer: data, ...more }));
}

test('while it works Enter queues and Alt+Enter steers; what waits is taken back; Stop gives back what nobody heard', async () => {
  const page = await opened({
    state: { running: true, queued: ['then this'] },
    answers: { 'gloss/chatStop': () => ({ unheard: ['not heard'] }) },
  });
  await field().click();
  await page.keyboard.type('later');
  await page.keyboard.press('Enter');
  await page.keyboard.type('now');
  await page.keyboard.press('Alt+Enter');
  await panel.waitForAsked('gloss/chatSend', 2);
  expect(panel.askedOf('gloss/chatSend')).toMatchObject([
    { draft: { text: 'later' }, meanwhile: 'queue' },
    { draft: { text: 'now' }, meanwhile: 'steer' },
  ]);
  await page.getByRole('button', { name: 'Take Back to Edit' }).press('Enter');
  await expect.poll(written).toBe('then this');
  expect(await panel.waitForAsked('gloss/chatUnqueue')).toEqual({ chat: 'c1', at: 0, text: 'then this' });
  await page.getByRole('button', { name: 'Stop' }).press('Enter');
  await expect.poll(written).toBe('not heard\n\nthen this');
});

test('what could not be sent stands there again, with what can be done', async () => {
  const page = await opened({
    answers: {
      'gloss/chatSend': () => {
        throw new HostRefusal('The key is not valid.', 'authentication');
      },
    },
  });
  await field().fill('why?');
  await field().press('Enter');
  await page.getByRole('alert').getByText('The key is not valid.').waitFor();
  expect(await written()).toBe('why?');
  await page.getByRole('button', { name: 'Set API Key' }).press('Enter');
  expect(await panel.waitForAsked('panel/run')).toEqual({ command: 'setApiKey' });
});

test('modes, models and efforts are chosen by the keyboard, and Esc leaves all as it is', async () => {
  const page = await opened({
    answers: {
      'gloss/chatModels': () => ({
        models: [
          { id: 'claude-sonnet-4-5', efforts: ['low', 'high'], window: 200_000, price: { input: 3, output: 15 } },
          { id: 'claude-opus-5-5', efforts: ['high', 'max'], window: 1_000_000 },
        ],
      }),
    },
  });
  await page.getByRole('button', { name: 'Permission mode: Ask' }).press('Enter');
  await page.getByRole('menuitemradio', { name: /^Ask/ }).waitFor();
  await page.keyboard.press('p');
  await page.keyboard.press('Enter');
  expect(await panel.waitForAsked('gloss/chatChoose')).toEqual({ chat: 'c1', mode: 'plan' });
  expect(await focused()).toBe('Permission mode: Ask');
  await panel.tell({ is: 'show', what: 'models' });
  await page.getByRole('menuitemradio', { name: 'Opus 5.5 1M tokens' }).waitFor();
  await page.getByRole('menuitemradio', { name: /200K tokens · \$3 in, \$15 out/ }).waitFor();
  await page.keyboard.press('Escape');
  expect(await page.getByRole('menu').count()).toBe(0);
  await page.keyboard.press('Enter');
  await page.keyboard.press('End');
  await page.keyboard.press('Enter');
  expect(await panel.waitForAsked('gloss/chatChoose', 2)).toEqual({ chat: 'c1', effort: 'high' });
});

test('R45: what is written is kept with every key, chat by chat, and comes back', async () => {
  const page = await opened({ welcome: { chat: 'c1' } });
  await field().fill('a question that');
  expect(await page.evaluate(() => JSON.parse(sessionStorage.getItem('state') ?? '{}'))).toMatchObject({
    drafts: [{ chat: 'c1', text: 'a question that' }],
  });
  expect(await panel.waitForAsked('panel/keepDraft')).toMatchObject({ chat: 'c1', draft: { text: 'a question that' } });
  panel.answer('gloss/chatOpen', () => ({ chat: 'c2', seq: 0, items: [], state: panel.chat.state, texts: [] }));
  await panel.tell({ is: 'open' });
  await expect.poll(written).toBe('');
  await field().fill('another');
  panel.answer('gloss/chatOpen', () => ({ chat: 'c1', seq: 0, items: [], state: panel.chat.state, texts: [] }));
  await panel.tell({ is: 'open', chat: 'c1' });
  await expect.poll(written).toBe('a question that');
  await page.reload();
  await field().waitFor();
  await expect.poll(written).toBe('a question that');
});

test('nothing takes the keyboard unasked, and the field stands in the direction of what is written', async () => {
  const page = await opened();
  expect(await focused()).toBe('BODY');
  await panel.tell({ is: 'selection', mention: '@src/a.ts' });
  await panel.tell({ is: 'add', mentions: ['@src/b.ts'], media: [], text: 'شرح' });
  await expect.poll(written).toBe('@src/b.ts شرح');
  await panel.change({ is: 'state', state: { ...panel.chat.state, running: true, queued: ['x'], pending: 2 } });
  expect(await focused()).toBe('BODY');
  await panel.tell({ is: 'focus' });
  expect(await focused()).toBe('Question');
  await field().fill('شرح هذه الدالة');
  expect(await field().evaluate((element) => getComputedStyle(element).direction)).toBe('rtl');
  await page.getByRole('button', { name: 'Send' }).waitFor();
});
