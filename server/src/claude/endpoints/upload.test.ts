/** Uploads that meet trouble: odd files, files that change, slow servers, streams that fail, retries. */
import { execFileSync } from 'node:child_process';
import { appendFileSync, closeSync, ftruncateSync, openSync, symlinkSync, truncateSync, writeFileSync } from 'node:fs';
import { createServer, type IncomingMessage } from 'node:http';
import path from 'node:path';
import { Readable } from 'node:stream';
import { describe, expect, test } from 'vitest';
import { failureOf } from '../../../../test/harness/claudeCalls.ts';
import { clientOf, listening, started } from '../../../../test/harness/claudeSockets.ts';
import { demoClient } from '../../../../test/harness/demoClient.ts';
import { faultServer } from '../../../../test/harness/faultServer.ts';
import { folderOf } from '../../../../test/harness/folders.ts';
import { scaled } from '../../../../test/harness/scale.ts';
import type { RetryNotice } from '../index.ts';
import type { UploadProgress } from './files.ts';

const megabyte = 1024 * 1024;
const answer = JSON.stringify({ id: 'file_1', type: 'file', filename: 'a', size_bytes: 1 });
const ok = `HTTP/1.1 200 OK\r\ncontent-type: application/json\r\ncontent-length: ${answer.length}\r\n\r\n${answer}`;
const busy = 'HTTP/1.1 529 Overloaded\r\nconnection: close\r\ncontent-length: 0\r\n\r\n';
const fast = { retries: { firstDelay: 0, longestDelay: 0 } };

/** A server that only counts, as slowly as `read` says. */
async function counter(read: (request: IncomingMessage, received: (bytes: number) => void) => Promise<void>) {
  const counts = { received: 0 };
  const server = createServer((request, response) => {
    void read(request, (bytes) => {
      counts.received += bytes;
    }).then(() => response.writeHead(200, { 'content-type': 'application/json' }).end(answer));
  });
  const { origin } = await listening(server);
  return { counts, claude: clientOf(origin) };
}

function sparse(size: number): string {
  const file = path.join(folderOf(), 'large.bin');
  const handle = openSync(file, 'w');
  ftruncateSync(handle, size);
  closeSync(handle);
  return file;
}

describe('memory', () => {
  test('R14: a large file is read no faster than it is taken, and never held', async () => {
    const size = scaled(200) * megabyte;
    const { counts, claude } = await counter(async (request, received) => {
      for await (const piece of request) received((piece as Buffer).length);
    });
    let ahead = 0;
    const onProgress = ({ sent }: UploadProgress): void => {
      ahead = Math.max(ahead, sent - counts.received);
    };
    await claude.files.upload({ path: sparse(size) }, { onProgress });
    expect(counts.received).toBeGreaterThan(size);
    // What the sockets of both ends hold.
    expect(ahead).toBeLessThan(8 * megabyte);
  });

  test('R14: a server that does not read stops the reading of the file', async () => {
    const gate = Promise.withResolvers<void>();
    const { claude } = await counter(async (request) => {
      await gate.promise;
      request.resume();
      await new Promise((resolve) => request.once('end', resolve));
    });
    let sent = 0;
    const onProgress = (progress: UploadProgress): void => {
      sent = progress.sent;
    };
    const upload = claude.files.upload({ path: sparse(20 * megabyte) }, { onProgress });
    for (let last = -1; last !== sent || sent === 0; ) {
      last = sent;
      for (let turn = 0; turn < 200; turn++) await new Promise((resolve) => setImmediate(resolve));
    }
    expect(sent).toBeLessThan(12 * megabyte);
    gate.resolve();
    await upload;
    expect(sent).toBe(20 * megabyte);
  });
});

describe('S41: only regular files are read', () => {
  const wrong: readonly [string, () => string, RegExp][] = [
    ['a folder', () => folderOf(), /is a folder/],
    ['a device', () => '/dev/zero', /pipe, a device/],
    [
      'a pipe',
      () => {
        const pipe = path.join(folderOf(), 'pipe');
        execFileSync('mkfifo', [pipe]);
        return pipe;
      },
      /pipe, a device/,
    ],
    [
      'a link to a device',
      () => {
        const link = path.join(folderOf(), 'link');
        symlinkSync('/dev/zero', link);
        return link;
      },
      /pipe, a device/,
    ],
    ['a path with NUL', () => '/tmp/a\0b', /no path/],
    ['a file that says less than it has', () => '/proc/self/status', /changed while it was sent/],
  ];
  test.skipIf(process.platform !== 'linux').each(wrong)('%s is refused', async (_name, make, message) => {
    const { claude, demo } = await demoClient();
    expect((await failureOf(claude.files.upload({ path: make() }))).message).toMatch(message);
    expect(demo.requests).toEqual([]);
  });

  test('too large a file is refused before anything is sent', async () => {
    const { claude, demo } = await demoClient();
    const error = await failureOf(claude.files.upload({ path: sparse(500 * megabyte + 1) }));
    expect(error).toMatchObject({ kind: 'too_large', message: expect.stringMatching(/^Nothing was sent/) });
    expect(demo.requests).toEqual([]);
  });

  test('a stream that turns out too large is cut', async () => {
    const { claude } = await counter(async (request) => {
      request.resume();
      await new Promise((resolve) => request.once('end', resolve));
    });
    const piece = new Uint8Array(64 * megabyte);
    const endless = async function* () {
      for (;;) yield piece;
    };
    const error = await failureOf(claude.files.upload(endless(), { filename: 'a' }));
    expect(error).toMatchObject({ kind: 'too_large', message: expect.stringMatching(/^Nothing was uploaded/) });
  });
});

