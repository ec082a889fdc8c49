/** What the inside needs to change documents: the editor as the ledger sees it, and the ledger as features see it. Interfaces only. */
import type { ApplyParams, ApplyResult, Approval, DecideParams, FileChange, Hunk } from '#shared/edits.ts';
import type { ChangedFile } from '#shared/panel.ts';
import type { Range } from '#shared/place.ts';
import type { Span, TextChange } from './text/spans.ts';

/** The one way into documents. Only the ledger holds it. */
export interface Editor {
  /** New text waits in the buffer for the person (product decision 10.1); else only whole edits are handed over. */
  readonly keepsPending: boolean;
  /** Changes documents, all or nothing. */
  apply(params: ApplyParams): Promise<ApplyResult>;
  /** Opens documents so that they are synchronized; tells for each why it cannot be changed, where it cannot. */
  prepare(uris: readonly string[]): Promise<ReadonlyMap<string, string | undefined>>;
  /** Asks the person whether files may be changed that run or configure something. */
  approve(group: string, title: string, files: readonly Approval[]): Promise<boolean>;
  /** Has an editor that applies whole edits itself make one, all or nothing. */
  hand(whole: WholeEdit): Promise<ApplyResult>;
  /** A document's hunks have changed. */
  show(uri: string, version: number, hunks: readonly Hunk[]): void;
}

/** Whether a document may be changed so. */
export interface Judgement {
  /** `free`: it may be changed at once. */
  readonly kind: 'free' | 'ask' | 'refuse';
  /** For the person, a sentence each. */
  readonly reasons: readonly string[];
}

/** What the person asked for; kept with the hunks, for trying again and for the model. */
export interface Origin {
  /** Id of the action. */
  readonly action: string;
  readonly title: string;
  readonly instruction?: string;
}

/** The one door into documents: what features propose, and what becomes of it. */
export interface Ledger {
  /** What is changed waits in the editor until the person decides; else it is done when it is handed over. */
  readonly keepsPending: boolean;
  /** What stands against a change of a document. Looks at nothing but names and texts. */
  judge(uri: string, before: string, after: string): Judgement;
  /** Begins the edits of an action. With `whole` nothing goes into a buffer before the end: it comes back as a `WholeEdit`. */
  begin(origin: Origin, whole: boolean): EditGroup;
  settle(params: DecideParams): Promise<Decided>;
  /** A hunk, and what it came from. */
  find(id: string): { readonly hunk: Hunk; readonly origin: Origin } | undefined;
  /** Hunks of a document that await the person. */
  open(uri: string): readonly Hunk[];
  /** What became of an action, for the model. Of one of an earlier session it is known once it was recalled. */
  outcome(group: string): string;
  /** Files that actions have changed, with what has not been taken back; of earlier sessions as `outcome`. */
  changes(groups: readonly string[]): readonly ChangedFile[];
  /** Reads what became of actions of chats, also of earlier sessions. */
  recall(groups: readonly string[]): Promise<void>;
  /** What the person rejected in these lines (zero-based) with a reason, lately; empty where there is nothing. */
  rejections(uri: string, lines: { readonly firstLine: number; readonly lastLine: number }): string;
  /** All that is to be kept is on the disk. */
  flush(): Promise<void>;
}

export interface Decided {
  readonly settled: number;
  /** Hunks that stay as they are, and why. */
  readonly failed: { id: string; message: string }[];
}

/** The edits of one action. */
export interface EditGroup {
  readonly id: string;
  /** Which file a model means by a path; a message for it where it means none that may be changed. */
  resolve(path: string, document: string): { readonly uri: string } | { readonly message: string };
  /** Makes a document ready for edits. @returns why it cannot be changed, for the person; undefined when it can. */
  open(uri: string): Promise<string | undefined>;
  /** With this action's edits so far; undefined where it was not opened. */
  text(uri: string): string | undefined;
  /** Replaces whole lines, in offsets of `text(uri)`, by text that still comes. */
  grow(uri: string, span: Span, lineEnd: string): GrowingText;
  /** Changes at several places, in offsets of `text(uri)`, none overlapping. They go in together at the end. */
  change(uri: string, changes: readonly TextChange[]): void;
  /** A new file. @returns why it cannot be made, for the person; undefined when it can. */
  create(uri: string, text: string): string | undefined;
  /** Deletes or moves a file when the person accepts it. @returns why it cannot be done, for the person; undefined when it can. */
  propose(change: Exclude<FileChange, { readonly kind: 'create' }>): string | undefined;
  end(options?: EndOptions): Promise<EndedGroup>;
}

/** How the edits of an action end, when everything is there. */
export interface EndOptions {
  /** A conflict anywhere means that nothing is done. */
  readonly allOrNothing?: boolean;
  /** Nothing is done that is not in its document yet. */
  readonly discard?: boolean;
  /** The person has agreed to exactly this already, also where it runs or configures something. */
  readonly agreed?: boolean;
  /** A whole edit is handed to the editor now, instead of coming back. */
  readonly handOver?: boolean;
  /** Once it is aborted, nothing that is agreed to later is done. */
  readonly signal?: AbortSignal;
}

export interface GrowingText {
  /** More of the new text, cut anywhere. Never waits: what comes while the editor works is put in with the next step. */
  push(text: string): void;
  /** The new text is whole. Resolves when it is in the document. */
  end(): Promise<void>;
  /** It will not be whole: what was there comes back. */
  abandon(reason: string): Promise<void>;
  /** Undefined while it may go on; else why it does not, for the person. */
  readonly stopped: string | undefined;
}

export interface EndedGroup {
  /** Ids of the hunks that there are. */
  readonly hunks: readonly string[];
  /** What did not work out, a sentence each. */
  readonly failures: readonly string[];
  /** The edit was handed to the editor, and it has not told whether it made it. */
  readonly isUnknown: boolean;
  /** For an editor that applies whole edits itself. */
  readonly whole: WholeEdit | undefined;
}

/** A refactoring as any LSP editor knows it (product decision 10.3). */
export interface WholeEdit {
  readonly group: string;
  readonly title: string;
  readonly documents: readonly {
    readonly uri: string;
    /** Null for a file that is not open. */
    readonly version: number | null;
    readonly edits: readonly { readonly range: Range; readonly text: string }[];
  }[];
  readonly files: readonly FileChange[];
}
