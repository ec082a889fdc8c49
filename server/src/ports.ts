/** What the inside needs of the outside, as interfaces only: adapters live in `lsp/`, `system/` and `egress/`, fakes in `test/harness/`. */
import type { CustomAction } from '#shared/customAction.ts';
import type { ProviderEdits } from '#shared/edits.ts';
import type { ExplanationKind, Level } from '#shared/explain.ts';
import type { ExplanationSummary, ExplanationTurn } from '#shared/explanations.ts';
import type { Remedy } from '#shared/failure.ts';
import type { Location } from '#shared/lookups.ts';
import type { Position, Range } from '#shared/place.ts';
import type { Problem } from '#shared/problem.ts';
import type { Settings } from '#shared/settings.ts';
import type { CodeSymbol } from '#shared/symbols.ts';
import type { Usage } from '#shared/usage.ts';
import type { Message, MessageRequest } from './claude/index.ts';
import type { Ledger } from './editing.ts';
import type { TextChange } from './text/spans.ts';

/** An open document at one version; a value. Positions are UTF-16 code units. */
export interface Snapshot {
  readonly uri: string;
  readonly version: number;
  readonly languageId: string;
  readonly text: string;
}

/** The editor's open documents, unsaved changes included. */
export interface Documents {
  get(uri: string): Snapshot | undefined;
  /** In the document as it is now; 0 where it is not open. */
  offsetAt(uri: string, position: Position): number;
  positionAt(uri: string, offset: number): Position;
  /** Tells of every event from now on, in the order in which the editor told of them. */
  watch(watcher: DocumentWatcher): void;
}

export interface DocumentWatcher {
  opened?(snapshot: Snapshot): void;
  /** Each of `changes` is for the text that the one before it has made. */
  changed?(before: Snapshot, after: Snapshot, changes: readonly TextChange[]): void;
  closed?(snapshot: Snapshot): void;
}

/** What only the editor's own language support knows. */
export interface Providers {
  /** Symbols in document order; undefined where the editor has no provider or does not answer in time. */
  symbols(uri: string): Promise<readonly CodeSymbol[] | undefined>;
  /** Where the names at some positions are defined; undefined for what is not known, all of them where the editor cannot tell. */
  definitions(uri: string, positions: readonly Position[]): Promise<readonly (Location | undefined)[]>;
  /** The problems that the editor shows in a range; empty where it cannot tell. */
  problems(uri: string, range: Range): Promise<readonly Problem[]>;
  /** What renaming a symbol would change; undefined where the editor has no provider, or that refuses. */
  rename(uri: string, position: Position, newName: string): Promise<ProviderEdits | undefined>;
  /** What extracting a function would change, and the name that the provider gave it. */
  extract(uri: string, range: Range): Promise<{ readonly documents: ProviderEdits; readonly name: string } | undefined>;
}

/** Files of the workspace, to read. Every path passes containment after links are resolved. */
export interface Files {
  /**
   * The text of a regular file inside a workspace folder.
   * @throws Refusal when the path leaves the folders, is not a regular file, is too large, or is not text.
   */
  read(uri: string): Promise<string>;
  /** Names of the regular files in a folder of a workspace folder; none where there is no such folder. */
  names(root: string, folder: string): Promise<readonly string[]>;
  /** The workspace folder that holds the URI, and the path below it with forward slashes; undefined outside. */
  place(uri: string): FilePlace | undefined;
}

export interface FilePlace {
  /** Absolute path of the workspace folder. */
  readonly root: string;
  /** Path below it, components joined by `/`. */
  readonly path: string;
}

/** Gloss's own storage: private to this person, below one folder. Names are relative and plain. */
export interface Disk {
  /** Writes a new file; an existing one is an error. */
  create(name: string, text: string): Promise<void>;
  read(name: string): Promise<string | undefined>;
  /** Names in a folder, sorted; empty where there is none. */
  list(folder: string): Promise<readonly string[]>;
  remove(name: string): Promise<void>;
}

/**
 * Append-only records below one folder of Gloss's own storage. Each process writes files of its own, all processes see
 * all records.
 */
export interface Journal {
  /**
   * Records that this journal has not told of before, file by file in the order in which they were written; its own are
   * not among them. What is damaged or cannot be read is left out: it never hides the others.
   */
  news(): Promise<readonly JournalEntry[]>;
  /** Resolves when the records are safe on disk. @throws Refusal when they cannot be written; a later call may succeed. */
  append(records: readonly JournalRecord[]): Promise<readonly JournalPlace[]>;
  /** Undefined when it is not there (any more), or is damaged. */
  body(place: JournalPlace): Promise<Uint8Array | undefined>;
  /**
   * Writes anew what is wanted of this process's files and of those that dead processes left, and removes them. Files
   * of living processes are left alone; a crash at any moment loses nothing. `moved` tells of each new place.
   */
  compact(
    isWanted: (entry: JournalEntry) => boolean,
    moved: (entry: JournalEntry, place: JournalPlace) => void,
  ): Promise<void>;
  /** How much of what is on disk this process could write anew. */
  ownSize(): Promise<{ readonly files: number; readonly bytes: number }>;
  close(): Promise<void>;
}

/** Bytes that mean something to who wrote them: `head` is read at once, `body` when it is needed. */
export interface JournalRecord {
  readonly head: string;
  readonly body: Uint8Array;
}

export interface JournalEntry {
  readonly head: string;
  readonly place: JournalPlace;
}

export interface JournalPlace {
  readonly file: string;
  /** Of the record, in bytes. */
  readonly offset: number;
  readonly size: number;
}

