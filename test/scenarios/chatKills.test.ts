/** Chats and a server that is killed at any moment: what was shown as done is there again, and the conversation goes on. */
import { once } from 'node:events';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { Hunk } from '#shared/edits.ts';
import { type ChatWindow, chatWindow } from '../harness/chatWindow.ts';
import { type Reply, turnsOf } from '../harness/foreign/script.ts';
import { type ForeignService, type Heard, startForeignService } from '../harness/foreignService.ts';
import { random, scaled } from '../harness/scale.ts';

const full = 500;
/** Each is a process: an ordinary run does few of them. */
const kills = scaled(full) < full ? Math.ceil(scaled(full) * 0.3) : full;
/** Kills in one conversation; then another one begins. */
const killsOfEach = 5;
const files = ['a.ts', 'src/b.ts'];
const lines = (file: string) => Array.from({ length: 40 }, (_, at) => `export const v${at} = '${file}';`).join('\n');

let service: ForeignService;
beforeAll(async () => {
  service = await startForeignService({ script: answerTo });
});
afterAll(() => service.close());

/** A question is answered in four steps: thinking and reading, edits, a command, words. A short one in words alone. */
function answerTo({ body }: Heard): Reply {
  const turns = turnsOf(body);
  const said = turns.map(({ role, content }) => (role === 'user' ? content.map(textIn).join('\n') : ''));
  const at = said.findLastIndex((text) => /\b(?:Work|Talk) \d+/.test(text));
  const [, kind, number = ''] = [...(said[at] ?? '').matchAll(/\b(Work|Talk) (\d+)/g)].at(-1) ?? [];
  if (kind !== 'Work') return { text: `Fine ${number}.` };
  switch (turns.slice(at).filter(({ role }) => role === 'assistant').length) {
    case 0: {
      const calls = [
        { name: 'read', input: { path: 'a.ts' } },
        { name: 'search', input: { pattern: 'v1' } },
        { name: 'list', input: { path: '.' } },
      ];
      return { thinking: 'First I look at it, then I change it.', text: `I look at ${number}.`, calls };
    }
    case 1:
      return { text: 'Now the edits.', calls: files.map((file) => editOf(file, number)) };
    case 2:
      return { calls: [{ name: 'run', input: { command: `echo ran ${number}` } }] };
    default:
      return { text: `Done ${number}.` };
  }
}

function editOf(path: string, number: string) {
  // Apart: a hunk is found again by the lines around it, and an edit that has just begun must not be one of them.
  const from = `export const v${Number(number) * 6} = '${path}';`;
  const to = `${from}\n/** What number ${number} is for. */\nexport const w${number} = ${number};`;
  return { name: 'str_replace_based_edit_tool', input: { command: 'str_replace', path, old_str: from, new_str: to } };
}

function textIn(block: { readonly type: string; readonly [field: string]: unknown }): string {
  return block.type === 'text' ? String(block['text']) : '';
}

interface Place {
  readonly folder: string;
  readonly storage: string;
}

const allowing = (_message: string, titles: readonly string[]) =>
  titles.find((title) => title === 'Allow Once') ?? titles[0];

/** A window with a server of its own, and what it has told of its hunks. */
async function windowAt(place: Place, texts: Readonly<Record<string, string>>): Promise<ChatWindow> {
  const window = await chatWindow({
    ...{ service, process: {}, again: place, pendingEdits: true, choose: allowing },
    files: texts,
  });
  await window.load(...files);
  return window;
}

/** What a person sees as done at this moment. */
interface Seen {
  /** Ids of questions. */
  readonly asked: readonly string[];
  /** File and hunk, in short. */
  readonly hunks: readonly string[];
  /** What the service was sent: it is on the disk before it is sent. */
  readonly chain: readonly string[];
  readonly texts: Readonly<Record<string, string>>;
  readonly document: string;
}

function seenIn(window: ChatWindow): Seen {
  return {
    asked: askedIn(window.text()),
    hunks: files.flatMap((file) => hunksOf(window, file).map((hunk) => `${file}: ${inShort(hunk)}`)),
    chain: service.heard.at(-1)?.chain ?? [],
    texts: Object.fromEntries(files.map((file) => [file, window.editor.text(window.uriOf(file))])),
    document: window.text(),
  };
}

