/** Where on the way a call fails, whether it is tried again, and what the person is told. */
import { describe, expect, test } from 'vitest';
import { clientFor, good, problem, request, textOf, within } from '../../../test/harness/claudeCalls.ts';
import { fakeClock } from '../../../test/harness/fakeClock.ts';
import { type Answer, type Step, scriptedTransport, streamOf } from '../../../test/harness/scriptedTransport.ts';
import { block, start, text, written } from '../../../test/harness/streams.ts';
import { ClaudeError, type Message, type Stage, type Transport, TransportFailure } from './index.ts';

/** A transport that fails once in this way, and then answers. */
function failingOnce(stage: Stage, code: string): Transport & { readonly sent: number } {
  const then = scriptedTransport(fakeClock(), [good]);
  let sent = 0;
  return {
    get sent() {
      return sent;
    },
    send(request, onStage) {
      sent += 1;
      if (sent > 1) return then.send(request, onStage);
      for (const reached of ['request', 'headers'] as const)
        if (stage === reached || stage === 'headers') onStage(reached);
      const host = stage === 'proxy' ? 'proxy.example:8080' : undefined;
      return { response: Promise.reject(new TransportFailure(stage, code, `it said ${code}`, host)), destroy() {} };
    },
    async close() {},
  };
}

describe('R17, R18: a connection that fails', () => {
  test.each<[Stage, string, string, boolean, string]>([
    ['dns', 'ENOTFOUND', 'connection', true, 'looking up its name'],
    ['dns', 'EAI_AGAIN', 'connection', true, 'looking up its name'],
    ['connect', 'ECONNREFUSED', 'connection', true, 'connecting'],
    ['connect', 'ECONNRESET', 'connection', true, 'connecting'],
    ['connect', 'EHOSTUNREACH', 'connection', true, 'connecting'],
    ['connect', 'ENETUNREACH', 'connection', true, 'connecting'],
    ['connect', 'ETIMEDOUT', 'connection', true, 'connecting'],
    ['proxy', 'ECONNREFUSED', 'connection', true, 'connecting to the proxy'],
    ['proxy', 'HTTP_407', 'connection', true, 'connecting to the proxy'],
    ['proxy', 'HTTP_502', 'connection', true, 'connecting to the proxy'],
    ['tls', 'ECONNRESET', 'connection', true, 'setting up the encrypted connection'],
    ['tls', 'EPROTO', 'connection', true, 'setting up the encrypted connection'],
    ['tls', 'CERT_HAS_EXPIRED', 'connection', false, 'cannot be trusted'],
    ['tls', 'DEPTH_ZERO_SELF_SIGNED_CERT', 'connection', false, 'cannot be trusted'],
    ['tls', 'ERR_TLS_CERT_ALTNAME_INVALID', 'connection', false, 'cannot be trusted'],
    ['tls', 'UNABLE_TO_VERIFY_LEAF_SIGNATURE', 'connection', false, 'cannot be trusted'],
    ['request', 'EPIPE', 'connection', true, 'sending the request'],
    ['request', 'ECONNRESET', 'connection', true, 'sending the request'],
    ['headers', 'ECONNRESET', 'connection', true, 'waiting for the answer'],
    ['headers', 'UND_ERR_SOCKET', 'connection', true, 'waiting for the answer'],
    ['headers', 'HPE_INVALID_CONSTANT', 'bad_response', false, 'not HTTP as it should be'],
    ['headers', 'UND_ERR_HEADERS_OVERFLOW', 'bad_response', false, 'not HTTP as it should be'],
  ])('at %s with %s is of kind %s; tried again: %s; says %s', async (stage, code, kind, again, says) => {
    const transport = failingOnce(stage, code);
    const { claude, clock } = clientFor([], { transport });
    const failures: ClaudeError[] = [];
    const result = await within(
      clock,
      90_000,
      claude.messages.create(request, { onRetry: ({ error }) => failures.push(error) }),
    );
    const error = again ? failures[0] : result;
    expect(error).toMatchObject({ kind, stage, host: stage === 'proxy' ? 'proxy.example:8080' : 'api.anthropic.com' });
    expect(error).toHaveProperty('message', expect.stringContaining(says));
    expect(error).toHaveProperty('message', expect.stringContaining(code));
    expect(transport.sent).toBe(again ? 2 : 1);
    if (again) expect(result).toMatchObject({ stop_reason: 'end_turn' });
  });
});

