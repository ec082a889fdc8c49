/** Bodies that are read while they are sent: at the socket's pace, once, and closed whatever happens. */
import { describe, expect, test } from 'vitest';
import { failureOf, key, within } from '../../../../test/harness/claudeCalls.ts';
import { started, turns } from '../../../../test/harness/claudeSockets.ts';
import { fakeClock } from '../../../../test/harness/fakeClock.ts';
import { faultServer, type Script } from '../../../../test/harness/faultServer.ts';
import { countedBody, type Piece, uploadTo } from '../../../../test/harness/rawCalls.ts';
import { abortedError } from '../failures.ts';
import { settingsOf } from '../options.ts';

const body = '{"input_tokens":7}';
const answer = `HTTP/1.1 200 OK\r\ncontent-type: application/json\r\ncontent-length: ${body.length}\r\n\r\n${body}`;
const goodScript: Script = ['read', answer];
const fast = { retries: { random: () => 0 } };
const minute = 60_000;

describe('a body from a source', () => {
  test('is sent with its length when that is known', async () => {
    const server = await started(goodScript);
    const source = countedBody(['one ', 'two'], { length: 7 });
    expect(await uploadTo(server.origin, source).result).toEqual({ input_tokens: 7 });
    expect(server.received[0]).toMatch(/\r\ncontent-length: 7\r\n(.*\r\n)*\r\none two$/);
    expect(source.counts).toEqual({ opened: 1, closed: 1 });
  });

  test('is sent in chunks when it is not', async () => {
    const server = await started(goodScript);
    expect(await uploadTo(server.origin, countedBody(['one ', '', 'two'])).result).toEqual({ input_tokens: 7 });
    expect(server.received[0]).toMatch(/transfer-encoding: chunked\r\n\r\n4\r\none \r\n3\r\ntwo\r\n0\r\n\r\n$/);
  });

  test('may be empty', async () => {
    const server = await started(goodScript);
    expect(await uploadTo(server.origin, countedBody([])).result).toEqual({ input_tokens: 7 });
    expect(server.received[0]).toMatch(/content-length: 0\r\n/);
  });

  test('waits while the socket takes no more', async () => {
    const server = await started(['deaf']);
    const source = countedBody(Array<Buffer>(1_000).fill(Buffer.alloc(1_000_000)));
    const { call, result } = uploadTo(server.origin, source);
    let before = -1;
    while (before !== source.given) {
      before = source.given;
      await turns(200);
    }
    expect(source.given).toBeLessThan(40_000_000);
    call.stop(abortedError('enough'));
    expect(await failureOf(result)).toMatchObject({ kind: 'aborted' });
    expect(source.counts).toEqual({ opened: 1, closed: 1 });
  });

  test('is not opened before there is a connection, and can then be sent after all', async () => {
    const down = await faultServer();
    await down.close();
    const source = countedBody(['one']);
    const error = await failureOf(uploadTo(down.origin, source, fast).result);
    expect(error).toMatchObject({ kind: 'connection', retryable: true });
    expect(source.counts).toEqual({ opened: 0, closed: 0 });
  });
});

describe('a body that can be read only once', () => {
  test.each<[string, Script, string]>([
    ['a reset', ['read', 'rst'], 'connection'],
    ['the end of the connection', ['head', 'fin'], 'connection'],
    ['an answer 529', ['read', 'HTTP/1.1 529 Overloaded\r\ncontent-length: 0\r\n\r\n'], 'overloaded'],
    ['an answer that breaks off', ['read', answer.slice(0, -3), 'fin'], 'truncated'],
  ])('is not sent again after %s, and the error says so', async (_what, script, kind) => {
    const server = await started(script, goodScript);
    const source = countedBody(['one']);
    const error = await failureOf(uploadTo(server.origin, source, fast).result);
    expect(error).toMatchObject({ kind, retryable: false });
    expect(error.message).toContain('could be read only once');
    expect([server.connections, source.counts]).toEqual([1, { opened: 1, closed: 1 }]);
  });

  test('is not sent again with other credentials either', async () => {
    const server = await started(['read', 'HTTP/1.1 401 No\r\ncontent-length: 0\r\n\r\n'], goodScript);
    const credentials = { headers: () => ({ 'x-api-key': 'a' }), refused: () => true };
    const settings = { ...settingsOf({ apiKey: key, baseURL: server.origin }), credentials };
    expect(await failureOf(uploadTo(server.origin, countedBody(['one']), {}, settings).result)).toMatchObject({
      kind: 'authentication',
    });
    expect(server.connections).toBe(1);
    const again = uploadTo(server.origin, countedBody(['one'], { replayable: true }), {}, settings);
    expect(await again.result).toEqual({ input_tokens: 7 });
  });
});