function askedIn(text: string): readonly string[] {
  return [...text.matchAll(/^## You <!-- gloss:([\w-]+) [0-9a-f]{12} -->/gm)].flatMap(([, id]) => id ?? []);
}

function hunksOf(window: ChatWindow, file: string): readonly Hunk[] {
  return window.editor.hunks(window.uriOf(file)).filter(({ growing }) => !growing);
}

function inShort({ after, before, range, state }: Hunk): string {
  return `${state} ${range.start.line}: ${JSON.stringify(before)} to ${JSON.stringify(after)}`;
}

/** Resolves when so many more bytes have come from the server, or `done`; then the server is dead. */
async function killedAfter(window: ChatWindow, bytes: number, done: Promise<unknown>): Promise<void> {
  const { child } = window.editor;
  let left = bytes;
  const enough = new Promise<void>((resolve) =>
    child?.stdout?.on('data', (piece: Uint8Array) => {
      left -= piece.length;
      if (left <= 0) resolve();
    }),
  );
  await Promise.race([enough, done]);
  child?.kill('SIGKILL');
  if (child?.signalCode === null) await once(child, 'exit');
}

async function bytesOfWork(window: ChatWindow): Promise<number> {
  let bytes = 0;
  window.editor.child?.stdout?.on('data', (piece: Uint8Array) => {
    bytes += piece.length;
  });
  await work(window, 0);
  return bytes;
}

async function work(window: ChatWindow, number: number): Promise<void> {
  await window.begin(`Work ${number}`);
  await until(() => window.text().includes(`Done ${number}.`));
  await idle(window);
}

async function idle(window: ChatWindow): Promise<void> {
  await expect.poll(async () => (await window.lens('Stop')) === undefined, { interval: 10 }).toBe(true);
}

function until(isSo: () => boolean): Promise<void> {
  return expect.poll(isSo, { interval: 5 }).toBe(true);
}

test('R41, R24: a server that is killed at any moment of a chat has lost nothing that was shown as done, and the chat goes on', async () => {
  const next = random();
  let done = 0;
  while (done < kills) {
    const place: Place = {
      folder: await mkdtemp(path.join(tmpdir(), 'gloss-killed-work-')),
      storage: await mkdtemp(path.join(tmpdir(), 'gloss-killed-own-')),
    };
    try {
      let window = await windowAt(place, Object.fromEntries(files.map((file) => [file, lines(file)])));
      await window.open();
      const bytes = await bytesOfWork(window);
      const { conversation } = window;
      for (let kill = 1; kill <= killsOfEach && done < kills; kill += 1, done += 1) {
        const working = work(window, kill).catch(() => undefined);
        await killedAfter(window, Math.floor(next() * bytes), working);
        const seen = seenIn(window);
        await window[Symbol.asyncDispose]();
        window = await windowAt(place, seen.texts);
        // An editor has saved the document of the chat, or it has not.
        if (next() < 0.5) await writeFile(documentOf(place, conversation), seen.document);
        await window.open({ conversation });
        await goesOn(window, seen, kill);
      }
      await window[Symbol.asyncDispose]();
    } finally {
      await rm(place.folder, { recursive: true, force: true });
      await rm(place.storage, { recursive: true, force: true });
    }
  }
}, 900_000);

function documentOf({ storage }: Place, conversation: string): string {
  return path.join(storage, 'chats', `${conversation}.md`);
}

async function goesOn(window: ChatWindow, seen: Seen, kill: number): Promise<void> {
  const place = `kill ${kill}, with ${seen.chain.length} steps sent`;
  await window.begin(`Talk ${kill}`);
  await until(() => window.text().includes(`Fine ${kill}.`));
  await idle(window);
  const now = seenIn(window);
  expect(service.refused, place).toEqual([]);
  expect(now.asked, place).toEqual(expect.arrayContaining([...seen.asked]));
  expect(new Set(now.asked).size, place).toBe(now.asked.length);
  expect(now.chain.slice(0, seen.chain.length), place).toEqual(seen.chain);
  await expect.poll(() => seenIn(window).hunks, { message: place }).toEqual(expect.arrayContaining([...seen.hunks]));
}
