/** Downloads: taken in each of the ways, cut, resumed, stopped, and saved without harm. */
import { mkdirSync, readdirSync, readFileSync, statSync, symlinkSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:http';
import path from 'node:path';
import { describe, expect, test } from 'vitest';
import { clientFor, failureOf } from '../../../../test/harness/claudeCalls.ts';
import { clientOf, listening, turns } from '../../../../test/harness/claudeSockets.ts';
import { demoClient } from '../../../../test/harness/demoClient.ts';
import type { FakeClock } from '../../../../test/harness/fakeClock.ts';
import { folderOf } from '../../../../test/harness/folders.ts';
import { scaled } from '../../../../test/harness/scale.ts';
import type { Answer } from '../../../../test/harness/scriptedTransport.ts';

const text = 'line\n'.repeat(50_000);

async function uploadedText(content = text) {
  const { claude, demo } = await demoClient({ retries: { firstDelay: 0, longestDelay: 0 } });
  const { id } = await claude.files.upload(content, { filename: 'ä "b".txt' });
  return { claude, demo, id };
}

async function collected(pieces: AsyncIterable<Uint8Array>): Promise<string> {
  const all: Uint8Array[] = [];
  for await (const piece of pieces) all.push(piece);
  return Buffer.concat(all).toString();
}

/** For what also waits for the disk. */
async function whileTimePasses<Value>(clock: FakeClock, promise: Promise<Value>): Promise<Value> {
  let settled = false;
  const settle = () => {
    settled = true;
  };
  promise.then(settle, settle);
  while (!settled) await clock.pass(10);
  return promise;
}

describe('a download', () => {
  test('says what it is', async () => {
    const { claude, id } = await uploadedText();
    const { data, response } = await claude.files.download(id).withResponse();
    expect(data).toMatchObject({ name: 'ä "b".txt', size: text.length, contentType: 'text/plain' });
    expect(response).toMatchObject({ status: 200, requestId: expect.stringMatching(/^req_/) });
    data.cancel();
  });

  test('can be iterated over, streamed and collected', async () => {
    const { claude, id } = await uploadedText();
    expect(await collected(await claude.files.download(id))).toBe(text);
    expect(await new Response((await claude.files.download(id)).stream()).text()).toBe(text);
    expect(Buffer.from(await (await claude.files.download(id)).bytes()).toString()).toBe(text);
  });

  test('can be taken once', async () => {
    const { claude, id } = await uploadedText();
    const download = await claude.files.download(id);
    await download.bytes();
    expect(await failureOf(download.bytes())).toMatchObject({ kind: 'configuration' });
    expect(() => download.stream()).toThrow('taken already');
  });

  test('is no more than was asked for', async () => {
    const { claude, id } = await uploadedText();
    const download = await claude.files.download(id);
    expect(await failureOf(download.bytes(1_000))).toMatchObject({
      kind: 'too_large',
      advice: 'Save it to a file.',
    });
  });

  test('R15: leaves no connection, however it is left', async () => {
    const { claude, demo, id } = await uploadedText('x'.repeat(5_000_000));
    const open = demo.openSockets();
    for await (const _piece of await claude.files.download(id)) break;
    const reader = (await claude.files.download(id)).stream().getReader();
    await reader.read();
    await reader.cancel();
    (await claude.files.download(id)).cancel();
    const controller = new AbortController();
    const stopped = await claude.files.download(id, { signal: controller.signal });
    controller.abort();
    expect(await failureOf(stopped.bytes())).toMatchObject({ kind: 'aborted' });
    await expect.poll(() => demo.openSockets()).toBeLessThanOrEqual(open);
  });
});

test.each([
  ['attachment; filename="a.txt"', 'a.txt'],
  ['attachment; filename=a.txt', 'a.txt'],
  [`attachment; filename="a.txt"; filename*=UTF-8''%C3%A4.txt`, 'ä.txt'],
  [`attachment; filename="a.txt"; filename*=UTF-8''%`, 'a.txt'],
  ['attachment; filename="../../etc/passwd"', 'passwd'],
  ['attachment; filename="C:\\\\dir\\\\a.txt"', 'a.txt'],
  [`attachment; filename*=UTF-8''..%2F..%2Fx`, 'x'],
  ['attachment; filename=".."', undefined],
  ['attachment; filename="a\0b\u001b.txt"', 'ab.txt'],
  ['attachment', undefined],
  [undefined, undefined],
])('S6: the name in %j is %j', async (disposition, name) => {
  const headers = disposition === undefined ? {} : { 'content-disposition': disposition };
  const { claude } = clientFor([{ headers, steps: ['x', 'end'] }]);
  const download = await claude.files.download('file_1');
  expect(download.name).toBe(name);
  download.cancel();
});

describe('R17: what breaks off', () => {
  const whole: Answer = { headers: { 'content-length': '6' }, steps: ['abc', 'def', 'end'] };
  const broken: Answer = { headers: { 'content-length': '6' }, steps: ['abc', { breaks: 'ECONNRESET' }] };
  const short: Answer = { headers: { 'content-length': '6' }, steps: ['abc', 'end'] };
  const none = { retries: { random: () => 0 } };

  test.each([
    ['cut', broken],
    ['too short', short],
  ])('is asked for again when it is collected: %s', async (_name, answer) => {
    const { claude, clock, transport } = clientFor([answer, answer, whole], none);
    const bytes = claude.files.download('f').then((download) => download.bytes());
    await clock.pass(1_000);
    expect(Buffer.from(await bytes).toString()).toBe('abcdef');
    expect(transport.requests).toHaveLength(3);
  });

  test('and when it is saved', async () => {
    const { claude, clock } = clientFor([broken, whole], none);
    const file = path.join(folderOf(), 'a');
    await whileTimePasses(
      clock,
      claude.files.download('f').then((download) => download.saveTo(file)),
    );
    expect(readFileSync(file, 'utf8')).toBe('abcdef');
  });

  test('is not when some of it was handed over', async () => {
    const { claude, clock, transport } = clientFor([broken, whole], none);
    const download = await claude.files.download('f');
    expect(await failureOf(collected(download))).toMatchObject({ kind: 'truncated' });
    expect(transport.requests).toHaveLength(1);
    expect(clock.pending).toBe(0);
  });

  test('fails in the end, and leaves nothing on the disk', async () => {
    const { claude, clock } = clientFor([broken], none);
    const folder = folderOf();
    const saved = claude.files.download('f').then((download) => download.saveTo(path.join(folder, 'a')));
    expect(await failureOf(whileTimePasses(clock, saved))).toMatchObject({ kind: 'truncated' });
    expect(readdirSync(folder)).toEqual([]);
  });

  test('R6: stalls are found', async () => {
    const { claude, clock } = clientFor([{ steps: ['abc'] }]);
    const download = await claude.files.download('f', { retries: { attempts: 1 } });
    const failure = failureOf(download.bytes());
    await clock.pass(91_000);
    expect(await failure).toMatchObject({ kind: 'stalled' });
    expect(clock.pending).toBe(0);
  });
});

describe('S37: saving', () => {
  test('makes a file for this person only, whatever the umask', async () => {
    const { claude, id } = await uploadedText();
    const file = path.join(folderOf(), 'a.txt');
    const before = process.umask(0);
    try {
      await (await claude.files.download(id)).saveTo(file);
    } finally {
      process.umask(before);
    }
    expect(readFileSync(file, 'utf8')).toBe(text);
    expect(statSync(file).mode & 0o777).toBe(0o600);
    expect(readdirSync(path.dirname(file))).toEqual(['a.txt']);
  });

  test.each<[string, (file: string) => void]>([
    ['a file', (file) => writeFileSync(file, 'mine')],
    ['a folder', (file) => mkdirSync(file)],
    ['a link', (file) => symlinkSync(path.join(path.dirname(file), 'target'), file)],
  ])('never touches %s that is there', async (_name, make) => {
    const { claude, id } = await uploadedText();
    const folder = folderOf();
    const file = path.join(folder, 'a.txt');
    make(file);
    const download = await claude.files.download(id);
    expect(await failureOf(download.saveTo(file))).toMatchObject({
      kind: 'configuration',
      field: 'path',
      message: expect.stringMatching(/is there already/),
    });
    expect(readdirSync(folder)).toEqual(['a.txt']);
  });

  test('that appears meanwhile, either', async () => {
    const { claude, clock } = clientFor([{ steps: ['abc', { after: 1_000 }, 'end'] }]);
    const file = path.join(folderOf(), 'a.txt');
    const download = await claude.files.download('f');
    const failure = failureOf(download.saveTo(file));
    await expect.poll(() => readdirSync(path.dirname(file)).length).toBe(1);
    writeFileSync(file, 'mine');
    await clock.pass(1_000);
    expect((await failure).message).toMatch(/is there already/);
    expect(readFileSync(file, 'utf8')).toBe('mine');
    expect(readdirSync(path.dirname(file))).toEqual(['a.txt']);
  });

  test('replaces a file, and a link itself, when asked', async () => {
    const { claude, id } = await uploadedText();
    const folder = folderOf({ target: 'mine', old: 'old' });
    symlinkSync(path.join(folder, 'target'), path.join(folder, 'link'));
    for (const name of ['old', 'link'])
      await (await claude.files.download(id)).saveTo(path.join(folder, name), { overwrite: true });
    expect(['old', 'link', 'target'].map((name) => readFileSync(path.join(folder, name), 'utf8').length)).toEqual([
      text.length,
      text.length,
      4,
    ]);
  });

  test('says what is in the way', async () => {
    const { claude, id } = await uploadedText();
    const download = await claude.files.download(id);
    const error = await failureOf(download.saveTo(path.join(folderOf(), 'no', 'a.txt')));
    expect(error.message).toMatch(/its folder does not exist/);
  });
});

test('R14: a slow reader slows the service down', async () => {
  const size = scaled(100) * 1024 * 1024;
  const piece = Buffer.alloc(65_536);
  let produced = 0;
  const server = createServer((_request, response) => {
    response.writeHead(200, { 'content-type': 'application/octet-stream' });
    const more = (): void => {
      while (produced < size) {
        produced += piece.length;
        if (!response.write(piece)) return void response.once('drain', more);
      }
      response.end();
    };
    more();
  });
  const { origin } = await listening(server);
  let taken = 0;
  let ahead = 0;
  for await (const bytes of await clientOf(origin).files.download('f')) {
    taken += bytes.length;
    ahead = Math.max(ahead, produced - taken);
    await turns(1);
  }
  expect(taken).toBe(size);
  expect(ahead).toBeLessThan(10 * 1024 * 1024);
});
