/**
 * One span for each call, named and filled by the semantic conventions of OpenTelemetry for generative AI. What was
 * said is never recorded. The API is given by the caller: this client does not import it.
 */
import type { Clock } from '../clock.ts';
import { ClaudeError } from '../errors.ts';
import { isHeaderSafe } from '../headers.ts';
import type { Message } from '../schema/message.ts';
import type { Scrub } from '../secrets.ts';
import type { CallFacts, CallWatch, Observer } from './observer.ts';

/** What spans are told. */
export type TracingValues = Record<string, string | number | boolean | string[]>;

/** What is used of a span. */
export interface TracingSpan {
  /** Adds facts to the span. */
  setAttributes(attributes: TracingValues): unknown;
  /** Adds something that happened now. */
  addEvent(name: string, attributes?: TracingValues): unknown;
  /** Says how it went; 2 is an error. */
  setStatus(status: { code: number; message?: string }): unknown;
  /** The span is over. */
  end(): void;
}

/**
 * What is used of `@opentelemetry/api`: the module itself fits. With `context`, spans become children of the one that
 * is active; with `propagation` as well, `traceparent`, `tracestate` and `baggage` are sent along.
 */
export interface OpenTelemetryApi {
  /** Where spans are begun. */
  readonly trace: {
    getTracer(name: string): {
      startSpan(name: string, options: { kind: number; attributes: TracingValues }, context?: unknown): TracingSpan;
    };
    setSpan(context: unknown, span: TracingSpan): unknown;
  };
  /** Where the span that is active comes from. */
  readonly context?: { active(): unknown };
  /** Adds the headers by which a span goes on elsewhere. */
  readonly propagation?: { inject(context: unknown, carrier: Record<string, string>): void };
}

export interface TracingParts {
  readonly clock: Clock;
  readonly scrub: Scrub;
  /** Where the service is. */
  readonly server: URL;
}

/** `SpanKind.CLIENT` and `SpanStatusCode.ERROR` of the API. */
const [clientKind, errorStatus] = [2, 2];

/** What a propagator may send along. */
const carried = ['traceparent', 'tracestate', 'baggage'];

export function traceCalls(api: OpenTelemetryApi, parts: TracingParts): Observer {
  const { server } = parts;
  const place = {
    'server.address': server.hostname.replace(/^\[|\]$/g, ''),
    'server.port': Number(server.port === '' ? (server.protocol === 'https:' ? 443 : 80) : server.port),
  };
  return (facts) => {
    const attributes = { ...attributesOf(facts), ...place };
    const around = api.context?.active();
    const span = api.trace
      .getTracer('claude-client')
      .startSpan(nameOf(facts), { kind: clientKind, attributes }, around);
    const headers = around === undefined ? {} : carriedHeaders(api, api.trace.setSpan(around, span));
    return watchOf(span, parts, headers);
  };
}

function watchOf(
  span: TracingSpan,
  { clock, scrub }: TracingParts,
  headers: Readonly<Record<string, string>>,
): CallWatch {
  let sentAt = clock.now();
  return {
    headers: () => headers,
    sending({ attempt }) {
      sentAt = clock.now();
      if (attempt > 1) span.setAttributes({ 'http.request.resend_count': attempt - 1 });
    },
    answered({ status, requestId }) {
      span.setAttributes({
        'http.response.status_code': status,
        ...(requestId !== undefined && { 'anthropic.request_id': requestId }),
      });
    },
    waiting: ({ reason }) => span.addEvent('wait', { reason }),
    retrying({ attempt, delay, error }) {
      span.addEvent('retry', { attempt, delay, 'error.type': error.kind });
    },
    firstEvent() {
      span.setAttributes({ 'gen_ai.response.time_to_first_chunk': (clock.now() - sentAt) / 1_000 });
    },
    ended({ message, error }) {
      if (message !== undefined) span.setAttributes(answerAttributes(message, scrub));
      if (error !== undefined) tellError(span, error);
      span.end();
    },
  };
}

/** A call that was stopped has not failed. The error's message stays out: the service may quote in it what was said. */
function tellError(span: TracingSpan, error: unknown): void {
  const kind = error instanceof ClaudeError ? error.kind : '_OTHER';
  span.setAttributes({ 'error.type': kind });
  if (kind !== 'aborted') span.setStatus({ code: errorStatus, message: kind });
}

function nameOf(facts: CallFacts): string {
  return facts.model === undefined ? operationOf(facts) : `${operationOf(facts)} ${facts.model}`;
}

function operationOf({ operation }: CallFacts): string {
  if (operation === 'messages.create' || operation === 'messages.stream') return 'chat';
  return operation === 'messages.countTokens' ? 'count_tokens' : operation;
}

/** Provider and system are the newer and the older name of the same. */
function attributesOf(facts: CallFacts): TracingValues {
  const { operation, model, maxTokens } = facts;
  return {
    'gen_ai.operation.name': operationOf(facts),
    'gen_ai.provider.name': 'anthropic',
    'gen_ai.system': 'anthropic',
    ...(model !== undefined && { 'gen_ai.request.model': model }),
    ...(maxTokens !== undefined && { 'gen_ai.request.max_tokens': maxTokens }),
    ...(operation === 'messages.stream' && { 'gen_ai.request.stream': true }),
  };
}

/** The conventions count all input together; the service counts what was cached apart. */
function answerAttributes({ id, model, stop_reason: reason, usage }: Message, scrub: Scrub): TracingValues {
  const read = usage.cache_read_input_tokens ?? 0;
  const written = usage.cache_creation_input_tokens ?? 0;
  const thought = usage.output_tokens_details?.thinking_tokens ?? undefined;
  return {
    'gen_ai.response.id': scrub(id),
    'gen_ai.response.model': scrub(model),
    ...(typeof reason === 'string' && { 'gen_ai.response.finish_reasons': [scrub(reason)] }),
    'gen_ai.usage.input_tokens': usage.input_tokens + read + written,
    'gen_ai.usage.output_tokens': usage.output_tokens,
    'gen_ai.usage.cache_read.input_tokens': read,
    'gen_ai.usage.cache_creation.input_tokens': written,
    ...(thought !== undefined && { 'gen_ai.usage.reasoning.output_tokens': thought }),
  };
}

function carriedHeaders({ propagation }: OpenTelemetryApi, context: unknown): Record<string, string> {
  const carrier: Record<string, string> = {};
  propagation?.inject(context, carrier);
  const entries = Object.entries(carrier).filter(
    ([name, value]) => carried.includes(name) && typeof value === 'string' && isHeaderSafe(value),
  );
  return Object.fromEntries(entries);
}