describe('a file that changes while it is sent is not uploaded', () => {
  const size = 400_000;
  test.each<[string, (file: string) => void]>([
    ['it shrinks', (file) => truncateSync(file, size / 2)],
    ['it grows', (file) => appendFileSync(file, 'more')],
    ['it is overwritten', (file) => writeFileSync(file, 'y'.repeat(size))],
  ])('%s', async (_name, change) => {
    const { claude, demo } = await demoClient();
    const file = path.join(folderOf({ 'a.txt': 'x'.repeat(size) }), 'a.txt');
    let changed = false;
    const onProgress = () => {
      if (!changed) change(file);
      changed = true;
    };
    const error = await failureOf(claude.files.upload({ path: file }, { onProgress }));
    expect(error).toMatchObject({ kind: 'conflict', retryable: false });
    expect((await claude.files.list()).data).toEqual([]);
    expect(demo.requests.filter(({ method }) => method === 'POST')).toEqual([]);
  });
});

describe('R17: another attempt', () => {
  const replayable = () => ({ path: path.join(folderOf({ a: 'content of the file' }), 'a') });
  test.each([
    ['a path', replayable],
    ['bytes', () => Buffer.from('content of the file')],
    ['a Blob', () => new Blob(['content of the file'])],
  ])('sends %s once more, whole', async (_name, source) => {
    const server = await started(['read', busy, 'fin'], ['read', ok]);
    const claude = clientOf(server.origin, fast);
    expect(await claude.files.upload(source(), { filename: 'a' })).toMatchObject({ id: 'file_1' });
    expect(server.received.map((request) => request.split('content of the file').length)).toEqual([2, 2]);
  });

  test('is not made with a stream that was read', async () => {
    const server = await started(['read', busy, 'fin'], ['read', ok]);
    const source = Readable.from(['once']);
    const error = await failureOf(clientOf(server.origin, fast).files.upload(source, { filename: 'a' }));
    expect(error).toMatchObject({ kind: 'overloaded', status: 529 });
    expect(server.connections).toBe(1);
  });

  test('is made with a stream that was not read yet', async () => {
    const server = await faultServer();
    await server.close();
    const notices: string[] = [];
    const options = { onRetry: ({ error }: RetryNotice) => void notices.push(error.stage ?? '') };
    const claude = clientOf(server.origin, { retries: { attempts: 3, firstDelay: 0 } });
    const error = await failureOf(claude.files.upload(Readable.from(['x']), { filename: 'a' }, options));
    expect([error.kind, notices]).toEqual(['connection', ['connect', 'connect']]);
  });
});

describe('an upload that is stopped', () => {
  test('R15: leaves its source, also one that waits', async () => {
    const server = await started(['hold']);
    const claude = clientOf(server.origin);
    const left: string[] = [];
    const waiting = new Readable({ read() {} }).once('close', () => left.push('Readable'));
    const web = new ReadableStream<Uint8Array>({ cancel: () => void left.push('ReadableStream') });
    for (const source of [waiting, web]) {
      const controller = new AbortController();
      const upload = claude.files.upload(source, { filename: 'a' }, { signal: controller.signal });
      const failure = failureOf(upload);
      await new Promise((resolve) => setImmediate(resolve));
      controller.abort();
      expect(await failure).toMatchObject({ kind: 'aborted' });
    }
    expect(left).toEqual(['Readable', 'ReadableStream']);
    await server.idle();
  });

  test('by its source says why', async () => {
    const { claude, demo } = await demoClient();
    const broken = async function* () {
      yield Buffer.from('a');
      throw new Error('the disk was pulled out');
    };
    const error = await failureOf(claude.files.upload(broken(), { filename: 'a' }));
    expect(error).toMatchObject({ kind: 'invalid_request', message: expect.stringMatching(/the disk was pulled out/) });
    const odd = Readable.from([{ not: 'bytes' }]);
    expect(await failureOf(claude.files.upload(odd, { filename: 'a' }))).toMatchObject({ kind: 'invalid_request' });
    expect((await claude.files.list()).data).toEqual([]);
    expect(demo.requests.filter(({ method }) => method === 'POST')).toEqual([]);
  });
});

test('R9: an answer that comes before everything was sent counts', async () => {
  const refusal = 'HTTP/1.1 413 Too Large\r\nconnection: close\r\ncontent-length: 0\r\n\r\n';
  const server = await started([refusal]);
  const error = await failureOf(clientOf(server.origin).files.upload({ path: sparse(20 * megabyte) }));
  expect(error).toMatchObject({ kind: 'too_large', status: 413 });
});
