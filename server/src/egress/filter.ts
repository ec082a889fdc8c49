/** What every text passes before it leaves: secrets replaced, invisible characters made visible. */
import { revealInvisible } from '#shared/invisible.ts';
import { type MessageParam, type MessageRequest, unchangingOf } from '../claude/index.ts';
import type { Cleaned } from '../ports.ts';
import { redactSecrets } from './redact.ts';

export interface Filtered {
  readonly request: MessageRequest;
  /** One line for each kind of thing that was replaced. */
  readonly replaced: readonly string[];
}

/** A text without keys and secrets and with hidden characters shown; it has as many lines as before. */
export function cleanText(text: string, hideKeys: (text: string) => string): Cleaned {
  const counts = createCounts();
  return { text: counts.clean(text, hideKeys), replaced: counts.lines() };
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
  const cleanTurn = (turn: MessageParam): CleanTurn => {
    const before = seen.get(turn);
    if (before?.keys === knownKeys()) return before;
    const counts = createCounts();
    const clean: CleanTurn = {
      turn: unchangingOf(mapTexts(turn, (text) => counts.clean(text, hideKeys))),
      counts,
      keys: knownKeys(),
    };
    seen.set(turn, clean);
    return clean;
  };
  return (request) => {
    const counts = createCounts();
    const turns = request.messages.map((turn) => {
      if (turn.role === 'assistant') return unchangingOf(turn);
      const clean = cleanTurn(turn);
      counts.add(clean.counts);
      return clean.turn;
    });
    const { system } = request;
    const cleanSystem =
      system === undefined ? {} : { system: mapTexts(system, (text) => counts.clean(text, hideKeys)) };
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
  clean(text: string, hideKeys: (text: string) => string): string;
  add(others: Counts): void;
  lines(): readonly string[];
}

/** Cleans texts and counts what was replaced in all of them. */
function createCounts(): Counts {
  const kinds = new Map<string, number>();
  let invisible = 0;
  return {
    kinds,
    get invisible() {
      return invisible;
    },
    add(others) {
      // Of most turns nothing was replaced, and a conversation has thousands.
      if (others.kinds.size === 0 && others.invisible === 0) return;
      for (const [kind, count] of others.kinds) kinds.set(kind, (kinds.get(kind) ?? 0) + count);
      invisible += others.invisible;
    },
    clean(text, hideKeys) {
      const redacted = redactSeen(hideKeys(text));
      for (const { kind } of redacted.found) kinds.set(kind, (kinds.get(kind) ?? 0) + 1);
      const revealed = revealInvisible(redacted.text);
      invisible += revealed.count;
      return revealed.text;
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
