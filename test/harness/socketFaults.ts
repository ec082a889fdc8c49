/** What can go wrong with a socket: 24 kinds of fault, each at five places of an answer (R8). */
import type { ErrorKind } from '../../server/src/claude/index.ts';
import { events, goodScript, head, openHead, whole } from './claudeSockets.ts';
import { compressed, flushed } from './compressed.ts';
import type { Script, Step } from './faultServer.ts';
import { written } from './streams.ts';

/** A place in an answer. */
export interface Place {
  readonly name: string;
  readonly at: 0 | 1 | 2 | 3 | 4;
  /** The bytes of events that came before. */
  readonly before: Buffer;
}

/** What servers do, and what the call must come to. */
export interface Fault {
  /** One for each connection; calls that follow on others are answered well. */
  readonly scripts: readonly Script[];
  readonly outcome: ErrorKind | 'message';
  /** How the service is reached. */
  readonly by?: 'encryption' | 'proxy';
  /** Attempts of the call; one when absent. */
  readonly attempts?: number;
  /** Nothing comes any more: only time ends the call. */
  readonly stalls?: boolean;
  /** A request of so many characters. */
  readonly asks?: number;
  /** The call is the second one on its connection. */
  readonly second?: boolean;
  /** Connections in all. */
  readonly connections: number;
}

export const places: readonly Place[] = [
  { name: 'before the headers', at: 0, before: Buffer.alloc(0) },
  { name: 'after the headers', at: 1, before: Buffer.alloc(0) },
  { name: 'in an event', at: 2, before: whole.subarray(0, 300) },
  { name: 'between events', at: 3, before: written(events.slice(0, 3)) },
  { name: 'before the last event', at: 4, before: written(events.slice(0, -1)) },
];

/** What was sent up to a place. */
function upTo({ at, before }: Place): readonly Step[] {
  return [...(at === 0 ? [] : [head]), ...(before.length === 0 ? [] : [{ chunk: before }])];
}

/** Like `upTo`, with headers in any case. */
function headAnd(place: Place): readonly Step[] {
  return place.at === 0 ? [head] : upTo(place);
}

const last = '0\r\n\r\n';
const end: readonly Step[] = [{ chunk: whole }, last];
const huge = `x-a: ${'x'.repeat(100_000)}\r\n\r\n`;

/** The answer broke: nothing of it came, or it is not whole. */
function broken({ at }: Place): ErrorKind {
  return at === 0 ? 'connection' : 'truncated';
}

/** With a second attempt, which comes only where nothing of the content was there. */
function again(place: Place, second: Script, more: readonly Step[] = []): Fault {
  const isFinal = place.at > 2;
  const first: Script = ['read', ...upTo(place), ...more, 'rst'];
  return {
    scripts: isFinal ? [first] : [first, second],
    attempts: 2,
    outcome: isFinal ? 'truncated' : 'connection',
    connections: isFinal || more.length > 0 ? 1 : 2,
  };
}

function once(outcome: ErrorKind | 'message', ...steps: Script): Fault {
  return { scripts: [steps], outcome, connections: 1 };
}

const gzipHead = `${openHead}content-encoding: gzip\r\ntransfer-encoding: chunked\r\n\r\n`;

async function gzipCut({ at, before }: Place): Promise<Fault> {
  const [bytes = Buffer.alloc(0)] = await flushed('gzip', [before]);
  const sent = [Buffer.alloc(0), bytes.subarray(0, 5)][at] ?? bytes;
  return once('truncated', 'read', gzipHead, ...(sent.length === 0 ? [] : [{ chunk: sent }]), last);
}

async function gzipWrong({ at, before }: Place): Promise<Fault> {
  const bytes = await compressed('gzip', before);
  // The checksum is in the last eight bytes; before the headers of the answer, those of the format are wrong.
  const wrong = at === 0 ? 1 : bytes.length - 6;
  bytes[wrong] = (bytes[wrong] ?? 0) ^ 0xff;
  return once('bad_response', 'read', gzipHead, { chunk: bytes }, last);
}

/** A fatal alert of the other side, and the end. */
const alert: readonly Step[] = [{ raw: Buffer.of(0x15, 3, 3, 0, 2, 2, 40) }, 'fin'];

function secure(place: Place, ...fault: readonly Step[]): Fault {
  const steps: Script = place.at === 0 ? fault : ['read', ...upTo(place), ...fault];
  return { ...once(broken(place), ...steps), by: 'encryption' };
}

/** A proxy that connects to somebody, who is itself. */
export const tunnel: Script = ['head', 'again', 'HTTP/1.1 200 OK\r\n\r\n'];

