/** What the client tells besides its answers. Never the key, a prompt or an answer: sizes, ids and names. */
import type { ModelEnd } from './models/table.ts';

/** Something that will go wrong later, or goes less well than it could. */
export type ClientWarning =
  | { readonly kind: 'deprecated_model' | 'retired_model'; readonly end: ModelEnd }
  /** Streams of this host come all at once: something on the way collects them. */
  | { readonly kind: 'buffered_stream'; readonly host: string };

/** Where the client's own messages go. */
export interface ClientLog {
  debug?(message: string): void;
  /** `warning` says in types what `message` says in words. */
  warn?(message: string, warning: ClientWarning): void;
}

/** The sentence for a model that ends. */
export function endSentence({ model, lifecycle, day, replacement }: ModelEnd): string {
  const when = day === undefined ? '' : ` on ${day}`;
  const what =
    lifecycle === 'retired'
      ? `The model ${model} was retired${when}`
      : `The model ${model} is deprecated and retires${when}`;
  return replacement === undefined ? `${what}.` : `${what}: use ${replacement} instead.`;
}

/** The sentence for streams that are held back on their way. */
export function heldBackSentence(host: string, waited: number): string {
  const seconds = Math.round(waited / 1_000);
  return `The answer of ${host} was held back on its way: nothing came for ${seconds} s, and then all of it at once. A proxy or gateway collects what it should pass on: switch off its buffering for text/event-stream.`;
}
