/** Files: uploaded from every source, listed, downloaded and deleted, against the demo backend. */
import { createReadStream } from 'node:fs';
import path from 'node:path';
import { Readable } from 'node:stream';
import { describe, expect, test } from 'vitest';
import { failureOf } from '../../../../test/harness/claudeCalls.ts';
import { demoClient } from '../../../../test/harness/demoClient.ts';
import { folderOf } from '../../../../test/harness/folders.ts';
import type { UploadProgress } from './files.ts';
import type { UploadSource } from './uploadSource.ts';

const content = 'Grüße, 世界\n';
const bytes = Buffer.from(content);

function fileOf(text = content): string {
  return path.join(folderOf({ 'notes.md': text }), 'notes.md');
}

async function* pieces() {
  yield bytes.subarray(0, 4);
  yield new Uint8Array(bytes.subarray(4));
}

describe('a file is uploaded', () => {
  test.each<[string, () => UploadSource, string, string]>([
    ['a path', () => ({ path: fileOf() }), 'notes.md', 'text/markdown'],
    ['text', () => content, 'given.txt', 'text/plain'],
    ['bytes', () => new Uint8Array(bytes), 'given.txt', 'text/plain'],
    ['a Buffer', () => bytes, 'given.txt', 'text/plain'],
    ['an ArrayBuffer', () => new Uint8Array(bytes).buffer, 'given.txt', 'text/plain'],
    ['a Blob', () => new Blob([content]), 'given.txt', 'text/plain'],
    ['a Blob with a type', () => new Blob([content], { type: 'text/csv' }), 'given.txt', 'text/csv'],
    ['a File', () => new File([content], 'own.py'), 'own.py', 'text/x-python'],
    ['a stream of the web', () => new Blob([content]).stream(), 'given.txt', 'text/plain'],
    ['an async iterable', pieces, 'given.txt', 'text/plain'],
    ['a Readable', () => Readable.from([content]), 'given.txt', 'text/plain'],
    ['a stream from a file', () => createReadStream(fileOf()), 'notes.md', 'text/markdown'],
  ])('from %s', async (_name, source, filename, type) => {
    const { claude } = await demoClient();
    const given = filename === 'given.txt' ? { filename } : {};
    const file = await claude.files.upload(source(), given);
    expect(file).toMatchObject({ filename, mime_type: type, size_bytes: bytes.length });
    expect(Buffer.from(await (await claude.files.download(file.id)).bytes()).toString()).toBe(content);
  });

  test('with a name, a type and an end of its own; folders are taken off', async () => {
    const { claude, demo } = await demoClient();
    const params = { filename: '../a\\b/c d.bin', contentType: 'text/x-own; charset=utf-8', expiresInSeconds: 3_600 };
    const file = await claude.files.upload({ path: fileOf() }, params);
    expect(file).toMatchObject({ filename: 'c d.bin', mime_type: 'text/x-own; charset=utf-8' });
    expect(Date.parse(file.expires_at ?? '')).toBeGreaterThan(Date.now());
    expect(demo.requests[0]?.body).toMatchObject([{ name: 'expires_in_seconds', value: '3600' }, { name: 'file' }]);
    expect(demo.requests[0]?.headers).not.toHaveProperty('anthropic-beta');
  });

  test('with fields that are not known yet', async () => {
    const { claude, demo } = await demoClient();
    await claude.files.upload('x', { filename: 'a' }, { extra: { later: 'text', deep: { a: 1 } } });
    expect(demo.requests[0]?.body).toMatchObject([
      { name: 'later', value: 'text' },
      { name: 'deep', value: '{"a":1}' },
      { name: 'file' },
    ]);
  });

  test('an empty one, too', async () => {
    const { claude } = await demoClient();
    expect(await claude.files.upload({ path: fileOf('') })).toMatchObject({ size_bytes: 0 });
    expect(await claude.files.upload('', { filename: 'a.txt' })).toMatchObject({ size_bytes: 0 });
  });

  test.each<[string, () => UploadSource, number | undefined]>([
    ['a path', () => ({ path: fileOf('x'.repeat(200_000)) }), 200_000],
    ['a stream', () => Readable.from(['x'.repeat(150_000), 'x'.repeat(50_000)]), undefined],
  ])('%s tells how far it is', async (_name, source, total) => {
    const { claude } = await demoClient();
    const seen: UploadProgress[] = [];
    await claude.files.upload(source(), { filename: 'a', onProgress: (progress) => seen.push(progress) });
    expect(seen.at(-1)).toEqual({ sent: 200_000, total });
    expect(seen.length).toBeGreaterThan(1);
    expect(seen.map(({ sent }) => sent)).toEqual(seen.map(({ sent }) => sent).sort((a, b) => a - b));
  });
});