/** A proxy that does its work once, up to a place, and then has its own answer. */
function proxied(place: Place, status: string, body = ''): Fault {
  const own = `HTTP/1.1 ${status}\r\ncontent-type: text/html\r\ncontent-length: ${body.length}\r\n\r\n${body}`;
  const first: Script = [...tunnel, 'read', ...upTo(place), 'rst'];
  const isFinal = place.at > 2;
  return {
    scripts: place.at === 0 ? [['head', own]] : isFinal ? [first] : [first, ['head', own]],
    by: 'proxy',
    attempts: place.at === 0 ? 1 : 2,
    outcome: isFinal ? 'truncated' : 'connection',
    connections: place.at === 0 || isFinal ? 1 : 2,
  };
}

/** After a call that was answered well, on the same connection. */
function kept(place: Place, ...fault: readonly Step[]): Fault {
  return { ...once(broken(place), ...goodScript, 'again', 'read', ...upTo(place), ...fault), second: true };
}

export const faults: Readonly<Record<string, (place: Place) => Fault | Promise<Fault>>> = {
  'connection refused': (place) => again(place, [], ['refuse']),
  'accept then close': (place) => again(place, ['fin']),
  RST: (place) => once(broken(place), 'read', ...upTo(place), 'rst'),
  'FIN mid-chunk': (place) =>
    place.at === 0
      ? once('connection', 'read', 'HTTP/1.1 200 OK\r\ncont', 'fin')
      : once('truncated', 'read', ...upTo(place), 'ff\r\nevent: pi', 'fin'),
  'half-open': (place) => ({
    ...once(place.at === 0 ? 'timeout' : 'stalled', 'read', ...upTo(place), 'hold'),
    stalls: true,
  }),
  'never reads the request': (place) => ({
    ...once('stalled', 'deaf', ...upTo(place), 'hold'),
    stalls: true,
    asks: 8_000_000,
  }),
  'headers byte by byte': (place) => {
    const rest = { slowly: whole.subarray(place.before.length) };
    if (place.at === 0) return once('message', 'read', { slowly: head }, ...end);
    const size = (whole.length - place.before.length).toString(16);
    return once('message', 'read', ...upTo(place), `${size}\r\n`, rest, '\r\n', last);
  },
  'headers too large': (place) =>
    place.at === 0
      ? once('bad_response', 'read', `${openHead}${huge}`)
      : once('bad_response', 'read', ...upTo(place), `0\r\n${huge}`),
  'chunk length wrong': (place) => once('bad_response', 'read', ...headAnd(place), '5\r\nevent: ping\r\n'),
  'chunk length missing': (place) => once('bad_response', 'read', ...headAnd(place), '\r\nevent: ping\r\n\r\n'),
  'content-length too long': (place) => {
    const length = `content-length: ${whole.length + 10}\r\n`;
    if (place.at === 0) return once('connection', 'read', `${openHead}${length}`, 'fin');
    return once('truncated', 'read', `${openHead}${length}\r\n`, place.before, 'fin');
  },
  'content-length too short': (place) =>
    once('truncated', 'read', `${openHead}content-length: ${place.before.length + place.at}\r\n\r\n`, whole),
  'two responses in one': (place) =>
    place.at === 0
      ? once('bad_response', 'read', `${head}${head}`, ...end)
      : once('truncated', 'read', ...upTo(place), last, head, ...end),
  '1xx then 200': (place) =>
    place.at === 0
      ? once('message', 'read', 'HTTP/1.1 103 Early Hints\r\nlink: </x>\r\n\r\n', head, ...end)
      : once('bad_response', 'read', ...upTo(place), 'HTTP/1.1 103 Early Hints\r\n\r\n'),
  'garbage after the end': (place) =>
    place.at === 0
      ? once('bad_response', 'read', '\u0000\u0001garbage\r\n\r\n')
      : once('truncated', 'read', ...upTo(place), last, 'garbage'),
  'TLS alert': (place) => secure(place, ...alert),
  'TLS close without notify': (place) => secure(place, 'fin'),
  'gzip cut': gzipCut,
  'gzip with bad checksum': gzipWrong,
  'wrong content type': ({ before }) =>
    once(
      'bad_response',
      'read',
      `HTTP/1.1 200 OK\r\ncontent-type: text/html\r\ncontent-length: ${before.length}\r\n\r\n`,
      before,
    ),
  'proxy 407': (place) => proxied(place, '407 Proxy Authentication Required'),
  'proxy 502 with HTML': (place) => proxied(place, '502 Bad Gateway', '<h1>Bad Gateway</h1>'),
  'connection reuse after server close': (place) =>
    place.at === 0
      ? { scripts: [[...goodScript, 'fin'], goodScript], outcome: 'message', second: true, connections: 2 }
      : kept(place, 'fin'),
  'keep-alive race': (place) =>
    place.at === 0
      ? {
          ...kept(place, 'rst'),
          scripts: [[...goodScript, 'again', 'read', 'rst'], goodScript],
          outcome: 'message',
          connections: 2,
        }
      : kept(place, 'rst'),
};
