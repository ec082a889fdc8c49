/** A whole conversation in a VS Code window with a strict service that is not ours: it looks, edits three files, runs a command; an edit is rejected, it is stopped, and goes on after a restart. */
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, afterEach, beforeAll, expect, test } from 'vitest';
import { chatStory, storyFiles } from '../harness/chatStory.ts';
import { type ForeignService, startForeignService } from '../harness/foreignService.ts';
import { chatDocument } from './chatDocument.ts';
import { launch, type Session } from './harness.ts';
import { pendingEdits } from './pendingEdits.ts';

let service: ForeignService;
let window: Session;
let fixture: string;

beforeAll(async () => {
  service = await startForeignService({ script: chatStory() });
  fixture = await mkdtemp(path.join(tmpdir(), 'gloss-story-'));
  for (const [name, text] of Object.entries(storyFiles)) {
    await mkdir(path.dirname(path.join(fixture, name)), { recursive: true });
    await writeFile(path.join(fixture, name), text);
  }
  window = await launch({
    fixture,
    settings: { 'gloss.baseUrl': service.url },
    environment: { ANTHROPIC_API_KEY: service.key, ANTHROPIC_BASE_URL: service.url },
  });
  await window.statusItem('gloss.status').waitFor({ timeout: 30_000 });
});
afterEach(async ({ task }) => {
  if (task.result?.state === 'fail') await window.shot(`failed-${task.name.replace(/\W+/g, '-').slice(0, 60)}`);
});
afterAll(async () => {
  await window?.close();
  await service?.close();
  await rm(fixture, { recursive: true, force: true });
});

const { click, write } = chatDocument(() => window);

async function say(text: string, until: RegExp): Promise<void> {
  await write(text);
  await click(/^Send$/, until);
}

test('it looks around and edits three files, which wait in the editor, and asks before it runs a command', async () => {
  await window.command('Gloss: Open Chat as Document');
  await window.waitForText(/Write below the last/, 30_000);
  await say('Make it so.', /Argument 1: three/);
  await click(/^Allow Once$/, /see a\.ts:2/);
  expect(service.heard).toHaveLength(4);
  expect(JSON.stringify(service.heard.at(-1)?.body['messages'])).toContain('three edits');
});

test('an edit that is rejected is told with the next question', async () => {
  const edits = pendingEdits(window);
  await window.openFile('a.ts');
  await window.waitForText(/x \+ 1/);
  await edits.hunks(1);
  await window.goto(2);
  await edits.chord('x');
  await window.waitForText(/return x;/);
  await window.page.locator('.tab[data-resource-name$=".md"]').click();
  await window.waitForText(/see a\.ts:2/);
  await say('Tell me everything.', /Tell me everything\.\s+## Gloss[\s\S]*\bBe/);
  expect(JSON.stringify(service.heard.at(-1)?.body['messages'])).toMatch(/a\.ts[^"]*rejected/);
});

test('it is stopped in the middle, and goes on after a restart of the server', async () => {
  await click(/^Stop$/, /Stopped\./);
  await window.command('Gloss: Restart Server');
  await say('Go on.', /Going on\./);
  expect(service.refused).toEqual([]);
});
