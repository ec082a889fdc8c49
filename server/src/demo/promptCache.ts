/** What the demo has seen of the beginnings of requests: counts as the service's prompt cache does (API reference, "Prompt caching"). */
import { createHash } from 'node:crypto';
import type { MessagesBody } from './body.ts';
import { charactersPerToken, type InputUsage } from './events.ts';

export interface PromptCache {
  use(body: MessagesBody): InputUsage;
}

interface Step {
  readonly hash: string;
  /** Of all up to here. */
  readonly tokens: number;
  /** Milliseconds that it is kept; undefined where there is no breakpoint. */
  readonly lives: number | undefined;
}

const minute = 60_000;
/** Shorter beginnings are not kept. */
const fewestTokens = 512;
/** Blocks that are looked through before a breakpoint. */
const lookBack = 20;
const mostKept = 20_000;

export function createPromptCache(now: () => number = Date.now): PromptCache {
  const kept = new Map<string, { readonly until: number; readonly lives: number }>();
  return {
    use(body) {
      const steps = stepsOf(body);
      const marks = steps.flatMap(({ lives, tokens }, at) =>
        lives !== undefined && tokens >= fewestTokens ? [at] : [],
      );
      const read = steps[Math.max(-1, ...marks.map((mark) => found(steps, mark)))]?.tokens ?? 0;
      const written = Math.max(read, ...marks.map((mark) => steps[mark]?.tokens ?? 0));
      for (const mark of marks) keep(steps[mark]);
      return {
        input_tokens: inputTokensOf(body) - written,
        cache_creation_input_tokens: written - read,
        cache_read_input_tokens: read,
      };
    },
  };

  function found(steps: readonly Step[], mark: number): number {
    for (let at = mark; at >= 0 && at > mark - lookBack; at -= 1) {
      const entry = kept.get(steps[at]?.hash ?? '');
      if (entry !== undefined && entry.until >= now()) return at;
    }
    return -1;
  }

  function keep(step: Step | undefined): void {
    if (step?.lives === undefined) return;
    kept.delete(step.hash);
    kept.set(step.hash, { until: now() + step.lives, lives: step.lives });
    for (const hash of kept.keys()) {
      if (kept.size <= mostKept) break;
      kept.delete(hash);
    }
  }
}

/** All of the input, as `count_tokens` tells it. */
export function inputTokensOf(body: MessagesBody): number {
  return tokensOf(piecesOf(body).reduce((sum, { text }) => sum + text.length, 0));
}

/** The beginning of the request, block by block: tools, system, messages. Breakpoints are no part of it. */
function stepsOf(body: MessagesBody): readonly Step[] {
  let hash = body.model;
  let characters = 0;
  const pieces = piecesOf(body);
  return pieces.map(({ text, control }, at) => {
    hash = createHash('sha256').update(`${hash}\n${text}`).digest('base64url');
    characters += text.length;
    const automatic = at === pieces.length - 1 ? body['cache_control'] : undefined;
    return { hash, tokens: tokensOf(characters), lives: livesOf(control ?? automatic) };
  });
}

function tokensOf(characters: number): number {
  return Math.ceil(characters / charactersPerToken);
}

interface Piece {
  readonly text: string;
  readonly control: unknown;
}

function piecesOf({ tools = [], system = [], messages }: MessagesBody): readonly Piece[] {
  const blocks = (content: string | readonly object[], what: string) =>
    (typeof content === 'string' ? [{ type: 'text', text: content }] : content).map((block) => pieceOf(block, what));
  return [
    ...tools.map((tool) => pieceOf(tool, 'tool')),
    ...blocks(system, 'system'),
    ...messages.flatMap(({ role, content }) => blocks(content, role)),
  ];
}

function pieceOf(block: object, what: string): Piece {
  const { cache_control: control, ...rest } = { cache_control: undefined, ...block };
  return { text: `${what} ${JSON.stringify(rest)}`, control };
}

function livesOf(control: unknown): number | undefined {
  if (typeof control !== 'object' || control === null) return undefined;
  return 'ttl' in control && control.ttl === '1h' ? 60 * minute : 5 * minute;
}
