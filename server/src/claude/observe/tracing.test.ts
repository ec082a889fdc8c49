/** Spans of calls, as OpenTelemetry's own SDK receives them. */

import * as api from '@opentelemetry/api';
import { propagation, SpanKind, SpanStatusCode, type TextMapPropagator, trace } from '@opentelemetry/api';
import { AsyncLocalStorageContextManager } from '@opentelemetry/context-async-hooks';
import { InMemorySpanExporter, SimpleSpanProcessor, TracerProvider } from '@opentelemetry/sdk-trace';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import {
  clientFor,
  counted,
  failureOf,
  good,
  key,
  problem,
  request,
  within,
} from '../../../../test/harness/claudeCalls.ts';
import { streamOf } from '../../../../test/harness/scriptedTransport.ts';
import { block, start, text, written } from '../../../../test/harness/streams.ts';
import { ClaudeError, type OpenTelemetryApi } from '../index.ts';

const exporter = new InMemorySpanExporter();
const provider = new TracerProvider({ spanProcessors: [new SimpleSpanProcessor({ exporter })] });
const contexts = new AsyncLocalStorageContextManager().enable();

/** As W3C has it, and with things that a client must not send. */
const propagator: TextMapPropagator = {
  inject(context, carrier, setter) {
    const span = trace.getSpanContext(context);
    setter.set(carrier, 'traceparent', `00-${span?.traceId}-${span?.spanId}-01`);
    setter.set(carrier, 'tracestate', 'a=b');
    setter.set(carrier, 'baggage', 'user=line\r\nbreak');
    setter.set(carrier, 'x-api-key', 'stolen');
  },
  extract: (context) => context,
  fields: () => ['traceparent', 'tracestate', 'baggage'],
};

beforeAll(() => {
  trace.setGlobalTracerProvider(provider);
  api.context.setGlobalContextManager(contexts);
  propagation.setGlobalPropagator(propagator);
});
beforeEach(() => exporter.reset());
afterAll(() => {
  trace.disable();
  api.context.disable();
  propagation.disable();
});

function spans() {
  return exporter.getFinishedSpans();
}

const tracing: OpenTelemetryApi = api;
const limited = problem(429, 'rate_limit_error', {}, { 'retry-after': '2' });

describe('a call is a span', () => {
  test('with the names and figures of the conventions, and nothing of what was said', async () => {
    const { claude } = clientFor([good], { tracing });
    await claude.messages.create({ ...request, system: 'secret orders' });
    expect(spans()).toHaveLength(1);
    const [span] = spans();
    expect(span).toMatchObject({ name: 'chat claude-sonnet-5-5', kind: SpanKind.CLIENT, status: { code: 0 } });
    expect(span?.attributes).toEqual({
      'gen_ai.operation.name': 'chat',
      'gen_ai.provider.name': 'anthropic',
      'gen_ai.system': 'anthropic',
      'gen_ai.request.model': 'claude-sonnet-5-5',
      'gen_ai.request.max_tokens': 1_000,
      'gen_ai.response.id': 'msg_01',
      'gen_ai.response.model': 'claude-sonnet-5-5',
      'gen_ai.response.finish_reasons': ['end_turn'],
      'gen_ai.response.time_to_first_chunk': 0,
      'gen_ai.usage.input_tokens': 125,
      'gen_ai.usage.output_tokens': 42,
      'gen_ai.usage.cache_read.input_tokens': 100,
      'gen_ai.usage.cache_creation.input_tokens': 0,
      'http.response.status_code': 200,
      'anthropic.request_id': 'req_1',
      'server.address': 'api.anthropic.com',
      'server.port': 443,
    });
  });

  test.each([
    ['http://127.0.0.1:8080/v1', '127.0.0.1', 8080],
    ['http://[::1]', '::1', 80],
  ])('of a service at %s', async (baseURL, address, port) => {
    const { claude } = clientFor([good], { tracing, baseURL });
    await claude.messages.create(request);
    expect(spans()[0]?.attributes).toMatchObject({ 'server.address': address, 'server.port': port });
  });

  test('below the span that is active, also when it is a stream that is read later', async () => {
    const { claude } = clientFor([good], { tracing });
    const tracer = trace.getTracer('test');
    await tracer.startActiveSpan('parent', async (parent) => {
      await claude.messages.create(request);
      for await (const _event of claude.messages.stream(request)) await Promise.resolve();
      parent.end();
    });
    const [one, other, parent] = spans();
    expect([one?.parentSpanContext?.spanId, other?.parentSpanContext?.spanId]).toEqual(
      Array(2).fill(parent?.spanContext().spanId),
    );
    expect(other?.attributes).toMatchObject({ 'gen_ai.request.stream': true });
  });

  test('that is named in the request, with what the propagator may send and no more', async () => {
    const { claude, transport } = clientFor([good], { tracing });
    await claude.messages.create(request);
    const { traceId, spanId } = spans()[0]?.spanContext() ?? {};
    const { headers } = transport.requests[0] ?? {};
    expect(headers).toMatchObject({
      traceparent: `00-${traceId}-${spanId}-01`,
      tracestate: 'a=b',
      'x-api-key': key,
    });
    expect(headers).not.toHaveProperty('baggage');
  });

  test('and sends nothing along without a propagator', async () => {
    const { claude, transport } = clientFor([good], { tracing: { trace: api.trace, context: api.context } });
    await claude.messages.create(request);
    await clientFor([good], { tracing: { trace: api.trace, propagation } }).claude.messages.create(request);
    expect(transport.requests[0]?.headers).not.toHaveProperty('traceparent');
    expect(spans()).toHaveLength(2);
  });

  test.each([
    ['count_tokens claude-sonnet-5-5', '{"input_tokens":7}'],
    ['models.list', '{"data":[],"has_more":false}'],
  ])('named %s for other endpoints', async (name, body) => {
    const { claude } = clientFor([{ headers: { 'content-type': 'application/json' }, steps: [body, 'end'] }], {
      tracing,
    });
    await (name === 'models.list' ? claude.models.list() : claude.messages.countTokens(counted));
    expect(spans()[0]?.name).toBe(name);
  });
});

