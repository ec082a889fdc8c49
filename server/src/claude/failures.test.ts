/** Requests that fail, and answers that are none of the API: each is typed and says what to do. */
import { inspect } from 'node:util';
import { gzipSync } from 'node:zlib';
import { describe, expect, test } from 'vitest';
import {
  clientFor,
  counted,
  failureOf,
  good,
  key,
  oneAttempt,
  problem,
  request,
} from '../../../test/harness/claudeCalls.ts';
import type { Answer } from '../../../test/harness/scriptedTransport.ts';
import { adviceFor } from './index.ts';

describe('a failed request', () => {
  test.each<[number, string, string]>([
    [400, 'invalid_request_error', 'invalid_request'],
    [401, 'authentication_error', 'authentication'],
    [402, 'billing_error', 'billing'],
    [403, 'permission_error', 'permission'],
    [404, 'not_found_error', 'not_found'],
    [408, 'timeout_error', 'timeout'],
    [409, 'conflict_error', 'conflict'],
    [413, 'request_too_large', 'too_large'],
    [422, 'new_error', 'invalid_request'],
    [429, 'rate_limit_error', 'rate_limit'],
    [500, 'api_error', 'server'],
    [502, 'api_error', 'unavailable'],
    [503, 'api_error', 'unavailable'],
    [504, 'timeout_error', 'timeout'],
    [529, 'overloaded_error', 'overloaded'],
  ])('with status %i (%s) is of kind %s, and says what to do', async (status, type, kind) => {
    const { claude } = clientFor([problem(status, type, {}, { 'request-id': 'req_header' })]);
    const error = await failureOf(claude.messages.create(request, oneAttempt));
    expect(error).toMatchObject({
      kind,
      status,
      errorType: type,
      requestId: 'req_header',
      host: 'api.anthropic.com',
      stage: 'headers',
    });
    expect(error.message).toBe(`api.anthropic.com answered ${status} (${type}: The reason.). ${adviceFor[error.kind]}`);
  });

  test.each([
    ['enforced_spend_limit_reached', 429, 'spend_limit'],
    ['contract_spend_limit_reached', 429, 'spend_limit'],
    ['organization_on_hold', 400, 'permission'],
  ])('with the code %s and status %i is of kind %s, whatever else it says', async (code, status, kind) => {
    const { claude, transport } = clientFor([
      problem(status, 'rate_limit_error', { details: { error_code: code } }, { 'x-should-retry': 'true' }),
    ]);
    expect(await failureOf(claude.messages.create(request))).toMatchObject({
      kind,
      errorCode: code,
      requestId: 'req_body',
    });
    expect(transport.requests).toHaveLength(1);
  });

  test('carries the limits that its headers name', async () => {
    const headers = {
      'anthropic-ratelimit-requests-limit': '50',
      'anthropic-ratelimit-requests-remaining': '0',
      'anthropic-ratelimit-requests-reset': '2026-11-22T00:00:30Z',
      'anthropic-ratelimit-tokens-limit': 'many',
    };
    const { claude } = clientFor([problem(429, 'rate_limit_error', {}, headers)]);
    const error = await failureOf(claude.messages.create(request, oneAttempt));
    expect(error.rateLimits).toEqual({
      requests: { limit: 50, remaining: 0, resetsAt: Date.UTC(2026, 10, 22, 0, 0, 30) },
    });
  });

  test('that echoes the key does not show it anywhere', async () => {
    const forms = [key, Buffer.from(key).toString('base64'), encodeURIComponent(key)];
    for (const form of forms) {
      const { claude } = clientFor([
        problem(
          401,
          `type ${form}`,
          { message: `bad key ${form}`, details: { error_code: 'x' } },
          { 'request-id': 'r' },
        ),
      ]);
      const error = await failureOf(claude.messages.create(request, oneAttempt));
      expect(inspect(error, { depth: 9, showHidden: true })).not.toContain(form);
      expect(error.message).toContain('[key]');
      expect(inspect(claude, { depth: 9, showHidden: true })).not.toContain(key);
    }
  });
});

describe('a client certificate that is not accepted', () => {
  test.each([
    'ERR_SSL_TLSV13_ALERT_CERTIFICATE_REQUIRED',
    'ERR_SSL_TLSV1_ALERT_UNKNOWN_CA',
    'ERR_SSL_SSLV3_ALERT_BAD_CERTIFICATE',
    'ERR_SSL_SSLV3_ALERT_CERTIFICATE_EXPIRED',
  ])('is not tried again, and is not blamed on the service (%s)', async (code) => {
    const { claude, transport } = clientFor([{ before: [{ breaks: code }], steps: [] }]);
    const error = await failureOf(claude.messages.create(request));
    expect(error).toMatchObject({ kind: 'connection', retryable: false });
    expect(error.message).toContain('asks for a client certificate, or does not accept the one shown');
    expect(transport.requests).toHaveLength(1);
  });
});

const html = '<!doctype html><title>Sign in</title>';
const json = { 'content-type': 'application/json' };

