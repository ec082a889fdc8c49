/** What the client tells besides its answers. Never the key, a prompt or an answer: sizes, ids and names. */
import type { ModelEnd } from './models/table.ts';

/** Something that will go wrong later. */
export type ClientWarning =
  | { readonly kind: 'deprecated_model' | 'retired_model'; readonly end: ModelEnd }
  /** The environment has both a key and a token: the key is used. */
  | { readonly kind: 'two_credentials' }
  /** A renewed sign-in could not be written to its file. */
  | { readonly kind: 'sign_in_not_saved' };

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
