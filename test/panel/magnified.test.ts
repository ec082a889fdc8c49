/** The page at 400 %, and in the few colours that somebody has forced: all of it can be reached, told apart, and seen where the keyboard is. */
import type { Page } from 'playwright-core';
import { afterEach, expect, test } from 'vitest';
import { openPanelPage, type PanelPage, type PanelPageOptions } from '../harness/panelPage.ts';
import { storyContents, storyItems } from '../harness/panelStory.ts';

let panel: PanelPage;
afterEach(() => panel.close());

/** Much at once above the field. */
const busy: PanelPageOptions = {
  items: storyItems,
  contents: storyContents,
  state: {
    ...{ running: true, queued: ['and then this'], granted: ['npm test'], pending: 2 },
    todo: [{ text: 'first', state: 'doing' }],
    approvals: [
      {
        ...{ title: 'Run npm test', because: ['No rule allows it.'], maySession: true, hash: 'h1' },
        facts: [{ name: 'Command', value: 'npm test --with --many --words' }],
      },
    ],
  },
};

async function opened(options: PanelPageOptions): Promise<Page> {
  panel = await openPanelPage(options);
  await panel.page.locator('textarea.text').waitFor();
  await panel.page.locator('.card').waitFor();
  return panel.page;
}

test('at 400 % of a window of 1,280 by 1,024 nothing scrolls sideways, and every control comes into sight by the keyboard', async () => {
  const page = await opened({ ...busy, width: 320, height: 256 });
  const found = await reached(page, (element) => {
    const { left, right, top, bottom } = element.getBoundingClientRect();
    const [from, to] = [Math.max(0, top), Math.min(innerHeight, bottom)];
    const hit = document.elementFromPoint((left + Math.min(right, innerWidth)) / 2, (from + to) / 2);
    const isSeen = hit !== null && (element.contains(hit) || hit.contains(element));
    return isSeen && left > -1 && right < innerWidth + 1 ? undefined : 'out of sight';
  });
  expect(found).toEqual([]);
  expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBe(320);
  // There is room to read and to write.
  const tall = async (what: string) => (await page.locator(what).boundingBox())?.height ?? 0;
  expect(await tall('textarea.text')).toBeGreaterThan(20);
});

test('with forced colours every control stands out from its ground, and where the keyboard is can be seen', async () => {
  const page = await opened({ ...busy, width: 400, height: 900, forcedColors: true });
  expect(await page.evaluate(() => matchMedia('(forced-colors: active)').matches)).toBe(true);
  const found = await reached(page, (element) => {
    const light = (color: string): number => {
      const [r = 0, g = 0, b = 0] = (color.match(/[\d.]+/g) ?? []).map((part) => {
        const share = Number(part) / 255;
        return share <= 0.04045 ? share / 12.92 : ((share + 0.055) / 1.055) ** 2.4;
      });
      return 0.2126 * r + 0.7152 * g + 0.0722 * b;
    };
    const isClear = (color: string): boolean => /, 0\)$|transparent/.test(color);
    let ground: Element | null = element;
    while (ground !== null && isClear(getComputedStyle(ground).backgroundColor)) ground = ground.parentElement;
    const on = ground === null ? 'rgb(255, 255, 255)' : getComputedStyle(ground).backgroundColor;
    const [more = 0, less = 0] = [light(getComputedStyle(element).color), light(on)].sort((one, other) => other - one);
    if ((more + 0.05) / (less + 0.05) < 4.5) return 'like its ground';
    const ringed = [element, element.closest('.composerBox')].some((one) => {
      if (one === null) return false;
      const { outlineStyle, outlineWidth } = getComputedStyle(one);
      return outlineStyle !== 'none' && Number.parseFloat(outlineWidth) > 0;
    });
    return ringed ? undefined : 'without a ring';
  });
  expect(found).toEqual([]);
});

/** Goes through the page by Tab alone, and looks at what has the keyboard: what is amiss with it. */
async function reached(page: Page, look: (element: Element) => string | undefined): Promise<readonly string[]> {
  await page.evaluate((text) => Object.assign(globalThis, { amiss: new Function(`return ${text}`)() }), String(look));
  const found = new Set<string>();
  const seen = new Set<string>();
  for (let steps = 0; steps < 80; steps += 1) {
    await page.keyboard.press('Tab');
    const [name, amiss] = await page.evaluate(async () => {
      // What was scrolled to is drawn in the next frame.
      for (let frame = 0; frame < 3; frame += 1) await new Promise((resolve) => requestAnimationFrame(resolve));
      const { activeElement: element } = document;
      if (element === null || element === document.body) return ['', undefined];
      const words = element.getAttribute('aria-label') ?? element.textContent?.slice(0, 60) ?? '';
      const { amiss: looked } = globalThis as unknown as { amiss(one: Element): string | undefined };
      return [`${element.tagName} ${words}`, looked(element)];
    });
    if (name !== undefined && name !== '') seen.add(name);
    if (amiss !== undefined) found.add(`${name}: ${amiss}`);
  }
  // All kinds of them: of the frame, the transcript, the cards and the composer.
  for (const name of ['BUTTON New Chat', 'MAIN Conversation', 'BUTTON Allow Once', 'BUTTON Stop', 'TEXTAREA Question'])
    expect([...seen]).toContain(name);
  return [...found];
}