describe('R9: an answer that is none of the API', () => {
  test.each<[string, Answer, RegExp]>([
    [
      'HTML with 200',
      { headers: { 'content-type': 'text/html; charset=utf-8' }, steps: [html, 'end'] },
      /HTTP 200, text\/html/,
    ],
    ['nothing with 200', { headers: {}, steps: ['end'] }, /HTTP 200, no content type\) is empty/],
    ['204', { status: 204, steps: ['end'] }, /HTTP 204, no content type/],
    ['206', { status: 206, headers: json, steps: ['{}', 'end'] }, /HTTP 206, application\/json/],
    [
      'a JSON error with 200',
      { headers: json, steps: ['{"type":"error","error":{"type":"api_error","message":"m"}}', 'end'] },
      /HTTP 200, application\/json/,
    ],
    [
      'a message in place of a stream',
      { headers: json, steps: ['{"type":"message"}', 'end'] },
      /not a stream of events/,
    ],
    ['an empty stream', { headers: { 'content-type': 'text/event-stream' }, steps: ['end'] }, /HTTP 200, event stream/],
    [
      'a truncated stream of JSON',
      { headers: { 'content-type': 'text/event-stream' }, steps: ['event: message_start\ndata: {"type":"mess', 'end'] },
      /cannot be read|broke off/,
    ],
    [
      'gzip without its header',
      { headers: { 'content-type': 'text/event-stream' }, steps: [gzipSync(html), 'end'] },
      /HTTP 200, event stream/,
    ],
    [
      'gzip that is cut',
      {
        headers: { 'content-type': 'text/event-stream', 'content-encoding': 'gzip' },
        steps: [Buffer.of(31, 139, 8), 'end'],
      },
      /HTTP 200, text\/event-stream\) broke off: its compressed form \(gzip\)/,
    ],
    [
      'UTF-16',
      { headers: { 'content-type': 'text/plain' }, steps: [Buffer.from(html, 'utf16le'), 'end'] },
      /HTTP 200, text\/plain/,
    ],
    [
      'endless HTML',
      { headers: { 'content-type': 'text/html' }, steps: Array<Buffer>(100).fill(Buffer.alloc(1_048_576, 'x')) },
      /HTTP 200, text\/html/,
    ],
    [
      'a page that sends elsewhere',
      {
        headers: { 'content-type': 'text/html' },
        steps: ['<meta http-equiv="refresh" content="0;url=https://evil.example">', 'end'],
      },
      /HTTP 200, text\/html/,
    ],
  ])('to a streamed call is typed and names status and content type: %s', async (_name, answer, says) => {
    const { claude } = clientFor([answer]);
    const error = await failureOf(claude.messages.create(request, oneAttempt));
    expect(['bad_response', 'truncated']).toContain(error.kind);
    expect(error.message).toMatch(says);
    expect(error.status ?? 200).toBe(answer.status ?? 200);
  });

  test.each<[string, Answer, RegExp]>([
    [
      'HTML with 200',
      { headers: { 'content-type': 'text/html' }, steps: [html, 'end'] },
      /HTTP 200, text\/html\) is not JSON/,
    ],
    ['nothing with 200', { headers: json, steps: ['end'] }, /is not what was asked for/],
    ['204', { status: 204, steps: ['end'] }, /HTTP 204/],
    ['206', { status: 206, headers: json, steps: ['{}', 'end'] }, /HTTP 206/],
    [
      'gzip without its header',
      { headers: json, steps: [gzipSync('{"input_tokens":5}'), 'end'] },
      /not what was asked/,
    ],
    ['UTF-16', { headers: json, steps: [Buffer.from('{"input_tokens":5}', 'utf16le'), 'end'] }, /not what was asked/],
    [
      'a page that sends elsewhere',
      { headers: { 'content-type': 'text/html' }, steps: ['<meta http-equiv="refresh" content="0;url=/">', 'end'] },
      /text\/html\) is not JSON/,
    ],
    ['truncated JSON', { headers: json, steps: ['{"input_to', 'end'] }, /is not what was asked for/],
    ['a stream', good, /text\/event-stream\) is not JSON/],
    ['an error with 200', { headers: json, steps: ['{"type":"error"}', 'end'] }, /input_tokens/],
    ['a number as text', { headers: json, steps: ['{"input_tokens":"5"}', 'end'] }, /input_tokens/],
    ['too much', { headers: json, steps: Array<Buffer>(40).fill(Buffer.alloc(1_048_576, ' ')) }, /longer than 32 MB/],
  ])('to a plain call is typed, too: %s', async (_name, answer, says) => {
    const { claude } = clientFor([answer]);
    const error = await failureOf(claude.messages.countTokens(counted, oneAttempt));
    expect(error.kind).toBe('bad_response');
    expect(error.message).toMatch(says);
  });

  test('a whole message is taken where it was not to be shown while it comes, and an error where it was', async () => {
    const usage = { input_tokens: 3, output_tokens: 1 };
    const content = [{ type: 'text', text: 'Hello.' }];
    const message = {
      id: 'msg_1',
      type: 'message',
      role: 'assistant',
      model: 'm',
      content,
      stop_reason: 'end_turn',
      usage,
    };
    const { claude } = clientFor([{ headers: json, steps: [JSON.stringify(message), 'end'] }]);
    expect(await claude.messages.create(request, oneAttempt)).toEqual(message);
    const error = await failureOf(claude.messages.stream(request, oneAttempt).finalMessage());
    expect(error.message).toContain('HTTP 200, application/json) is not a stream of events');
  });

  test('an HTML page with an error status counts by its status', async () => {
    const { claude } = clientFor([{ status: 502, headers: { 'content-type': 'text/html' }, steps: [html, 'end'] }]);
    const error = await failureOf(claude.messages.create(request, oneAttempt));
    expect(error.message).toContain('api.anthropic.com answered 502 without saying why (text/html)');
  });
});
