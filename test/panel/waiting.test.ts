/** What waits for the person, in a real browser: approvals (threats S17), questions, plans; and the list of chats. */
import type { Page } from 'playwright-core';
import { afterEach, expect, test } from 'vitest';
import type { ChatHead, PanelApproval } from '../../shared/src/panel.ts';
import { openPanelPage, type PanelPage, type PanelPageOptions } from '../harness/panelPage.ts';
import { storyContents, storyItems } from '../harness/panelStory.ts';

let panel: PanelPage;
afterEach(() => panel.close());

function approval(hash: string, more: Partial<PanelApproval> = {}): PanelApproval {
  const facts = [
    { name: 'Command', value: `npm test ${'x'.repeat(3_000)} --the-end` },
    { name: 'Folder', value: '/w' },
  ];
  return { title: `Run ${hash}`, facts, because: ['No rule allows it.'], maySession: true, hash, ...more };
}

async function opened(options: PanelPageOptions = {}): Promise<Page> {
  panel = await openPanelPage(options);
  await panel.page.locator('textarea.text').waitFor();
  return panel.page;
}

const focused = () =>
  panel.page.evaluate(
    () => document.activeElement?.getAttribute('aria-label') ?? document.activeElement?.textContent?.slice(0, 40),
  );
const state = (more: Partial<PanelPage['chat']['state']>) =>
  panel.change({ is: 'state', state: { ...panel.chat.state, running: true, ...more } });
/** As long as a card has to stand before a click on it counts, in the page's own time. */
const settle = (page: Page) => page.evaluate(() => new Promise((resolve) => setTimeout(resolve, 600)));

test('S17: a card shows every value whole, takes no focus, and is answered by the keyboard with its hash', async () => {
  const page = await opened();
  await page.getByRole('textbox', { name: 'Question' }).click();
  await page.keyboard.type('writing');
  await state({ approvals: [approval('h1')] });
  await page.getByText('--the-end').waitFor();
  expect(await page.locator('.fact dd').first().textContent()).toBe(approval('h1').facts[0]?.value);
  expect(await page.getByRole('status').last().textContent()).toBe('Waiting for your leave: Run h1');
  await page.keyboard.type(' on');
  await page.keyboard.press('Control+Shift+Enter');
  expect(await page.getByRole('textbox', { name: 'Question' }).inputValue()).toBe('writing on');
  expect(panel.askedOf('gloss/chatDecide')).toEqual([]);
  await page.getByText('Why Was I Asked?').press('Enter');
  await page.getByText('No rule allows it.').waitFor();
  await settle(page);
  await page.getByRole('button', { name: 'Allow Once' }).press('Enter');
  expect(await panel.waitForAsked('gloss/chatDecide')).toEqual({ chat: 'c1', hash: 'h1', decision: 'once' });
  await state({ approvals: [] });
  await expect.poll(focused).toBe('Question');
});

test('S17: a click that hits what has just appeared or moved under the pointer approves nothing, and says so', async () => {
  const page = await opened();
  await clickAtOnce(page, 'Run h1');
  await state({ approvals: [approval('h1')] });
  await page.locator('.cardSaid').getByText('nothing was done').waitFor();
  expect(panel.askedOf('gloss/chatDecide')).toEqual([]);
  await settle(page);
  await page.getByRole('button', { name: 'Allow Once' }).click();
  await panel.waitForAsked('gloss/chatDecide');
  // The next one stands where this one stood: the second click of a double click finds it there.
  await clickAtOnce(page, 'Run h2');
  await state({ approvals: [approval('h2')] });
  await page.locator('.cardSaid').waitFor();
  await settle(page);
  // Another card moves it.
  await clickAtOnce(page, 'Run h0');
  await state({ approvals: [approval('h0'), approval('h2')] });
  await page.locator('.cardSaid').nth(1).waitFor();
  expect(panel.askedOf('gloss/chatDecide')).toHaveLength(1);
});

