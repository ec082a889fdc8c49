/** Answers that come compressed though that was not asked for. */
import { randomBytes } from 'node:crypto';
import http from 'node:http';
import { gzipSync } from 'node:zlib';
import { describe, expect, test } from 'vitest';
import {
  clientFor,
  counted,
  failureOf,
  oneAttempt,
  outcomeOf,
  request,
  textOf,
} from '../../../../test/harness/claudeCalls.ts';
import { listening, turns } from '../../../../test/harness/claudeSockets.ts';
import { compressed, encodings, flushed, nameOf } from '../../../../test/harness/compressed.ts';
import { download, joined } from '../../../../test/harness/downloads.ts';
import { callTo } from '../../../../test/harness/rawCalls.ts';
import { block, end, start, streams, text, written } from '../../../../test/harness/streams.ts';

const stream = written(streams['a tool'] ?? []);

function headersFor(type: string, encoding: string) {
  return { 'content-type': type, 'content-encoding': nameOf(encoding), 'content-length': '3' };
}

const events = (encoding: string) => headersFor('text/event-stream', encoding);
const json = (encoding: string) => headersFor('application/json', encoding);

describe.each(encodings)('R10: an answer in %s', (encoding) => {
  test('is read as a stream, each event as soon as it was flushed', async () => {
    const pieces = [
      written([start(), ...block(0, { type: 'text', text: '' }, ...text('so far')).slice(0, 2)]),
      written([{ type: 'content_block_delta', index: 0, delta: { type: 'text_delta', text: ' so good' } }]),
      written([{ type: 'content_block_stop', index: 0 }, ...end()]),
    ];
    const [first = '', second = '', ...rest] = await flushed(encoding, pieces);
    const { claude, clock } = clientFor([
      { headers: events(encoding), steps: [first, { after: 1_000 }, second, { after: 1_000 }, ...rest, 'end'] },
    ]);
    const reader = claude.messages.stream(request, oneAttempt).text()[Symbol.asyncIterator]();
    expect(await reader.next()).toEqual({ done: false, value: 'so far' });
    const next = reader.next();
    await clock.pass(1_000);
    expect(await next).toEqual({ done: false, value: ' so good' });
    const last = reader.next();
    await clock.pass(1_000);
    expect(await last).toEqual({ done: true, value: undefined });
    expect(clock.pending).toBe(0);
  });

  test('is read byte by byte', async () => {
    const bytes = await compressed(encoding, stream);
    const steps = [...Array.from(bytes, (byte) => Buffer.of(byte)), 'end' as const];
    const { claude } = clientFor([{ headers: events(encoding), steps }]);
    expect(textOf(await claude.messages.create(request, oneAttempt))).toBe('Let me see.');
  });

  test('is read as JSON, as bytes, and as the reason of a failure', async () => {
    const count = await compressed(encoding, '{"input_tokens":7}');
    const { claude } = clientFor([{ headers: json(encoding), steps: [count, 'end'] }]);
    expect(await claude.messages.countTokens(counted)).toEqual({ input_tokens: 7 });
    const { bytes } = await download({ headers: json(encoding), steps: [count, 'end'] });
    expect(await joined(bytes)).toBe('{"input_tokens":7}');
    const reason = '{"type":"error","error":{"type":"invalid_request_error","message":"The reason."}}';
    const steps = [await compressed(encoding, reason), 'end' as const];
    const failing = clientFor([{ status: 400, headers: json(encoding), steps }]);
    expect((await failureOf(failing.claude.messages.create(request))).message).toContain('The reason.');
  });

  test('that is cut anywhere is truncated', async () => {
    const bytes = await compressed(encoding, '{"input_tokens":7}');
    for (let length = 1; length < bytes.length; length++) {
      const { claude, transport } = clientFor([{ headers: json(encoding), steps: [bytes.subarray(0, length), 'end'] }]);
      const error = await failureOf(claude.messages.countTokens(counted, oneAttempt));
      expect([length, error.kind]).toEqual([length, 'truncated']);
      expect(transport.destroyed).toBe(1);
    }
  });

  test('that breaks off keeps what had come', async () => {
    const [first = ''] = await flushed(encoding, [stream.subarray(0, stream.length - 200)]);
    const { claude } = clientFor([{ headers: events(encoding), steps: [first, { breaks: 'ECONNRESET' }] }]);
    const error = await failureOf(claude.messages.create(request, oneAttempt));
    expect(error.kind).toBe('truncated');
    expect(textOf(error.partial)).toBe('Let me see.');
  });

  test('that fills memory is given up early', async () => {
    const bomb = await compressed(encoding, Buffer.alloc(50_000_000));
    expect(bomb.length).toBeLessThan(200_000);
    const plain = clientFor([{ headers: json(encoding), steps: [bomb, 'end'] }]);
    const error = await failureOf(plain.claude.messages.countTokens(counted, oneAttempt));
    expect(error).toMatchObject({ kind: 'bad_response' });
    expect(error.message).toContain('more than 250 times its size');
    const { bytes } = await download({ headers: json(encoding), steps: [bomb, 'end'] });
    let given = 0;
    const reading = async () => {
      for await (const chunk of bytes) given += chunk.length;
    };
    expect(await failureOf(reading())).toMatchObject({ kind: 'bad_response' });
    expect(given).toBeLessThan(300 * Math.max(bomb.length, 10_000));
  });
});