describe('a body that can be read again', () => {
  test('is opened for each attempt', async () => {
    const server = await started(['read', 'rst'], ['head', 'fin'], goodScript);
    const source = countedBody(['one ', 'two'], { replayable: true, length: 7 });
    expect(await uploadTo(server.origin, source, fast).result).toEqual({ input_tokens: 7 });
    expect(source.counts).toEqual({ opened: 3, closed: 3 });
    expect(server.received[2]).toMatch(/\r\n\r\none two$/);
  });

  test('such as many bytes is sent piece by piece, each time whole', async () => {
    const server = await started(['head', 'rst'], goodScript);
    const bytes = Buffer.alloc(3_000_000, 'abcdefg');
    expect(await uploadTo(server.origin, bytes, fast).result).toEqual({ input_tokens: 7 });
    const sent = server.received[1] ?? '';
    expect(sent.slice(sent.indexOf('\r\n\r\n') + 4) === bytes.toString()).toBe(true);
    expect(sent).toMatch(/\r\ncontent-length: 3000000\r\n/);
  });
});

describe('a source that fails', () => {
  test('is the cause of the error, and nothing is left open', async () => {
    const server = await started(['read', 'hold'], goodScript);
    const problem = new Error('the file is gone');
    const source = countedBody(['one ', problem], { replayable: true });
    const error = await failureOf(uploadTo(server.origin, source, fast).result);
    expect(error).toMatchObject({ kind: 'invalid_request', stage: 'request', field: 'body', retryable: false });
    expect(error.cause).toBe(problem);
    expect(error.message).toContain('could not be read: the file is gone');
    await server.idle();
    expect([server.connections, source.counts]).toEqual([1, { opened: 1, closed: 1 }]);
  });

  test('to open is one, too', async () => {
    const server = await started(['read', 'hold']);
    const problem = new Error('no such file');
    const open = () => {
      throw problem;
    };
    const error = await failureOf(uploadTo(server.origin, { replayable: false, open }, fast).result);
    expect(error).toMatchObject({ kind: 'invalid_request', cause: problem });
    await server.idle();
  });

  test.each([
    [3, 'more than the 3 bytes'],
    [10, 'has 7 bytes, and 10 were announced'],
  ])('to have the %i bytes that were announced is told', async (length, says) => {
    const server = await started(['read', 'hold']);
    const source = countedBody(['one ', 'two'], { length });
    const error = await failureOf(uploadTo(server.origin, source, fast).result);
    expect(error).toMatchObject({ kind: 'invalid_request', field: 'body' });
    expect(error.message).toContain(says);
    await server.idle();
    expect(source.counts.closed).toBe(1);
  });
});

describe('stopping', () => {
  const forever = fakeClock();
  test.each<[string, readonly Piece[], number]>([
    ['before there is a connection', ['one'], 0],
    ['while the source is asked', ['one', { wait: forever, milliseconds: 1 }], 40],
    ['when the source was read', ['one'], 40],
  ])('%s closes the source and the connection', async (_when, pieces, count) => {
    const server = await started(['read', 'hold']);
    const source = countedBody(pieces);
    const { call, result } = uploadTo(server.origin, source);
    await turns(count);
    call.stop(abortedError('enough'));
    expect(await failureOf(result)).toMatchObject({ kind: 'aborted', cause: 'enough' });
    await server.idle();
    await forever.pass(1);
    expect(source.counts.closed).toBe(source.counts.opened);
    expect(source.counts.opened).toBe(count === 0 ? 0 : 1);
  });

  test('early answers do, too', async () => {
    const server = await started(['head', answer, 'hold']);
    const source = countedBody([Buffer.alloc(100_000), { wait: forever, milliseconds: 1 }, 'never sent']);
    expect(await uploadTo(server.origin, source).result).toEqual({ input_tokens: 7 });
    await server.idle();
    await forever.pass(1);
    expect(source.counts).toEqual({ opened: 1, closed: 1 });
    expect(server.received[0]).not.toContain('never sent');
  });
});

describe('R6: time', () => {
  test('that the source takes is not the service’s, and the wait for the answer begins behind it', async () => {
    const server = await started(['read', 'hold']);
    const clock = fakeClock();
    const source = countedBody(['one ', { wait: clock, milliseconds: 20 * minute }, 'two']);
    const { result } = uploadTo(server.origin, source, { clock, retries: { attempts: 1 } });
    const error = failureOf(result);
    await turns(50);
    await clock.pass(20 * minute);
    await server.done(1);
    expect(await within(clock, 9 * minute, result)).toBe('still running');
    expect(source.counts.closed).toBe(1);
    await clock.pass(minute + 1);
    expect(await error).toMatchObject({ kind: 'timeout', stage: 'headers' });
    await server.idle();
  });

  test('in which the socket takes nothing ends the call', async () => {
    const server = await started(['deaf']);
    const clock = fakeClock();
    const source = countedBody(Array<Buffer>(100).fill(Buffer.alloc(1_000_000)));
    const { result } = uploadTo(server.origin, source, { clock, retries: { attempts: 1 } });
    const error = failureOf(result);
    let before = -1;
    while (before !== source.given) {
      before = source.given;
      await turns(200);
    }
    await clock.pass(91_000);
    expect(await error).toMatchObject({ kind: 'stalled', stage: 'request' });
    expect((await error).message).toContain('took no more of it for 90 s');
    expect([source.counts.closed, clock.pending]).toEqual([1, 0]);
  });
});
