/** The event stream decoder beside three that others wrote, on the same bytes. */
import { createRequire } from 'node:module';
import { _iterSSEMessages } from '@anthropic-ai/sdk/core/streaming';
import { createParser } from 'eventsource-parser';
import { expect, test } from 'vitest';
import { cutAt, type Decoded, decode } from '../../../../test/harness/decoding.ts';
import { random, scaled, seed } from '../../../../test/harness/scale.ts';

/** A decoder to compare with, and where it differs from the standard or from this one. */
interface Peer {
  readonly name: string;
  decode(chunks: readonly Uint8Array[]): readonly Decoded[] | Promise<readonly Decoded[]>;
  readonly deviations: readonly Deviation[];
}

/** A difference that is known: the streams that show it are not compared, or not the events that do. */
interface Deviation {
  readonly why: string;
  readonly stream?: RegExp;
  readonly event?: (event: Decoded) => boolean;
}

const peers: readonly Peer[] = [
  {
    name: 'undici',
    decode: decodedByUndici,
    deviations: [
      {
        why: 'An empty name does not take back an earlier one of the same event. By the standard it does.',
        stream: /event: ?(?:[\r\n]|$)/,
      },
    ],
  },
  {
    name: 'eventsource-parser',
    decode: decodedByEventsourceParser,
    deviations: [],
  },
  {
    name: 'the official client',
    decode: decodedBySdk,
    deviations: [
      {
        why: 'A name without data counts as an event, with empty data. By the standard it is none.',
        event: ({ type, data }) => data === '' && type !== 'message',
      },
      {
        why: 'A byte order mark is dropped at the start of every line. By the standard only the first of the stream is.',
        stream: /[\r\n]\ufeff/,
      },
    ],
  },
];

const parts = [
  'data',
  'data:',
  'data: ',
  'event:',
  'event: ',
  'event: ping',
  'id: 1',
  'id',
  'retry: 5',
  ':',
  ' ',
  'x',
  'ä€😀',
  '\ufeff',
  '\n',
  '\n',
  '\r\n',
  '\r',
  '\n\n',
  '\t',
  '\0',
];

/** Ends with a blank line: the one deviation of this decoder is that it does without. */
function randomStream(next: () => number): string {
  const text = Array.from({ length: Math.floor(next() * 30) }, () => parts[Math.floor(next() * parts.length)]);
  return `${text.join('')}\n\n`;
}

test.each(peers)(
  'R2: on 5,000 random streams, cut anywhere, agrees with $name',
  async ({ decode: decodeByPeer, deviations }) => {
    const next = random();
    let compared = 0;
    while (compared < scaled(5_000)) {
      const text = randomStream(next);
      if (deviations.some(({ stream }) => stream?.test(text))) continue;
      compared += 1;
      const bytes = Buffer.from(text);
      const places = Array.from({ length: Math.floor(next() * 4) }, () => Math.floor(next() * (bytes.length + 1)));
      const chunks = [...cutAt(bytes, ...places)];
      const about = `${JSON.stringify(text)}, cut at ${places.join()}, seed ${seed()}`;
      const isCompared = (decoded: Decoded) => !deviations.some(({ event }) => event?.(decoded));
      const theirs = await decodeByPeer(chunks);
      expect(decode(chunks).filter(isCompared), about).toEqual(theirs.filter(isCompared));
    }
  },
);

/** The part of undici's event source that decodes; it comes without types. */
interface EventSourceStream {
  write(bytes: Uint8Array): void;
}
type Push = (event: { readonly type: string; readonly options: { readonly data: string } } | null) => void;
const undici: { EventSourceStream: new (options: { eventSourceSettings: object; push: Push }) => EventSourceStream } =
  createRequire(import.meta.url)('undici/lib/web/eventsource/eventsource-stream.js');

function decodedByUndici(chunks: readonly Uint8Array[]): readonly Decoded[] {
  const events: Decoded[] = [];
  const stream = new undici.EventSourceStream({
    eventSourceSettings: {},
    push: (event) => event !== null && events.push({ type: event.type, data: event.options.data }),
  });
  for (const chunk of chunks) stream.write(chunk);
  return events;
}

function decodedByEventsourceParser(chunks: readonly Uint8Array[]): readonly Decoded[] {
  const events: Decoded[] = [];
  const parser = createParser({ onEvent: ({ event, data }) => events.push({ type: event ?? 'message', data }) });
  const decoder = new TextDecoder('utf-8', { ignoreBOM: true });
  for (const chunk of chunks) parser.feed(decoder.decode(chunk, { stream: true }));
  return events;
}

async function decodedBySdk(chunks: readonly Uint8Array[]): Promise<readonly Decoded[]> {
  const events: Decoded[] = [];
  const body = new ReadableStream<Uint8Array>({
    start(controller) {
      for (const chunk of chunks) controller.enqueue(chunk);
      controller.close();
    },
  });
  for await (const { event, data } of _iterSSEMessages(new Response(body), new AbortController()))
    events.push({ type: event || 'message', data });
  return events;
}
