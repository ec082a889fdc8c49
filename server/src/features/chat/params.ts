/** What a question is made of, as surfaces give it. */
import type { Range } from '#shared/place.ts';
import type { Entry, People } from '../../ports.ts';

/** What the editor gives with a question. What is only there to be mentioned goes along when it is. */
export interface ComposeParams {
  /** As it was typed. */
  readonly text: string;
  /** URI of the document that the person sees. */
  readonly active?: string | undefined;
  readonly selection?: AskedPlace | undefined;
  /** The text that is selected in a terminal; undefined where the editor cannot tell. */
  readonly terminal?: string | undefined;
  /** Files that differ from the last commit; undefined where the editor cannot tell. */
  readonly changes?: readonly AskedChange[] | undefined;
  /** The selection goes along, mentioned or not. */
  readonly withSelection?: boolean;
  /** Pictures and PDFs that were pasted or dropped. */
  readonly media?: readonly { readonly name: string; readonly base64: string }[];
}

export interface ComposeContext {
  readonly conversation: string;
  /** What was said so far. */
  readonly entries: readonly Entry[];
  /** Who is asked whether new instructions are to be followed; undefined for one who only looks, and is told that they would be. */
  readonly people: Pick<People, 'approve'> | undefined;
  /** It will be asked of this one; of that of the settings when absent. */
  readonly model?: string;
  readonly signal: AbortSignal;
}

/** Some lines of a document. */
export interface AskedPlace {
  readonly uri: string;
  readonly range: Range;
}

/** A file as it was at the last commit: the editor knows. Empty for a new one. */
export interface AskedChange {
  readonly uri: string;
  readonly before: string;
}