describe('a call that fails', () => {
  test('has its kind and no message: the service may quote in it', async () => {
    const { claude } = clientFor([problem(400, 'invalid_request_error')], { tracing });
    await failureOf(claude.messages.create(request));
    const [span] = spans();
    expect(span?.status).toEqual({ code: SpanStatusCode.ERROR, message: 'invalid_request' });
    expect(span?.attributes).toMatchObject({ 'error.type': 'invalid_request', 'http.response.status_code': 400 });
    expect(span?.events).toEqual([]);
    expect(JSON.stringify(span?.attributes)).not.toContain('The reason.');
  });

  test('after it was tried again names each attempt', async () => {
    const { claude, clock } = clientFor([limited, limited, good], { tracing });
    expect(await within(clock, 20_000, claude.messages.create(request))).toMatchObject({ stop_reason: 'end_turn' });
    const [span] = spans();
    const retries = span?.events.filter(({ name }) => name === 'retry').map(({ attributes }) => attributes);
    expect(retries).toEqual([1, 2].map((attempt) => ({ attempt, delay: 2_250, 'error.type': 'rate_limit' })));
    expect(span?.attributes).toMatchObject({ 'http.request.resend_count': 2, 'http.response.status_code': 200 });
    expect(span?.events.filter(({ name }) => name === 'wait')[0]?.attributes).toEqual({ reason: 'rate_limit' });
    expect(span?.status.code).toBe(SpanStatusCode.UNSET);
  });

  test('or is stopped ends its span with what had come', async () => {
    const begun = written([start(), ...block(0, { type: 'text', text: '' }, ...text('so far')).slice(0, 2)]);
    const { claude, clock } = clientFor([streamOf(begun)], { tracing });
    for await (const _event of claude.messages.stream(request)) break;
    const broken = failureOf(claude.messages.create(request, { deadlines: { idle: 500 }, retries: { attempts: 1 } }));
    await clock.pass(1_000);
    await broken;
    const [stopped, stalled] = spans();
    expect(stopped?.attributes).toMatchObject({ 'error.type': 'aborted', 'gen_ai.usage.output_tokens': 1 });
    expect(stopped?.attributes).not.toHaveProperty('gen_ai.response.finish_reasons');
    expect(stopped?.status.code).toBe(SpanStatusCode.UNSET);
    expect(stalled?.attributes).toMatchObject({ 'error.type': 'stalled', 'gen_ai.response.id': 'msg_01' });
    expect(stalled?.status.code).toBe(SpanStatusCode.ERROR);
  });

  test('before anything is sent has its span as well', async () => {
    const { claude } = clientFor([good], { tracing, spendLimit: { dollars: 0 } });
    await failureOf(claude.messages.create(request));
    expect(spans()[0]?.attributes).toMatchObject({ 'error.type': 'spend_limit' });
  });
});

test('the time to the first piece is that of the attempt that had one', async () => {
  const slow = { ...good, before: [{ after: 700 }] };
  const { claude, clock } = clientFor([limited, slow], { tracing });
  await within(clock, 20_000, claude.messages.create(request));
  expect(spans()[0]?.attributes).toMatchObject({ 'gen_ai.response.time_to_first_chunk': 0.7 });
});

test('an API that throws harms no call', async () => {
  const bad = () => {
    throw new Error('broken');
  };
  const errors: string[] = [];
  const log = { error: (line: string) => errors.push(line) };
  const span = { setAttributes: bad, addEvent: bad, setStatus: bad, end: bad };
  const half = { trace: { getTracer: () => ({ startSpan: () => span }), setSpan: bad } };
  for (const tracing of [{ trace: { getTracer: bad, setSpan: bad } }, half]) {
    const { claude } = clientFor([good], { tracing, log });
    expect(await claude.messages.create(request)).not.toBeInstanceOf(ClaudeError);
  }
  expect(errors).toHaveLength(2);
  expect(errors[0]).toMatch(/^What watches calls has failed: Error: broken/);
});
