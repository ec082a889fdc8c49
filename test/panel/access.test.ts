/** The page as everybody can use it: axe finds nothing, nothing is cut off, and it fits wherever it is put. */
import axe from 'axe-core';
import type { Page } from 'playwright-core';
import { afterEach, expect, test } from 'vitest';
import { HostRefusal, openPanelPage, type PanelPage, type PanelPageOptions, type Theme } from '../harness/panelPage.ts';
import { storyContents, storyItems } from '../harness/panelStory.ts';

let panel: PanelPage;
afterEach(() => panel.close());

interface Case {
  readonly options?: PanelPageOptions;
  /** Leads to the state that is looked at. */
  readonly reach?: (page: Page) => Promise<unknown>;
}

const story = { items: storyItems, contents: storyContents };
const approvals = [
  {
    ...{ title: 'Run npm test', because: ['No rule allows it.'], maySession: true, hash: 'h1' },
    facts: Array.from({ length: 30 }, (_, at) => ({
      name: `Argument ${at}`,
      value: 'a/long/path/without/blanks'.repeat(9),
    })),
  },
];
const now = new Date().toISOString();
const chats = Array.from({ length: 30 }, (_, at) => ({
  ...{ id: `x${at}`, title: `A chat about something that has a long name ${at}`, folder: at % 2 ? 'shop' : 'tools' },
  ...{ begun: now, changed: now, questions: at, state: at === 0 ? 'running' : at === 1 ? 'waiting' : 'idle' },
}));

const cases: Readonly<Record<string, Case>> = {
  empty: {},
  'a conversation': { options: story },
  'working on an answer': {
    options: {
      ...story,
      state: {
        ...{ running: true, queued: ['and then this'], granted: ['npm test'], pending: 2 },
        todo: [
          { text: 'first', state: 'done' },
          { text: 'second', state: 'doing' },
        ],
      },
    },
  },
  'an approval': { options: { ...story, state: { running: true, approvals } } },
  'a question': {
    options: { ...story, state: { running: true, questions: [{ call: 'k', text: 'Which?', choices: ['a', 'b'] }] } },
  },
  'a plan': { options: { ...story, state: { planned: true, mode: 'plan' } } },
  'an error': {
    options: {
      ...story,
      answers: {
        'gloss/chatSend': () => {
          throw new HostRefusal('The key is not valid.', 'authentication');
        },
      },
    },
    reach: async (page) => {
      await page.locator('textarea.text').fill('why?');
      await page.locator('textarea.text').press('Enter');
      await page.getByRole('alert').waitFor();
    },
  },
  'the list of chats': {
    options: { answers: { 'gloss/chats': () => ({ chats }) }, welcome: { place: 'editor', folders: 2 } },
    reach: async (page) => {
      await page.getByRole('button', { name: 'Chats' }).click();
      await page.locator('.rowMain').first().focus();
    },
  },
  'the menu of models': {
    options: story,
    reach: async (page) => {
      await page.getByRole('button', { name: /^Model/ }).click();
      await page.getByRole('menuitemradio').first().waitFor();
    },
  },
  suggestions: {
    options: {
      answers: {
        'gloss/chatComplete': () => ({
          suggestions: [{ label: '@src/a.ts', detail: 'File', insert: '@src/a.ts', kind: 'file' }],
        }),
        'gloss/chatPreview': () => ({
          chips: [{ name: '@src/a-very-long-name/of/a/file/that/has/no/end.ts', kind: 'file', tokens: 9 }],
          ...{ tokens: 1, before: 1, price: { least: 0.1, most: 0.2 }, notices: ['Not sent.'] },
        }),
      },
    },
    reach: async (page) => {
      await page.locator('textarea.text').pressSequentially('see @');
      await page.getByRole('option').waitFor();
      await page.getByText('Not sent.').waitFor();
    },
  },
};

const themes: readonly Theme[] = ['dark', 'light', 'hc'];

test.each(Object.entries(cases))(
  '%s: no violation, nothing outside, in every theme and width',
  async (_, { options, reach }) => {
    panel = await openPanelPage({ ...options, width: 400 });
    const { page } = panel;
    await page.locator('textarea.text').waitFor();
    await reach?.(page);
    await page.evaluate(axe.source);
    for (const theme of themes) {
      await panel.theme(theme);
      expect(await violations(page), theme).toEqual([]);
    }
    // The last one is 320 px at 400 % of what is 1,280 px wide.
    for (const width of [280, 400, 1_000, 320]) {
      await page.setViewportSize({ width, height: width === 320 ? 256 : 800 });
      expect(await outside(page), `${width} px`).toEqual([]);
    }
    await page.setViewportSize({ width: 400, height: 800 });
    await page.evaluate(() => document.documentElement.setAttribute('dir', 'rtl'));
    expect(await outside(page), 'right to left').toEqual([]);
  },
);

/** Rules, each with the elements that break it. */
async function violations(page: Page): Promise<readonly string[]> {
  // The colours of code are those that the theme gives for code.
  // The headings above those that are seen are drawn when they are scrolled to: their order cannot be told from a part.
  const found = await page.evaluate(async () => {
    const { axe: looking } = window as unknown as {
      axe: {
        run(
          context: unknown,
          options: unknown,
        ): Promise<{ violations: { id: string; nodes: { html: string; failureSummary?: string }[] }[] }>;
      };
    };
    return (await looking.run({ exclude: [['[class^="token-"]']] }, { rules: { 'heading-order': { enabled: false } } }))
      .violations;
  });
  return found.flatMap(({ id, nodes }) =>
    nodes.map(({ html, failureSummary }) => `${id}: ${html.slice(0, 200)} ${failureSummary}`),
  );
}

/** Buttons and fields that reach beyond the page, or make it scroll sideways. */
function outside(page: Page): Promise<readonly string[]> {
  return page.evaluate(() => {
    const wide = document.documentElement.scrollWidth > innerWidth ? ['the page scrolls sideways'] : [];
    const beyond = [...document.querySelectorAll('button, textarea, input, [role=menuitemradio], .card, .trouble')]
      .filter((element) => element.getClientRects().length > 0 && element.closest('pre, table, .code') === null)
      .filter((element) => {
        const { left, right } = element.getBoundingClientRect();
        return left < -1 || right > innerWidth + 1;
      })
      .map((element) => element.outerHTML.slice(0, 120));
    return [...wide, ...beyond];
  });
}
