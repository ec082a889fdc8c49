/** S32: wherever a key comes back from, and however it is written, nobody who watches is shown it. */
import { inspect } from 'node:util';
import * as api from '@opentelemetry/api';
import { InMemorySpanExporter, SimpleSpanProcessor, TracerProvider } from '@opentelemetry/sdk-trace';
import { expect, test } from 'vitest';
import { canaryEncodings } from '../../../../test/harness/canaries.ts';
import { clientFor, good, request, within } from '../../../../test/harness/claudeCalls.ts';
import { sample } from '../../../../test/harness/scale.ts';
import { type Answer, streamOf } from '../../../../test/harness/scriptedTransport.ts';
import { block, end, start, text, written } from '../../../../test/harness/streams.ts';
import { Claude, TransportFailure } from '../index.ts';
import { createScrub } from '../secrets.ts';

const secrets = {
  'the key': 'sk-ant-api03-Q/w+e=R~t\'y"U&i<o>P',
  'a header': 'header-c4nary-ÄÖ-value',
  'the proxy': 'pr0xy/p@ss:w%rd',
  'the query': "query?c4nary&+ ~(v'alue)!",
} as const;
const key = secrets['the key'].replace(/[^\x21-\x7e]/g, '');

const json = { 'content-type': 'application/json' };

function problemOf(fields: object, headers: Readonly<Record<string, string>> = {}, status = 400): Answer {
  const body = { type: 'error', error: { type: 'invalid_request_error', message: 'No.', ...fields } };
  return { status, headers: { ...json, ...headers }, steps: [JSON.stringify(body), 'end'] };
}

/** Everything that a service, a proxy or the connection may give back, with a text in it. */
const places: Readonly<Record<string, (text: string) => Answer | TransportFailure>> = {
  'the message of an error': (told) => problemOf({ message: `Bad header ${told}.` }),
  'the message of an error that is tried again': (told) => problemOf({ message: told }, {}, 529),
  'the type of an error': (told) => problemOf({ type: told }),
  'the code of an error': (told) => problemOf({ details: { error_code: told } }),
  'the request id of an error': (told) => problemOf({}, { 'request-id': told }),
  'a page of a proxy': (told) => ({ status: 403, headers: { 'content-type': told }, steps: [`<p>${told}`, 'end'] }),
  'a redirect': (told) => ({ status: 302, headers: { location: `https://${told}.example/${told}` }, steps: ['end'] }),
  'what is no stream': (told) => ({ headers: { 'content-type': 'text/plain' }, steps: [told, 'end'] }),
  'the encoding of a stream': (told) => ({ headers: { ...good.headers, 'content-encoding': told }, steps: ['end'] }),
  'the headers of an answer': (told) => ({
    ...good,
    headers: { ...good.headers, 'request-id': told, server: told, via: told, 'x-echo': told, 'retry-after': told },
  }),
  'the events of a stream': (told) =>
    streamOf(
      written([start({ id: told, model: told }), ...block(0, { type: 'text', text: '' }, ...text(told)), ...end(told)]),
      'end',
    ),
  'an error in a stream': (told) => streamOf(written([{ type: 'error', error: { type: told, message: told } }]), 'end'),
  'an event that is none': (told) => streamOf(`event: content_block_delta\ndata: {"index":"${told}"}\n\n`, 'end'),
  'the connection': (told) => new TransportFailure('proxy', 'ECONNREFUSED', `connect ${told}`),
};

const exporter = new InMemorySpanExporter();
const provider = new TracerProvider({ spanProcessors: [new SimpleSpanProcessor({ exporter })] });

/** All that anybody is told of a call, as one text. */
async function toldOf(answer: Answer | TransportFailure): Promise<string> {
  exporter.reset();
  const told: unknown[] = [];
  const tell = (...facts: readonly unknown[]) => void told.push(...facts);
  const { clock, transport } = clientFor(answer instanceof TransportFailure ? [] : [answer]);
  const broken = { ...transport, send: () => ({ response: Promise.reject(answer), destroy() {} }) };
  const claude = new Claude({
    apiKey: key,
    headers: { 'x-gateway-token': `Token ${secrets['a header']}` },
    proxy: `http://user:${encodeURIComponent(secrets['the proxy'])}@proxy.example:8080`,
    query: { api_key: secrets['the query'] },
    clock,
    transport: answer instanceof TransportFailure ? broken : transport,
    log: { debug: tell, info: tell, warn: tell, error: tell },
    logLevel: 'debug',
    logBodies: true,
    hooks: { onRequest: tell, onResponse: tell, onWait: tell, onRetry: tell, onUsage: tell, onEnd: tell },
    tracing: { trace: { getTracer: (name) => provider.getTracer(name), setSpan: api.trace.setSpan } },
  });
  const outcome = await within(clock, 100_000, claude.messages.create(request, { onRetry: tell, onWait: tell }));
  if (outcome instanceof Error) tell(outcome);
  const spans = exporter
    .getFinishedSpans()
    .map(({ name, attributes, events, status }) => [name, attributes, events, status]);
  expect(outcome).not.toBe('still running');
  expect(told.length).toBeGreaterThan(4);
  expect(spans).toHaveLength(1);
  const lines = told.filter((item) => typeof item === 'string');
  return [
    ...lines,
    inspect([told, spans, claude.meter], { depth: 20, maxStringLength: null }),
    JSON.stringify(told),
  ].join('\n');
}

const encodings = Object.entries(canaryEncodings).slice(0, 6);
const paths = Object.entries(secrets).flatMap(([owner, secret]) =>
  Object.entries(places).flatMap(([place, answer]) =>
    encodings.map(([encoding, encode]) => ({ owner, place, encoding, answer, secret, encode })),
  ),
);

test('S32: there are more than 200 ways for a secret to come back', () => {
  expect(paths.length).toBeGreaterThan(200);
});

test.each(sample(paths))('S32: $owner, back in $place as $encoding, is shown to nobody', async (path) => {
  const secret = path.owner === 'the key' ? key : path.secret;
  const told = await toldOf(path.answer(path.encode(secret)));
  for (const [name, encode] of Object.entries(canaryEncodings).slice(0, 6)) {
    const form = encode(secret);
    // Whoever sees two thirds of a key has it.
    const most = Math.ceil((form.length * 2) / 3);
    for (let at = 0; at + most <= form.length; at++)
      expect(told.toLowerCase().includes(form.slice(at, at + most).toLowerCase()), `${name}: ${form.slice(at)}`).toBe(
        false,
      );
  }
});

test('S32: half a key at the end of a text that was cut is not shown either', () => {
  const long = `sk-ant-${'Ab3_'.repeat(24)}`;
  const scrub = createScrub([long]);
  const form = canaryEncodings['JSON escapes']?.(long) ?? '';
  // So much of a text is looked at.
  const most = 25_600;
  for (const before of [1, 100, 200, 262]) {
    const filler = form.repeat(Math.floor((most - before) / form.length));
    const shown = scrub(`${filler}${'-'.repeat(most - filler.length - before)}${form}`);
    expect(shown).not.toContain('\\u');
  }
});

test.each([0, 1, 2])('S32: a password is found inside of what was encoded with %i characters before it', (before) => {
  const scrub = createScrub([secrets['the proxy']]);
  for (const encoding of ['base64', 'base64url'] as const) {
    const shown = scrub(Buffer.from(`${'u'.repeat(before + 3)}:${secrets['the proxy']}`).toString(encoding));
    expect(shown).toContain('[key]');
    expect(shown.length).toBeLessThan(18);
  }
});