/** The click of somebody who was about to click something else: all that may be allowed, as soon as a card is there. */
function clickAtOnce(page: Page, title: string): Promise<void> {
  return page.evaluate((wanted) => {
    const news = new MutationObserver(() => {
      if (!document.querySelector('.cards')?.textContent?.includes(wanted)) return;
      news.disconnect();
      for (const button of document.querySelectorAll<HTMLElement>('.approval .button'))
        if (button.textContent?.startsWith('Allow')) button.click();
    });
    news.observe(document.body, { childList: true, subtree: true, characterData: true });
  }, title);
}

test('S4, S17: session leave is offered only where it may be; a reason is told; what hides is written out', async () => {
  const hidden = approval('h1', { maySession: false, facts: [{ name: 'Com\u200bmand', value: 'rm \u202etxt.exe' }] });
  const page = await opened({ state: { running: true, approvals: [hidden] } });
  expect(await page.getByRole('button', { name: 'Allow for This Session' }).count()).toBe(0);
  expect(await page.locator('.fact').textContent()).toBe('Com⟨U+200B⟩mandrm ⟨U+202E⟩txt.exe');
  await settle(page);
  await page.getByRole('button', { name: 'Deny with a Reason…' }).press('Enter');
  await expect.poll(focused).toBe('Reason, told to the model');
  await page.keyboard.type('use the list');
  await settle(page);
  await page.keyboard.press('Enter');
  expect(await panel.waitForAsked('gloss/chatDecide')).toEqual({
    ...{ chat: 'c1', hash: 'h1', decision: 'deny', reason: 'use the list' },
  });
});

test('S17: what is the same for every command is one line of the card, which unfolds to all of it', async () => {
  const facts = [{ name: 'Always set', value: 'GIT_PAGER PAGER', inShort: '2 variables, the same for every command' }];
  const page = await opened({ state: { running: true, approvals: [approval('h1', { facts })] } });
  const all = page.getByText('GIT_PAGER PAGER');
  await page.getByText('2 variables, the same').waitFor();
  expect(await all.isVisible()).toBe(false);
  await page.getByText('2 variables, the same').press('Enter');
  await all.waitFor();
});

test('a question is answered by a choice or in words; a plan is opened and carried out; what is allowed is withdrawn', async () => {
  const questions = [{ call: 'k1', text: 'Which one?', choices: ['This', 'That'] }];
  const page = await opened({ state: { running: true, questions, granted: ['npm test'], pending: 3 } });
  await settle(page);
  await page.getByRole('button', { name: 'That' }).press('Enter');
  expect(await panel.waitForAsked('gloss/chatAnswer')).toEqual({ chat: 'c1', call: 'k1', text: 'That' });
  await state({ questions: [{ call: 'k2', text: 'And now?', choices: [] }], granted: ['npm test'], pending: 3 });
  await page.getByRole('textbox', { name: 'Your answer' }).fill('in words');
  await page.getByRole('textbox', { name: 'Your answer' }).press('Enter');
  expect(await panel.waitForAsked('gloss/chatAnswer', 2)).toEqual({ chat: 'c1', call: 'k2', text: 'in words' });
  await page.locator('summary', { hasText: '1 thing is allowed for this session' }).press('Enter');
  await page.getByRole('button', { name: 'Withdraw' }).press('Enter');
  expect(await panel.waitForAsked('gloss/chatWithdraw')).toEqual({ chat: 'c1' });
  await page.getByText('3 edits wait for you').waitFor();
  await page.getByRole('button', { name: 'Review', exact: true }).press('Enter');
  await panel.waitForAsked('panel/review');
  await state({ running: false, planned: true, mode: 'plan' });
  await page.getByRole('button', { name: 'Open Plan' }).press('Enter');
  await page.getByRole('button', { name: 'Carry Out: Accept Edits' }).press('Enter');
  await panel.waitForAsked('gloss/chatPlan', 2);
  expect(panel.askedOf('gloss/chatPlan')).toEqual([{ chat: 'c1' }, { chat: 'c1', carryOut: 'acceptEdits' }]);
});

