/** S1, S2: a poisoned project in Restricted Mode: explaining works, and nothing of the project runs or redirects it. */
import { existsSync } from 'node:fs';
import { cp, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { root } from '../../scripts/places.ts';
import { type Demo, startDemo } from '../../server/src/demo/server.ts';
import { plant, poisons } from '../harness/poison.ts';
import { launch, type Session } from './harness.ts';

let window: Session;
let service: Demo;
let evil: Demo;
let project: string;

beforeAll(async () => {
  [service, evil] = [await startDemo({ delay: 0 }), await startDemo({ delay: 0 })];
  project = await mkdtemp(path.join(tmpdir(), 'gloss-poisoned-'));
  for (const poison of poisons) await plant(poison, project, evil.url);
  await cp(path.join(root, 'sample'), project, { recursive: true });
  window = await launch({
    fixture: project,
    trust: 'restricted',
    settings: { 'gloss.baseUrl': service.url },
    environment: { ANTHROPIC_API_KEY: service.key, ANTHROPIC_BASE_URL: service.url },
  });
  await window.statusItem('gloss.status').waitFor({ timeout: 30_000 });
});
afterAll(async () => {
  await window?.close();
  await Promise.all([service?.close(), evil?.close()]);
  await rm(project, { recursive: true, force: true });
});

test('Explain Here works, and what is off is said', async () => {
  await window.openFile('schedule.ts');
  await window.goto(20);
  await window.command('Gloss: Explain Here');
  await window.threads.locator('.comment-body').filter({ hasText: 'no model is running' }).waitFor();
  expect(await window.page.locator('#workbench\\.parts\\.banner').textContent()).toMatch(/Restricted Mode/);
  await window.shot('restricted');
});

test('every other way to an explanation works as well, or says what it needs', async () => {
  const asked = () => service.requests.filter(({ path: way }) => way === '/v1/messages').length;
  const answers = window.threads.locator('.comment-body').filter({ hasText: 'no model is running' });
  await window.command('Gloss: Deeper Explanation');
  await expect.poll(asked).toBe(2);
  await answers.waitFor();
  await window.threads.locator('.comment-form, .review-thread-reply-button').first().click();
  await window.page.keyboard.type('What does it return?');
  await window.threads.getByRole('button', { name: 'Ask' }).click();
  await expect.poll(() => answers.count()).toBe(2);
  await window.goto(30);
  await window.command('Gloss: Add Line Notes');
  await window.page.locator('.statusbar-item', { hasText: /line notes? · / }).waitFor();
  await window.command('Gloss: Explain File');
  await window.webview().locator('body').filter({ hasText: 'no model is running' }).waitFor();
  expect(asked()).toBe(5);
  await window.goto(1);
  await window.command('Gloss: Explain Problem');
  await window.notification('There is no problem at the cursor.').waitFor();
  await window.clearNotifications();
  await window.command('Gloss: Explain This Change');
  await window.notification(/Git|version|commit|changed/).waitFor();
  await window.shot('restricted-entries');
  await window.clearNotifications();
  await window.command('Gloss: Export Explanations');
  await window.waitForText(/freeTime/);
  expect(asked()).toBe(5);
});

test('the chat panel opens, says what is in the way, and what may be done about it', async () => {
  // What was exported comes into view first, and takes the keyboard.
  await window.openFile('schedule.ts');
  await window.command('Gloss: Open Chat');
  const page = window.page.frameLocator('iframe.webview.ready').last().frameLocator('iframe#active-frame');
  await page.getByText(/trust/i).first().waitFor({ timeout: 30_000 });
  await window.shot('restricted-panel');
});

test('S1: no request and no byte of the key reached the address that the project names', () => {
  expect(service.requests.length).toBeGreaterThan(0);
  expect(evil.requests).toEqual([]);
});

test('S2: nothing of the project ran', () => {
  expect(existsSync(path.join(window.folder, 'canary'))).toBe(false);
  expect(existsSync(path.join(project, 'canary'))).toBe(false);
});