describe('nothing is sent', () => {
  test.each<[string, () => UploadSource, object, string]>([
    ['bytes without a name', () => bytes, {}, 'filename'],
    ['a stream without a name', pieces, {}, 'filename'],
    ['a name that is only folders', () => bytes, { filename: 'a/' }, 'filename'],
    ['a name that leads up', () => bytes, { filename: '..' }, 'filename'],
    ['a type with a line break', () => bytes, { filename: 'a', contentType: 'text/plain\r\nx: y' }, 'contentType'],
    ['a type that is none', () => bytes, { filename: 'a', contentType: 'text' }, 'contentType'],
    ['too short a life', () => bytes, { filename: 'a', expiresInSeconds: 3_599 }, 'expiresInSeconds'],
    ['too long a life', () => bytes, { filename: 'a', expiresInSeconds: 7_776_001 }, 'expiresInSeconds'],
    ['half a second', () => bytes, { filename: 'a', expiresInSeconds: 4000.5 }, 'expiresInSeconds'],
    ['a path that is not there', () => ({ path: '/no/such/file' }), {}, 'path'],
    // Programs without types send whatever they have.
    ['a number', () => 7 as unknown as UploadSource, {}, 'source'],
    ['an object without a path', () => ({}) as UploadSource, {}, 'path'],
  ])('of %s', async (_name, source, params, field) => {
    const { claude, demo } = await demoClient();
    expect(await failureOf(claude.files.upload(source(), params))).toMatchObject({
      kind: 'invalid_request',
      field,
      message: expect.stringMatching(/^Nothing was sent: /),
    });
    expect(demo.requests).toEqual([]);
  });
});

describe('the list', () => {
  test('goes on over all pages, from any page, also after an empty one', async () => {
    const { claude } = await demoClient();
    const names = ['a', 'b', 'c', 'd', 'e'];
    for (const filename of names) await claude.files.upload('x', { filename });
    const listed: string[] = [];
    for await (const { filename } of claude.files.list({ limit: 2 })) listed.push(filename);
    expect(listed).toEqual(names.toReversed());
    const first = await claude.files.list({ limit: 2 });
    expect(await claude.files.list({ limit: 3, page: first.next_page ?? '' })).toMatchObject({ next_page: null });
  });

  test('holds only those that are asked for', async () => {
    const { claude, demo } = await demoClient();
    const { id } = await claude.files.upload('x', { filename: 'a' });
    await claude.files.upload('x', { filename: 'b' });
    const ids: string[] = [];
    for await (const file of claude.files.list({ ids: [id, 'file_gone'] })) ids.push(file.id);
    expect(ids).toEqual([id]);
    expect(demo.requests.at(-1)?.query).toBe(`ids%5B%5D=${id}&ids%5B%5D=file_gone`);
  });

  test.each([
    ['ids and a limit', { ids: ['a'], limit: 1 }],
    ['ids and a page', { ids: ['a'], page: 'x' }],
    ['too many ids', { ids: Array.from({ length: 101 }, (_, at) => `file_${at}`) }],
  ])('is not asked for with %s', async (_name, params) => {
    const { claude, demo } = await demoClient();
    expect(await failureOf(claude.files.list(params))).toMatchObject({ kind: 'invalid_request', field: 'ids' });
    expect(demo.requests).toEqual([]);
  });
});

describe('one file', () => {
  test('is looked at and deleted', async () => {
    const { claude } = await demoClient();
    const file = await claude.files.upload('x', { filename: 'a.txt' });
    expect(await claude.files.retrieve(file.id)).toEqual(file);
    expect(await claude.files.delete(file.id)).toEqual({ id: file.id, type: 'file_deleted' });
    expect(await failureOf(claude.files.retrieve(file.id))).toMatchObject({ kind: 'not_found', status: 404 });
  });

  test.each(['', ' ', '.', '..'])('the id %j leads nowhere', async (id) => {
    const { claude, demo } = await demoClient();
    for (const call of [
      () => claude.files.retrieve(id),
      () => claude.files.delete(id),
      () => claude.files.download(id),
    ])
      expect(await failureOf(call())).toMatchObject({ kind: 'invalid_request', field: 'file id' });
    expect(demo.requests).toEqual([]);
  });

  test('an id stays in its place', async () => {
    const { claude, demo } = await demoClient();
    await failureOf(claude.files.retrieve('../models?x#y'));
    expect(demo.requests[0]).toMatchObject({ path: '/v1/files/..%2Fmodels%3Fx%23y', query: '' });
  });
});

describe('what the service says of files', () => {
  test.each([
    [404, 'not_found_error', 'file_expired', 'not_found', /Upload the file again/],
    [400, 'invalid_request_error', 'file_not_downloadable', 'invalid_request', /Only files that tools have made/],
    [400, 'invalid_request_error', 'storage_quota_exceeded', 'invalid_request', /Delete files/],
  ])('%i %s %s', async (status, type, code, kind, advice) => {
    const { claude, demo } = await demoClient();
    demo.use({ error: { status, type, details: { error_code: code } } });
    expect(await failureOf(claude.files.download('file_1'))).toMatchObject({
      kind,
      status,
      errorCode: code,
      advice: expect.stringMatching(advice),
      retryable: false,
    });
  });
});
