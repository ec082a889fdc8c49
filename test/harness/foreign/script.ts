/** What the foreign service hears, and what it is told to say: the words of its scripts. */
import type { IncomingHttpHeaders } from 'node:http';

export interface Heard {
  /** Counted from 0. */
  readonly index: number;
  readonly body: Record<string, unknown>;
  readonly headers: IncomingHttpHeaders;
  /** A hash for each step of the prefix (tools, system, then block by block): two requests share a prefix as far as these are equal. */
  readonly chain: readonly string[];
}

export interface ScriptedCall {
  readonly name: string;
  readonly input?: unknown;
  /** Streamed instead of the input, letter by letter: it may be no JSON. */
  readonly json?: string;
  /** Else one is made. */
  readonly id?: string;
}

/** One answer. Blocks come in this order: thinking, text, `blocks`, calls. */
export interface Reply {
  readonly thinking?: string;
  readonly text?: string;
  /** Other blocks, as they are: server tools, redacted thinking, blocks from the future. */
  readonly blocks?: readonly Record<string, unknown>[];
  readonly calls?: readonly ScriptedCall[];
  /** `tool_use` where there are calls, else `end_turn`. */
  readonly stop?: string;
  readonly stopDetails?: Readonly<Record<string, unknown>>;
  readonly outputTokens?: number;
  /** The event of this number waits. */
  readonly hold?: { readonly after: number; readonly until: Promise<unknown> };
  /** `after` counts events. */
  readonly fault?:
    | {
        readonly kind: 'status';
        readonly status: number;
        readonly type: string;
        readonly message?: string;
        readonly headers?: Readonly<Record<string, string>>;
        readonly after?: undefined;
      }
    | { readonly kind: 'cut' | 'stall'; readonly after: number }
    | { readonly kind: 'event'; readonly after: number; readonly type: string; readonly message?: string };
}

export type Script = (heard: Heard) => Reply | Promise<Reply>;

/** One reply after the other; what is asked beyond them ends the conversation in words. */
export function scripted(...replies: readonly (Reply | Script)[]): Script {
  let at = 0;
  return (heard) => {
    const next = replies[at++] ?? { text: 'That is all.' };
    return typeof next === 'function' ? next(heard) : next;
  };
}

export interface HeardBlock {
  readonly type: string;
  readonly [field: string]: unknown;
}

export interface HeardTurn {
  readonly role: string;
  readonly content: readonly HeardBlock[];
}

/** The turns of a request: strings as blocks, turns in a row by the same role as one. */
export function turnsOf(body: Record<string, unknown>): readonly HeardTurn[] {
  const turns: { role: string; content: HeardBlock[] }[] = [];
  const given = Array.isArray(body['messages']) ? body['messages'] : [];
  for (const { role, content } of given as { role: string; content: unknown }[]) {
    const blocks = blocksOf(content);
    const last = turns.at(-1);
    if (last?.role === role) last.content.push(...blocks);
    else turns.push({ role, content: [...blocks] });
  }
  return turns;
}

/** What a `content` holds. */
export function blocksOf(content: unknown): readonly HeardBlock[] {
  if (typeof content === 'string') return [{ type: 'text', text: content }];
  return Array.isArray(content) ? content.filter((block) => typeof block === 'object' && block !== null) : [];
}