describe('R10: an answer', () => {
  test.each(['gzip', 'deflate', 'zstd'])('in %s with a wrong checksum is none', async (encoding) => {
    const bytes = Buffer.from(await compressed(encoding, stream));
    const at = bytes.length - (encoding === 'gzip' ? 6 : 2);
    bytes[at] = (bytes[at] ?? 0) ^ 0xff;
    const { claude } = clientFor([{ headers: events(encoding), steps: [bytes, 'end'] }]);
    const error = await failureOf(claude.messages.create(request, oneAttempt));
    expect(error.kind).toBe('bad_response');
    expect(error.message).toContain(`cannot be decompressed (${encoding}: `);
  });

  test.each(['gzip, br', 'br, gzip', 'compress', 'sdch', 'constructor'])(
    'in an encoding that is not known (%s) is named',
    async (encoding) => {
      const answers = { headers: events(encoding), steps: [Buffer.of(1, 2, 3), 'end' as const] };
      for (const ask of ['create', 'countTokens'] as const) {
        const { claude, transport } = clientFor([
          { ...answers, headers: { ...answers.headers, 'content-encoding': encoding } },
        ]);
        const error = await outcomeOf(
          ask === 'create'
            ? claude.messages.create(request, oneAttempt)
            : failing(claude.messages.countTokens(counted, oneAttempt)),
        );
        expect(error).toMatchObject({ kind: 'bad_response' });
        expect(error).toHaveProperty('message', expect.stringContaining(`is compressed (${encoding}), though`));
        expect(transport.destroyed).toBe(1);
      }
      const { bytes } = await download({ ...answers, headers: { 'content-encoding': encoding } });
      expect(await failureOf(joined(bytes))).toMatchObject({ kind: 'bad_response' });
    },
  );

  test('that is not compressed, whatever else its header says, is read as it is', async () => {
    for (const encoding of ['identity', '', ' Identity '])
      expect(
        await clientFor([
          {
            headers: { 'content-type': 'application/json', 'content-encoding': encoding },
            steps: ['{"input_tokens":7}', 'end'],
          },
        ]).claude.messages.countTokens(counted),
      ).toEqual({ input_tokens: 7 });
  });

  test('is asked for as it is', async () => {
    const { claude, transport } = clientFor([
      { headers: { 'content-type': 'application/json' }, steps: ['{}', 'end'] },
    ]);
    await failureOf(claude.messages.countTokens(counted, oneAttempt));
    expect(transport.requests[0]?.headers).toMatchObject({ 'accept-encoding': 'identity' });
  });

  test('that is read slowly is decoded slowly', async () => {
    const member = gzipSync(randomBytes(300_000).toString('base64'));
    let sent = 0;
    const server = http.createServer((_request, response) => {
      response.writeHead(200, { 'content-type': 'application/octet-stream', 'content-encoding': 'gzip' });
      const more = () => {
        while (sent < 100_000_000) {
          sent += member.length;
          if (!response.write(member)) return void response.once('drain', more);
        }
      };
      more();
      response.on('error', () => {});
    });
    const { origin } = await listening(server);
    const call = callTo(origin, { operation: 'files.download', method: 'GET', path: '/v1/files/f/content' });
    const reader = call.bytes(await call.open())[Symbol.asyncIterator]();
    let read = 0;
    for (let chunk = 0; chunk < 40; chunk++) read += (await reader.next()).value?.length ?? 0;
    let before = -1;
    while (before !== sent) {
      before = sent;
      await turns(200);
    }
    expect(sent).toBeLessThan(20_000_000);
    while (read < 30_000_000) read += (await reader.next()).value?.length ?? 0;
    expect(sent).toBeGreaterThan(before);
    await reader.return(undefined);
  });
});

async function failing(call: Promise<unknown>): Promise<never> {
  throw await failureOf(call);
}