describe('R17: a status', () => {
  test.each<[number, string, boolean]>([
    [408, 'timeout', true],
    [409, 'conflict', false],
    [422, 'invalid_request', false],
    [425, 'invalid_request', false],
    [429, 'rate_limit', true],
    [431, 'invalid_request', false],
    [499, 'invalid_request', false],
    [500, 'server', true],
    [501, 'bad_response', false],
    [502, 'unavailable', true],
    [503, 'unavailable', true],
    [504, 'timeout', true],
    [507, 'unavailable', true],
    [520, 'unavailable', true],
    [522, 'unavailable', true],
    [524, 'unavailable', true],
    [529, 'overloaded', true],
    [530, 'unavailable', true],
  ])('%i is of kind %s; tried again: %s', async (status, kind, again) => {
    const { claude, clock, transport } = clientFor([problem(status, 'some_error'), good]);
    const failures: ClaudeError[] = [];
    const result = await within(
      clock,
      90_000,
      claude.messages.create(request, { onRetry: ({ error }) => failures.push(error) }),
    );
    expect(again ? failures[0] : result).toMatchObject({ kind, status, stage: 'headers', host: 'api.anthropic.com' });
    expect(transport.requests).toHaveLength(again ? 2 : 1);
  });
});

const first = block(0, { type: 'text', text: '' }, ...text('so far'));
const progress: Readonly<Record<string, readonly Step[]>> = {
  'nothing has come': [],
  'the message has begun': [written([start()])],
  'a block has begun': [written([start(), ...first.slice(0, 1)])],
  'text has come': [written([start(), ...first.slice(0, 2)])],
  'a call of a tool has come': [written([start(), ...block(0, { type: 'tool_use', id: 't', name: 'run', input: {} })])],
};
const seen = new Set(['a block has begun', 'text has come', 'a call of a tool has come']);

const errorEvent = (type: string): Step =>
  `event: error\ndata: {"type":"error","error":{"type":"${type}","message":"m"}}\n\n`;
const faults: Readonly<
  Record<string, { readonly steps: readonly Step[]; readonly kind: string; readonly passes: boolean }>
> = {
  'the connection is reset': { steps: [{ breaks: 'ECONNRESET' }], kind: 'truncated', passes: true },
  'the answer ends': { steps: ['end'], kind: 'truncated', passes: true },
  'nothing more comes': { steps: [{ after: 1_000_000 }], kind: 'stalled', passes: true },
  overloaded_error: { steps: [errorEvent('overloaded_error')], kind: 'overloaded', passes: true },
  api_error: { steps: [errorEvent('api_error')], kind: 'server', passes: true },
  rate_limit_error: { steps: [errorEvent('rate_limit_error')], kind: 'rate_limit', passes: true },
  timeout_error: { steps: [errorEvent('timeout_error')], kind: 'timeout', passes: true },
  error_of_tomorrow: { steps: [errorEvent('error_of_tomorrow')], kind: 'server', passes: true },
  invalid_request_error: { steps: [errorEvent('invalid_request_error')], kind: 'invalid_request', passes: false },
  permission_error: { steps: [errorEvent('permission_error')], kind: 'permission', passes: false },
};

describe.each(Object.entries(progress))('R17: in a stream, when %s', (at, before) => {
  test.each(Object.entries(faults))(
    'and then %s, it is tried again only while nothing was seen',
    async (_fault, fault) => {
      const broken: Answer = streamOf(...before, ...fault.steps);
      const { claude, clock, transport } = clientFor([broken, good]);
      const result = await within(
        clock,
        2_000_000,
        claude.messages.create(request, { deadlines: { total: 5_000_000 }, retries: { budget: 5_000_000 } }),
      );
      const again = fault.passes && !seen.has(at);
      expect(transport.requests).toHaveLength(again ? 2 : 1);
      if (again) {
        expect(result).toMatchObject({ stop_reason: 'end_turn' });
        return;
      }
      expect(result).toBeInstanceOf(ClaudeError);
      expect(result).toMatchObject({ kind: fault.kind, stage: 'body' });
      if (at === 'text has come') expect(textOf(partialOf(result))).toBe('so far');
    },
  );

  test.each(Object.entries(faults))('and then %s, a reader of events gets each of them once', async (_fault, fault) => {
    const { claude, clock } = clientFor([streamOf(...before, ...fault.steps), good]);
    const types: string[] = [];
    const reading = (async () => {
      for await (const event of claude.messages.stream(request, {
        deadlines: { total: 5_000_000 },
        retries: { budget: 5_000_000 },
      }))
        types.push(String(event.type));
      return types;
    })();
    await within(clock, 2_000_000, reading);
    expect(types.filter((type) => type === 'message_start').length).toBeLessThan(2);
  });
});

function partialOf(result: unknown): Message | undefined {
  return result instanceof ClaudeError ? result.partial : undefined;
}
