/** The foreign service's prompt cache (API reference, "Prompt caching"): by hashes of prefixes, with entries that grow old. */
import { createHash } from 'node:crypto';
import { blocksOf, turnsOf } from './script.ts';

interface Step {
  readonly hash: string;
  /** Of all up to here. */
  readonly tokens: number;
  /** Milliseconds that an entry lives which is written here; undefined where none is. */
  readonly lives: number | undefined;
}

interface CacheUsage {
  readonly input_tokens: number;
  readonly cache_creation_input_tokens: number;
  readonly cache_read_input_tokens: number;
  readonly cache_creation: { readonly ephemeral_5m_input_tokens: number; readonly ephemeral_1h_input_tokens: number };
}

const minute = 60_000;
/** Blocks that are looked at before a breakpoint, itself included. */
const lookBack = 20;

export function createForeignCache(now: () => number) {
  const entries = new Map<string, { until: number; readonly lives: number }>();
  return {
    chain: (body: Record<string, unknown>) => stepsOf(body).map(({ hash }) => hash),
    count: (body: Record<string, unknown>) => stepsOf(body).at(-1)?.tokens ?? 0,
    use,
  };

  /** What an answer to this request says of the cache; writes what it asks to be written. */
  function use(body: Record<string, unknown>): CacheUsage {
    const steps = stepsOf(body);
    const most = leastTokens(String(body['model']));
    const marks = steps.flatMap(({ lives, tokens }, at) => (lives !== undefined && tokens >= most ? [at] : []));
    const read = Math.max(-1, ...marks.map((mark) => newestRead(steps, mark)));
    const readTokens = steps[read]?.tokens ?? 0;
    const written = marks.filter((mark) => mark > read);
    const last = steps[written.at(-1) ?? -1];
    for (const mark of marks) keep(steps[mark]);
    const all = steps.at(-1)?.tokens ?? 0;
    const creation = last === undefined ? 0 : last.tokens - readTokens;
    const hour = steps[written.findLast((mark) => steps[mark]?.lives === 60 * minute) ?? -1];
    const inHour = hour === undefined ? 0 : hour.tokens - readTokens;
    return {
      input_tokens: all - readTokens - creation,
      cache_creation_input_tokens: creation,
      cache_read_input_tokens: readTokens,
      cache_creation: { ephemeral_5m_input_tokens: creation - inHour, ephemeral_1h_input_tokens: inHour },
    };
  }

  function newestRead(steps: readonly Step[], mark: number): number {
    for (let at = mark; at > mark - lookBack && at >= 0; at -= 1) {
      const entry = entries.get(steps[at]?.hash ?? '');
      if (entry === undefined || entry.until < now()) continue;
      entry.until = now() + entry.lives;
      return at;
    }
    return -1;
  }

  function keep(step: Step | undefined): void {
    if (step?.lives !== undefined) entries.set(step.hash, { until: now() + step.lives, lives: step.lives });
  }
}

function leastTokens(model: string): number {
  return /-5(-\d)?$/.test(model) && model !== 'claude-sonnet-5' ? 512 : 1_024;
}

/** The prefix step by step, as bytes: the order of keys counts, the places of breakpoints do not. */
function stepsOf(body: Record<string, unknown>): readonly Step[] {
  const tools = Array.isArray(body['tools']) ? body['tools'] : [];
  const parts: { what: string; block: Record<string, unknown> }[] = [
    ...tools.map((block) => ({ what: 'tool', block })),
    ...blocksOf(body['system'] ?? []).map((block) => ({ what: 'system', block })),
    ...turnsOf(body).flatMap(({ role, content }) => content.map((block) => ({ what: role, block }))),
  ];
  let hash = String(body['model']);
  let characters = 0;
  return parts.map(({ what, block: { cache_control: control, ...rest } }, at) => {
    const bytes = `${what} ${JSON.stringify(rest)}`;
    hash = createHash('sha256').update(`${hash}\n${bytes}`).digest('base64url').slice(0, 22);
    characters += bytes.length;
    const automatic = at === parts.length - 1 ? body['cache_control'] : undefined;
    return { hash, tokens: Math.ceil(characters / 4), lives: livesOf(control ?? automatic) };
  });
}

function livesOf(control: unknown): number | undefined {
  if (typeof control !== 'object' || control === null) return undefined;
  return 'ttl' in control && control.ttl === '1h' ? 60 * minute : 5 * minute;
}
