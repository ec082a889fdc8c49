/** The bodies of a conversation's records: an entry's content, deflated where that pays, and the service's own words where JavaScript has others. */
import { deflateRaw, inflateRawSync } from 'node:zlib';
import type { MessageParam, Original } from '../claude/index.ts';
import { type EntryContent, Refusal } from '../ports.ts';
import { isContent } from './content.ts';
import { limits } from './limits.ts';
import { isCount } from './values.ts';

/** The first byte tells how the rest is written. */
const plainMark = 0x4a;
const deflatedMark = 0x44;
/** Bytes: what is shorter gains nothing. */
const short = 200;

/** @throws Refusal when it is larger than any turn may be; TypeError when it is no entry's content. */
export async function packed(content: EntryContent): Promise<Uint8Array> {
  const { kind } = content;
  if (!isContent(content)) throw new TypeError(`This is not what an entry of kind "${kind}" may say.`);
  const { originalsIn } = await import('./originals.ts');
  const originals = originalsIn(turnsOf(content));
  const text = JSON.stringify(originals.length === 0 ? { content } : { content, originals });
  if (text.length > limits.text) throw tooLarge();
  const plain = Buffer.from(text, 'utf8');
  const small = plain.length < short ? plain : await deflated(plain);
  const [mark, bytes] = small.length < plain.length ? [deflatedMark, small] : [plainMark, plain];
  if (bytes.length > limits.entry) throw tooLarge();
  return Buffer.concat([Buffer.of(mark), bytes]);
}

/** Undefined for what no Gloss has written. Its turns go back to the service in the bytes that they came in. */
export async function unpacked(body: Uint8Array): Promise<EntryContent | undefined> {
  const value = valueIn(body);
  if (typeof value !== 'object' || value === null || !('content' in value) || !isContent(value.content))
    return undefined;
  if ('originals' in value) {
    const { restoreOriginals } = await import('./originals.ts');
    restoreOriginals(turnsOf(value.content), Array.isArray(value.originals) ? value.originals.filter(isOriginal) : []);
  }
  return value.content;
}

function isOriginal(value: unknown): value is Original {
  if (typeof value !== 'object' || value === null) return false;
  const { message, block, input, text }: { [name in keyof Original]?: unknown } = value;
  const isPlace = isCount(message) && isCount(block) && (input === undefined || input === true);
  return isPlace && typeof text === 'string';
}

function turnsOf(content: EntryContent): readonly MessageParam[] {
  if (content.kind === 'compacted') return content.turns;
  return content.kind === 'noted' ? [] : [content.turn];
}

function valueIn(body: Uint8Array): unknown {
  const bytes = body.subarray(1);
  try {
    // Thousands are read in a row: what zlib sets aside for each would be most of the memory.
    const chunkSize = Math.min(Math.max(4 * bytes.length, 1_024), 256_000);
    const options = { maxOutputLength: 4 * limits.text, chunkSize };
    const plain = body[0] === deflatedMark ? inflateRawSync(bytes, options) : bytes;
    return JSON.parse(new TextDecoder().decode(plain));
  } catch {
    // Not ours: it is told of as missing.
    return undefined;
  }
}

/** Beside the other work: there may be megabytes of an image. */
function deflated(bytes: Buffer): Promise<Buffer> {
  return new Promise((resolve, reject) =>
    deflateRaw(bytes, { level: 3 }, (error, result) => (error === null ? resolve(result) : reject(error))),
  );
}

function tooLarge(): Refusal {
  return new Refusal(
    'This turn is too large to be kept, so it is not sent. Attach less: smaller images, or parts of files.',
    'tooLarge',
  );
}
