/** What the client tells besides its answers. Never the key, a prompt or an answer: sizes, ids and names. */
import type { ModelEnd } from './models/table.ts';

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
  | { readonly kind: 'unknown_stop_reason'; readonly stopReason: string; readonly model: string };

/** Where the client's own messages go. */
export interface ClientLog {
  debug?(message: string): void;
  /** `warning` says in types what `message` says in words. */
  warn?(message: string, warning: ClientWarning): void;
}

/** Says something to the log, the same thing only once. */
export type Warn = (warning: ClientWarning) => void;

/** Different warnings that are said; what goes on after so many is no news. */
const mostWarnings = 200;

export function createWarn(log: ClientLog): Warn {
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