/** Never the key, a prompt or a document: sizes and ids. */
export interface Log {
  /** The text without keys: for whatever leaves by another way than the log, such as an error's message. */
  clean(text: string): string;
  debug(message: string): void;
  info(message: string): void;
  warn(message: string): void;
  error(message: string, cause?: unknown): void;
}

/** An action of the person's own, from a file of the workspace. */
export interface OwnAction extends CustomAction {
  /** `custom:` and the file's name without its ending. */
  readonly id: string;
}

export interface CustomActions {
  /** Those of the document's workspace folder; none where the workspace is not trusted (threats S2). */
  for(uri: string): Promise<readonly OwnAction[]>;
}

export interface SettingsSource {
  /** Settings for a document, workspace scopes merged by the editor. Never the connection. */
  forDocument(uri: string): Promise<Settings>;
}

/** What the editor said of the workspace's trust; `unknown` for bare editors that do not say. */
export type Trust = 'trusted' | 'restricted' | 'unknown';

/** A piece of a document that goes into a request, for the filter and the receipt. */
export interface Source {
  readonly uri: string;
  /** Zero-based first and last line. */
  readonly firstLine: number;
  readonly lastLine: number;
  /** Why it is there, in a word: 'code', 'imports', 'enclosing'. */
  readonly part: string;
}

/** A question to the service, with where its material comes from. */
export interface Ask {
  /** What it is for, as the receipt names it. */
  readonly purpose: string;
  readonly request: MessageRequest;
  readonly sources: readonly Source[];
  /** What `Outgoing.clean` replaced in the material, a line each. */
  readonly replaced: readonly string[];
  /** More patterns of files that must not leave, from the settings. */
  readonly excludedFiles: readonly string[];
}

/** A text as it may leave. */
export interface Cleaned {
  /** With as many lines as before. */
  readonly text: string;
  /** One line for each kind of thing that was replaced. */
  readonly replaced: readonly string[];
}

export interface Answer {
  readonly message: Message;
  readonly usage: Usage;
  /** Opens the receipt in the editor. */
  readonly receipt: string;
  readonly demo: boolean;
  /** What the person should know: secrets replaced, invisible characters shown. */
  readonly notices: readonly string[];
}

/** Hears an answer while it comes. Whoever takes long slows the service down. */
export interface Hearing {
  text?(text: string): void | Promise<void>;
  /** A block of text has ended: what the model cites for it, as the service gave it, unchecked. */
  textEnd?(citations: readonly unknown[]): void | Promise<void>;
  /** Each piece of a tool's input, and its end. */
  tool?(step: ToolStep): void | Promise<void>;
}

/** A tool's input on its way. */
export interface ToolStep {
  /** The id of the call, which its result has to name. */
  readonly id: string;
  readonly name: string;
  /** `open` while it comes; `invalid` when the model wrote no JSON object. */
  readonly state: 'open' | 'complete' | 'invalid' | 'cut';
  /** As far as it can be read: one object that goes on growing. */
  readonly value: unknown;
}

/** The one door out. Everything that leaves this machine passes here: filtered, recorded, priced. */
export interface Outgoing {
  /**
   * A document's text as it may leave. Call it on the text as it stands in the file, before it is cut or numbered:
   * what a secret looks like depends on its whole line, and a private key has a beginning and an end.
   */
  clean(text: string): Promise<Cleaned>;
  /** Whether a document may leave: what is drawn into a request unasked is looked at before, and left out in silence (threats S12). */
  mayLeave(uri: string, excludedFiles: readonly string[]): Promise<boolean>;
  /** Whether the demo backend would answer; undefined where nobody would, for want of a key. */
  isDemo(signal: AbortSignal): Promise<boolean | undefined>;
  /**
   * Asks, and hands on the answer as it comes.
   * @throws Refusal when something in it must not leave or no key is there; ClaudeError when the service fails.
   */
  ask(ask: Ask, hearing: Hearing, signal: AbortSignal): Promise<Answer>;
}

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
  notesOf(uri: string): Promise<readonly PlacedNote[]>;
  /** All that were not dismissed, those of other windows included. */
  list(): Promise<readonly ExplanationSummary[]>;
  /** Also brings back: a dismissed record that is `put` again is there again. Resolves with how many went. */
  dismiss(ids: readonly string[]): Promise<number>;
  /** A file, or a folder, has another name now. */
  renamed(from: string, to: string): Promise<void>;
  /** Tells which document's explanations have changed: come, gone, moved, or their state. */
  watch(listener: (uri: string) => void): void;
  /** Everything is on disk when it resolves. */
  flush(): Promise<void>;
}

/** What outlives a request. A handler asks for the slice that it needs. */
export interface World {
  readonly outgoing: Outgoing;
  readonly documents: Documents;
  readonly providers: Providers;
  readonly files: Files;
  readonly settings: SettingsSource;
  readonly explanations: Explanations;
  readonly ledger: Ledger;
  readonly customActions: CustomActions;
  readonly log: Log;
  /** The editor's display language as a BCP 47 tag, such as `de`. */
  readonly locale: string;
  trust(): Trust;
}

/** The world plus this request's own signal. */
export interface Context extends World {
  readonly signal: AbortSignal;
}

/** A person should read this: what happened, then what to do. Its message is shown as it is. */
export class Refusal extends Error {
  override readonly name = 'Refusal';
  readonly kind: string;
  readonly remedies: readonly Remedy[];

  /** @param kind for programs, such as `noKey` or `excluded`. */
  constructor(message: string, kind = 'refused', remedies: readonly Remedy[] = []) {
    super(message);
    this.kind = kind;
    this.remedies = remedies;
  }
}
