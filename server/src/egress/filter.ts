/** What every text passes before it leaves: secrets replaced, invisible characters made visible. */
import { revealInvisible } from '#shared/invisible.ts';
import { type MessageParam, type MessageRequest, unchangingOf } from '../claude/index.ts';
import type { Cleaned } from '../ports.ts';
import { createCleanParts } from './cleanParts.ts';
import { redactSecrets } from './redact.ts';

export interface Filtered {
  readonly request: MessageRequest;
  /** One line for each kind of thing that was replaced. */
  readonly replaced: readonly string[];
}

/** A text without keys and secrets and with hidden characters shown; it has as many lines as before. */
export function cleanText(text: string, hideKeys: (text: string) => string): Cleaned {
  const counts = createCounts();
  return { text: counts.add(cleanOne(text, hideKeys)), replaced: counts.lines() };
}

/** The same, for texts that come again and again: those that it had last are not looked at anew, while no further key is known. */
export function createTextFilter(
  hideKeys: (text: string) => string,
  knownKeys: () => number,
): (text: string) => Cleaned {
  const clean = createMemory(hideKeys, knownKeys);
  return (text) => {
    const counts = createCounts();
    return { text: counts.add(clean(text)), replaced: counts.lines() };
  };
}

/**
 * Cleans every text in `system` and in the user's turns. The model's own turns go back as they came, byte for byte (API,
 * "Thinking": their prefix is signed); they hold only what was cleaned before. A turn that was cleaned is not looked
 * at again, as long as no further key is known: it stays the same object, so that the same bytes go out (API, "Prompt
 * caching"), and is frozen, so that the client need not look at it again, either.
 * @param hideKeys takes out the key in use, whatever its shape.
 * @param knownKeys how many keys it takes out.
 */
export function createRequestFilter(
  hideKeys: (text: string) => string,
  knownKeys: () => number,
): (request: MessageRequest) => Filtered {
  const seen = new WeakMap<object, CleanTurn>();
  const clean = createMemory(hideKeys, knownKeys);
  const cleanTurn = (turn: MessageParam): CleanTurn => {
    const before = seen.get(turn);
    if (before?.keys === knownKeys()) return before;
    const counts = createCounts();
    const cleaned: CleanTurn = {
      turn: unchangingOf(mapTexts(turn, (text) => counts.add(clean(text)))),
      counts,
      keys: knownKeys(),
    };
    seen.set(turn, cleaned);
    return cleaned;
  };
  return (request) => {
    const counts = createCounts();
    const turns = request.messages.map((turn) => {
      if (turn.role === 'assistant') return unchangingOf(turn);
      const cleaned = cleanTurn(turn);
      counts.join(cleaned.counts);
      return cleaned.turn;
    });
    const { system } = request;
    const cleanSystem = system === undefined ? {} : { system: mapTexts(system, (text) => counts.add(clean(text))) };
    return { request: { ...request, ...cleanSystem, messages: turns }, replaced: counts.lines() };
  };
}

interface CleanTurn {
  readonly turn: MessageParam;
  readonly counts: Counts;
  /** How many keys were known. */
  readonly keys: number;
}

interface Counts {
  readonly kinds: ReadonlyMap<string, number>;
  readonly invisible: number;
  /** @returns the text. */
  add(cleaned: CleanOne): string;
  join(others: Counts): void;
  lines(): readonly string[];
}

/** A text as it may leave, and what was replaced in it. */
interface CleanOne {
  readonly text: string;
  readonly kinds: readonly string[];
  readonly invisible: number;
}

function cleanOne(text: string, hideKeys: (text: string) => string): CleanOne {
  const redacted = redactSeen(hideKeys(text));
  const revealed = revealInvisible(redacted.text);
  return { text: revealed.text, kinds: redacted.found.map(({ kind }) => kind), invisible: revealed.count };
}

/** Texts that are remembered, and their lengths: what begins one request after the other is looked at once. */
const remembered = { texts: 16, least: 200, most: 20_000 } as const;

function createMemory(hideKeys: (text: string) => string, knownKeys: () => number): (text: string) => CleanOne {
  const recent = new Map<string, CleanOne>();
  const parts = createCleanParts((text) => {
    const { text: cleaned, kinds, invisible } = cleanOne(text, hideKeys);
    return cleaned === text && kinds.length === 0 && invisible === 0;
  });
  let keys = knownKeys();
  return (text) => {
    if (text.length < remembered.least || text.length > remembered.most) return cleanOne(text, hideKeys);
    // Another key is known: what was clean may not be.
    if (keys !== knownKeys()) {
      recent.clear();
      parts.forget();
    }
    keys = knownKeys();
    const known =
      recent.get(text) ??
      (hideKeys(text) === text && parts.isClean(text) ? { text, kinds: [], invisible: 0 } : cleanOne(text, hideKeys));
    recent.delete(text);
    recent.set(text, known);
    const [oldest] = recent.keys();
    if (recent.size > remembered.texts && oldest !== undefined) recent.delete(oldest);
    return known;
  };
}

/** Counts what was replaced in texts. */
function createCounts(): Counts {
  const kinds = new Map<string, number>();
  let invisible = 0;
  return {
    kinds,
    get invisible() {
      return invisible;
    },
    join(others) {
      // Of most turns nothing was replaced, and a conversation has thousands.
      if (others.kinds.size === 0 && others.invisible === 0) return;
      for (const [kind, count] of others.kinds) kinds.set(kind, (kinds.get(kind) ?? 0) + count);
      invisible += others.invisible;
    },
    add(cleaned) {
      for (const kind of cleaned.kinds) kinds.set(kind, (kinds.get(kind) ?? 0) + 1);
      invisible += cleaned.invisible;
      return cleaned.text;
    },
    lines() {
      const secrets = [...kinds].map(([kind, count]) => `${count} ${count === 1 ? 'secret' : 'secrets'} (${kind})`);
      return invisible === 0 ? secrets : [...secrets, invisibleLine(invisible)];
    },
  };
}

/** A hidden character inside a secret must not hide the secret: where the text without them holds more, that text goes. */
function redactSeen(text: string): ReturnType<typeof redactSecrets> {
  const redacted = redactSecrets(text);
  const revealed = revealInvisible(text);
  if (revealed.count === 0) return redacted;
  const seen = redactSecrets(revealed.text.replaceAll(/⟨U\+[0-9A-F]{4,6}⟩/g, ''));
  return seen.found.length > redacted.found.length ? seen : redacted;
}

function invisibleLine(count: number): string {
  return `${count} invisible or text-reordering ${count === 1 ? 'character' : 'characters'}`;
}

/** Fields of content blocks that hold text; images and documents as base64 go as they are. */
const texts: ReadonlySet<string> = new Set(['text', 'content', 'title', 'context', 'source']);

/** The same value with each of its texts passed through `change`. */
function mapTexts<T>(value: T, change: (text: string) => string): T {
  return mapValue(value, change) as T; // Same shape: only strings are exchanged for strings.
}

function mapValue(value: unknown, change: (text: string) => string): unknown {
  if (typeof value === 'string') return change(value);
  if (Array.isArray(value)) return value.map((inner: unknown) => mapValue(inner, change));
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(
    Object.entries(value).map(([key, inner]) => [
      key,
      texts.has(key) || isPlainText(value, key) ? mapValue(inner, change) : inner,
    ]),
  );
}

/** The `data` of a document that is given as plain text. */
function isPlainText(block: object, key: string): boolean {
  return key === 'data' && 'type' in block && block.type === 'text';
}
