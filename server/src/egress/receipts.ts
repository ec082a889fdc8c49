/** The record of what left: one receipt a request, written before it is sent, completed when its answer ends. */
import { createHash } from 'node:crypto';
import type { MessageParam } from '../claude/index.ts';
import type { Disk, Log, SaidPlace } from '../ports.ts';
import { Outcome, Receipt } from './receipt.ts';
import { receiptText } from './receiptText.ts';

export interface Receipts {
  open(receipt: Receipt): Promise<void>;
  close(id: string, outcome: Outcome): Promise<void>;
  /** The receipt as text for people; without an id this process's last, else the newest; undefined when there is none. */
  text(id?: string): Promise<{ readonly id: string; readonly text: string } | undefined>;
}

/** Older ones are removed, each time that so many more have ended. */
const kept = 200;
const often = 10;
const folder = 'receipts';

/** The messages of a conversation as they would be sent now; undefined when it is not there any more. */
export type Said = (place: SaidPlace) => Promise<readonly MessageParam[] | undefined>;

export function createReceipts(disk: Disk, log: Log, said: Said = async () => undefined): Receipts {
  let last: string | undefined;
  let ended = 0;
  return {
    async open(receipt) {
      last = receipt.id;
      await disk.create(requestFile(receipt.id), JSON.stringify(receipt));
    },
    async close(id, outcome) {
      await disk.create(outcomeFile(id), JSON.stringify(outcome));
      // Not when a request begins, as somebody waits for that, and not each time: whoever types asks often.
      if (ended++ % often !== 0) return;
      await prune(disk).catch((error: unknown) => log.warn(`old receipts were not removed: ${String(error)}`));
    },
    async text(wanted) {
      const id = wanted ?? last ?? (await ids(disk)).at(-1);
      if (id === undefined || !isReceiptId(id)) return undefined;
      const receipt = Receipt.safeParse(parsed(await disk.read(requestFile(id))));
      if (!receipt.success) return undefined;
      const outcome = Outcome.safeParse(parsed(await disk.read(outcomeFile(id))));
      const { request, missing } = await wholeRequest(receipt.data, said);
      return { id, text: receiptText({ ...receipt.data, request }, outcome.data, missing) };
    },
  };
}

/** With the messages that its conversation has; where these are not what was sent, it says so. */
async function wholeRequest(
  { request, said: place }: Receipt,
  said: Said,
): Promise<{ readonly request: Receipt['request']; readonly missing?: string }> {
  if (place === undefined) return { request };
  const messages = await said(place);
  if (messages === undefined) return { request, missing: 'The conversation was deleted, and its messages with it.' };
  const whole = { ...request, messages };
  if (createDigest()(messages) === place.digest) return { request: whole };
  return {
    request: whole,
    missing: 'A key that was set since is taken out of the messages: they are not exactly what was sent.',
  };
}

interface Digested {
  readonly own: string;
  /** Of the list up to here, for the list that came before it. */
  readonly before: string;
  readonly all: string;
}

/** Names a list of messages. What was seen before is not read again, nor is what it began with: a conversation grows by few. */
export function createDigest(): (messages: readonly MessageParam[]) => string {
  const seen = new WeakMap<object, Digested>();
  const digestOf = (before: string, message: MessageParam): string => {
    const known = seen.get(message);
    if (known?.before === before) return known.all;
    const own = known?.own ?? sha256(JSON.stringify(message));
    const all = sha256(before + own);
    seen.set(message, { own, before, all });
    return all;
  };
  return (messages) => messages.reduce(digestOf, '');
}

function sha256(text: string): string {
  return createHash('sha256').update(text).digest('base64url');
}

/** Sorts by time; the tail keeps two windows apart. */
export function receiptId(now: Date, random: string): string {
  return `${now.toISOString().replace(/[-:.]/g, '')}-${random}`;
}

/** Only ids of our own making become file names. */
export function isReceiptId(id: string): boolean {
  return /^\d{8}T\d{9}Z-[0-9a-f]{8}$/.test(id);
}

function requestFile(id: string): string {
  return `${folder}/${id}.request.json`;
}

function outcomeFile(id: string): string {
  return `${folder}/${id}.outcome.json`;
}

async function ids(disk: Disk): Promise<readonly string[]> {
  const names = await disk.list(folder);
  return names.filter((name) => name.endsWith('.request.json')).map((name) => name.replace('.request.json', ''));
}

async function prune(disk: Disk): Promise<void> {
  const all = await ids(disk);
  for (const id of all.slice(0, Math.max(0, all.length - kept))) {
    await disk.remove(requestFile(id));
    await disk.remove(outcomeFile(id));
  }
}

/** Undefined for what is missing or was cut by a crash: the receipt is then shown without it. */
function parsed(text: string | undefined): unknown {
  if (text === undefined) return undefined;
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
