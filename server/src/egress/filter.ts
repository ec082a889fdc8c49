/** What every text passes before it leaves: secrets replaced, invisible characters made visible. */
import { revealInvisible } from '#shared/invisible.ts';
import type { MessageRequest } from '../claude/index.ts';
import { redactSecrets } from './redact.ts';

export interface Filtered {
  readonly request: MessageRequest;
  /** One line for each kind of thing that was replaced. */
  readonly replaced: readonly string[];
}

/**
 * The request with every text in `system` and in the user's turns cleaned. The model's own turns go back as
 * they came, byte for byte (API, "Thinking": their prefix is signed); they hold only what was cleaned before.
 */
export function filterRequest(request: MessageRequest): Filtered {
  const kinds = new Map<string, number>();
  let invisible = 0;
  const clean = (text: string): string => {
    const redacted = redactSecrets(text);
    for (const { kind } of redacted.found) kinds.set(kind, (kinds.get(kind) ?? 0) + 1);
    const revealed = revealInvisible(redacted.text);
    invisible += revealed.count;
    return revealed.text;
  };
  const cleaned = {
    ...request,
    ...(request.system === undefined ? {} : { system: mapTexts(request.system, clean) }),
    messages: request.messages.map((turn) =>
      turn.role === 'assistant' ? turn : { ...turn, content: mapTexts(turn.content, clean) },
    ),
  };
  const secrets = [...kinds].map(([kind, count]) => `${count} ${count === 1 ? 'secret' : 'secrets'} (${kind})`);
  return { request: cleaned, replaced: invisible === 0 ? secrets : [...secrets, invisibleLine(invisible)] };
}

function invisibleLine(count: number): string {
  return `${count} invisible or text-reordering ${count === 1 ? 'character' : 'characters'}`;
}

/** The same value with each string under `text`, or standing alone, passed through `change`. */
function mapTexts<T>(value: T, change: (text: string) => string): T {
  return mapValue(value, change) as T; // Same shape: only strings are exchanged for strings.
}

function mapValue(value: unknown, change: (text: string) => string): unknown {
  if (typeof value === 'string') return change(value);
  if (!Array.isArray(value)) return value;
  return value.map((block: unknown) =>
    typeof block === 'object' && block !== null && 'text' in block && typeof block.text === 'string'
      ? { ...block, text: change(block.text) }
      : block,
  );
}
