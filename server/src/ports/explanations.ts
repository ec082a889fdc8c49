/** What was explained, as the features and the surfaces see it; the store behind it is `explanations/`. */
import type { ExplanationKind, Level } from '#shared/explain.ts';
import type { ExplanationSummary, ExplanationTurn } from '#shared/explanations.ts';
import type { Range } from '#shared/place.ts';
import type { MessageRequest } from '../claude/index.ts';
import type { Source } from './outgoing.ts';

/** An explanation or line notes, bound to the code that they were given for. */
export interface ExplanationRecord {
  readonly id: string;
  readonly uri: string;
  readonly kind: ExplanationKind | 'notes';
  readonly level: Level;
  readonly languageId: string;
  readonly symbol?: string;
  /** The explained lines as they were. */
  readonly code: string;
  /** Where they were, when the record was made. */
  readonly range: Range;
  /** The document's version that `range` and the citations are of: what was typed since is followed. Not kept. */
  readonly version?: number;
  /** Names what this answers: the same code at the same level by the same model and prompt has the same key. */
  readonly key: string;
  /** When it was answered last. ISO 8601. */
  readonly at: string;
  /** The explanation and its follow-ups; none of notes. */
  readonly turns: readonly ExplanationTurn[];
  /** Of kind `notes` only. */
  readonly notes: readonly LineNote[];
  /** What each citation quotes, by its number: the lines as they were. */
  readonly quotes: Readonly<Record<number, string>>;
  /** The request and its answer so far, to go on from. The turns go back as they came. */
  readonly conversation: MessageRequest;
  readonly sources: readonly Source[];
}

/** A note beside a line. */
export interface LineNote {
  /** Counted from the first line of the record's code. */
  readonly line: number;
  /** The line as it was, without the blanks around it. */
  readonly quote: string;
  /** Plain text, one line. */
  readonly text: string;
}

/** A note where it belongs now. Those whose line has changed are not among them. */
export interface PlacedNote {
  readonly id: string;
  /** Zero-based. */
  readonly line: number;
  readonly text: string;
}

/** What was explained: kept on disk, followed through the edits of open documents, found again in those that were closed. */
export interface Explanations {
  /** Keeps a record, or replaces the one with its id. Resolves when it is safe on disk. @throws Refusal when it cannot be written; it is kept in memory then. */
  put(record: ExplanationRecord): Promise<void>;
  get(id: string): Promise<ExplanationRecord | undefined>;
  /** Where it is now, and what became of its code. Undefined when it was dismissed, or there is none of this id. */
  summary(id: string): ExplanationSummary | undefined;
  /** The newest record of a document with this key, also a dismissed one: asking again costs nothing. */
  answerTo(uri: string, key: string): Promise<ExplanationRecord | undefined>;
  /** Those of a document that were not dismissed, by place. */
  of(uri: string): readonly ExplanationSummary[];
  /** The newest explanation whose code covers a line of an open document as it is now. */
  at(uri: string, line: number): ExplanationSummary | undefined;
  /** Resolves when it is known where those of an open document are now: until then they are where they were when it was closed. */
  ready(uri: string): Promise<void>;
  notesOf(uri: string): Promise<readonly PlacedNote[]>;
  /** All that were not dismissed, those of other windows included. */
  list(): Promise<readonly ExplanationSummary[]>;
  /** Also brings back: a dismissed record that is `put` again is there again. Resolves with how many went. */
  dismiss(ids: readonly string[]): Promise<number>;
  /** A file, or a folder, has another name now. */
  renamed(from: string, to: string): Promise<void>;
  /** A file, or a folder, was deleted: what it had is gone until it is opened again. */
  deleted(uri: string): Promise<void>;
  /** Tells which document's explanations have changed: come, gone, moved, or their state. */
  watch(listener: (uri: string) => void): void;
  /** Everything is on disk when it resolves. */
  flush(): Promise<void>;
}