test('a card that appears leaves the end of the transcript in sight', async () => {
  const page = await opened({ items: storyItems, contents: storyContents, height: 700 });
  const end = page.getByText('demo: nothing paid');
  await end.waitFor();
  await state({ approvals: [approval('h1')], pending: 2 });
  await page.getByText('Run h1').last().waitFor();
  const top = async () => (await page.locator('.cards').boundingBox())?.y ?? 0;
  const bottom = async () => {
    const box = await end.boundingBox();
    return box === null ? Number.POSITIVE_INFINITY : box.y + box.height;
  };
  await expect.poll(async () => (await bottom()) <= (await top())).toBe(true);
});

const day = (days: number) => new Date(Date.now() - days * 86_400_000).toISOString();
const head = (id: string, title: string, more: Partial<ChatHead> = {}): ChatHead => ({
  ...{ id, title, folder: 'shop', begun: day(3), changed: day(3), questions: 2, state: 'idle' as const },
  ...more,
});

test('the list of chats is used by the keyboard alone: found, opened, named, deleted', async () => {
  let chats = [
    head('c1', 'Limits'),
    head('c5', 'Parser', { state: 'waiting' }),
    head('c6', 'Tests', { changed: day(9) }),
  ];
  const page = await opened({
    answers: {
      'gloss/chats': () => ({ chats }),
      'gloss/chatSearch': () => ({ found: [{ chat: head('c6', 'Tests'), item: 'i7', excerpt: '… the word …' }] }),
      'gloss/chatRename': ({ chat, title }: { chat: string; title: string }) => {
        chats = chats.map((one) => (one.id === chat ? { ...one, title } : one));
        return {};
      },
      'gloss/chatRemove': ({ chat }: { chat: string }) => {
        chats = chats.filter((one) => one.id !== chat);
        return {};
      },
    },
  });
  await panel.tell({ is: 'states', chats: [{ id: 'c5', title: 'Parser', state: 'waiting' }] });
  await page.getByRole('button', { name: 'Chats, 1 other waits for you' }).press('Enter');
  await expect.poll(focused).toBe('Search in chats');
  const row = (title: string) => page.locator('.rowMain', { hasText: title });
  await row('Parser').waitFor();
  expect(await row('Parser').textContent()).toContain('Waits for you');
  await page.keyboard.press('ArrowDown');
  await page.keyboard.press('ArrowDown');
  await page.keyboard.press('F2');
  await page.keyboard.type('Named');
  await page.keyboard.press('Enter');
  await row('Named').waitFor();
  expect(panel.askedOf('gloss/chatRename')).toEqual([{ chat: 'c1', title: 'Named' }]);
  await expect.poll(focused).toContain('Named');
  await page.keyboard.press('F2');
  await page.keyboard.type('Not this');
  await page.keyboard.press('Escape');
  await expect.poll(focused).toContain('Named');
  await page.keyboard.press('End');
  panel.answer('panel/confirm', () => ({ yes: false }));
  await page.keyboard.press('Delete');
  await panel.waitForAsked('panel/confirm');
  expect(panel.askedOf('gloss/chatRemove')).toEqual([]);
  panel.answer('panel/confirm', () => ({ yes: true }));
  await page.keyboard.press('Home');
  await page.keyboard.press('Delete');
  expect(await panel.waitForAsked('gloss/chatRemove')).toEqual({ chat: 'c5' });
  await row('Parser').waitFor({ state: 'detached' });
  await page.getByRole('searchbox').fill('word');
  await page.getByText('… the word …').waitFor();
  await page.getByRole('searchbox').press('Enter');
  expect(await panel.waitForAsked('gloss/chatOpen', 2)).toEqual({ chat: 'c6' });
});
