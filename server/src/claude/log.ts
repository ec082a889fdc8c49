/** What the client tells besides its answers. Never the key, a prompt or an answer: sizes, ids and names. */
import { misconfigured } from './misconfigured.ts';
import type { ModelEnd } from './models/table.ts';
import { safely } from './observe/safely.ts';
import type { Scrub } from './secrets.ts';

/** Something that will go wrong later, goes less well than it could, or that this client is too old for. */
export type ClientWarning =
  /** The model ends or has ended. */
  | { readonly kind: 'deprecated_model' | 'retired_model'; readonly end: ModelEnd }
  /** `thinking.type: "enabled"` on a model that thinks adaptively. */
  | { readonly kind: 'deprecated_thinking'; readonly model: string }
  /** Streams of this host come all at once, after so many milliseconds: something on the way collects them. */
  | { readonly kind: 'buffered_stream'; readonly host: string; readonly waited: number }
  /** A name for `anthropic-beta` that will be deleted. */
  | { readonly kind: 'obsolete_beta'; readonly beta: string; readonly advice: string }
  /** A `stop_reason` newer than this client: the answer counts as ended (`end_turn`). */
  | { readonly kind: 'unknown_stop_reason'; readonly stopReason: string; readonly model: string }
  /** The environment has both a key and a token: the key is used. */
  | { readonly kind: 'two_credentials' }
  /** A renewed sign-in could not be written to this file: it ends with the process. */
  | { readonly kind: 'sign_in_not_saved'; readonly file: string; readonly why: string };

/** Where the client's own messages go. `console` fits. */
export interface ClientLog {
  /** Each step of a call. */
  debug?(message: string): void;
  /** How each call ended. */
  info?(message: string): void;
  /** What failed, and what is tried again. @param warning In types, what `message` says in words. */
  warn?(message: string, warning?: ClientWarning): void;
  /** Faults in this program: a hook that throws, for one. */
  error?(message: string): void;
}

/** The least that is told. */
export type LogLevel = 'debug' | 'info' | 'warn' | 'error' | 'off';

export const logLevels: readonly LogLevel[] = ['debug', 'info', 'warn', 'error', 'off'];

/** Characters of a line. */
const longestLine = 2_000;

/** A log that tells only what its level asks for, without secrets, and never throws. */
export interface LevelLog {
  /** @param longest Characters, where a line may be longer than others. */
  readonly debug?: (message: string, longest?: number) => void;
  readonly info?: (message: string) => void;
  readonly warn?: (message: string, warning?: ClientWarning) => void;
  readonly error?: (message: string) => void;
}

/** @throws ClaudeError of kind `configuration` for a level that is none. */
export function levelLog(log: ClientLog, level: LogLevel, scrub: Scrub): LevelLog {
  const least = logLevels.indexOf(level);
  if (least < 0)
    throw misconfigured('logLevel', `There is no log level like that. Use one of ${logLevels.join(', ')}.`);
  const tells = (name: keyof ClientLog) => logLevels.indexOf(name) >= least && log[name] !== undefined;
  const clean = (text: string, longest = longestLine) => scrub(text, longest);
  return {
    ...(tells('debug') && { debug: (text, longest) => quietly(() => log.debug?.(clean(text, longest))) }),
    ...(tells('info') && { info: (text) => quietly(() => log.info?.(clean(text))) }),
    ...(tells('warn') && { warn: (text, warning) => quietly(() => log.warn?.(clean(text), ...given(warning))) }),
    ...(tells('error') && { error: (text) => quietly(() => log.error?.(clean(text))) }),
  };
}

/** Consoles print an argument that is undefined. */
function given(warning: ClientWarning | undefined): [] | [ClientWarning] {
  return warning === undefined ? [] : [warning];
}

/** There is nowhere to say that the log itself is broken. */
function quietly(tell: () => unknown): void {
  safely(tell, () => {});
}

/** Says something to the log, the same thing only once. */
export type Warn = (warning: ClientWarning) => void;

/** Different warnings that are said; what goes on after so many is no news. */
const mostWarnings = 200;

export function createWarn(log: LevelLog): Warn {
  const said = new Set<string>();
  return (warning) => {
    const sentence = sentenceOf(warning);
    if (log.warn === undefined || said.has(sentence) || said.size >= mostWarnings) return;
    said.add(sentence);
    log.warn(sentence, warning);
  };
}

function sentenceOf(warning: ClientWarning): string {
  switch (warning.kind) {
    case 'deprecated_model':
    case 'retired_model':
      return endSentence(warning.end);
    case 'deprecated_thinking':
      return `Manual thinking (thinking.type "enabled") is deprecated on ${warning.model}: use "adaptive" and output_config.effort.`;
    case 'buffered_stream':
      return heldBackSentence(warning.host, warning.waited);
    case 'obsolete_beta':
      return `The beta ${warning.beta} is obsolete. ${warning.advice}`;
    case 'unknown_stop_reason':
      return `${warning.model} stopped for a reason that this client does not know (${warning.stopReason}): the answer counts as ended.`;
    case 'two_credentials':
      return 'ANTHROPIC_API_KEY and ANTHROPIC_AUTH_TOKEN are both set: the key is used. Unset one of them.';
    case 'sign_in_not_saved':
      return `The renewed sign-in could not be written to ${warning.file}: ${warning.why} It ends with this process.`;
  }
}

/** The sentence for a model that ends. */
export function endSentence({ model, lifecycle, day, replacement }: ModelEnd): string {
  const when = day === undefined ? '' : ` on ${day}`;
  const retires = day === undefined ? '' : ` and retires${when}`;
  const what =
    lifecycle === 'retired' ? `The model ${model} was retired${when}` : `The model ${model} is deprecated${retires}`;
  return replacement === undefined ? `${what}.` : `${what}: use ${replacement} instead.`;
}

/** The sentence for streams that are held back on their way. */
function heldBackSentence(host: string, waited: number): string {
  const seconds = Math.round(waited / 1_000);
  return `The answer of ${host} was held back on its way: nothing came for ${seconds} s, and then all of it at once. A proxy or gateway collects what it should pass on: switch off its buffering for text/event-stream.`;
}
