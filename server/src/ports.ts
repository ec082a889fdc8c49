/** What the inside needs of the outside, as interfaces only: adapters live in `lsp/`, `system/` and `egress/`, fakes in `test/harness/`. */
import type { CustomAction } from '#shared/customAction.ts';
import type { ProviderEdits } from '#shared/edits.ts';
import type { Remedy } from '#shared/failure.ts';
import type { Location } from '#shared/lookups.ts';
import type { Position, Range } from '#shared/place.ts';
import type { Problem } from '#shared/problem.ts';
import type { Settings } from '#shared/settings.ts';
import type { CodeSymbol } from '#shared/symbols.ts';
import type { Ledger } from './editing.ts';
import type { Conversations } from './ports/conversations.ts';
import type { Explanations } from './ports/explanations.ts';
import type { Search, Shell } from './ports/machine.ts';
import type { ChatOutgoing, Outgoing } from './ports/outgoing.ts';
import type { People } from './ports/people.ts';
import type { Log } from './ports/storage.ts';
import type { TextChange } from './text/spans.ts';

export type * from './ports/conversations.ts';
export type * from './ports/explanations.ts';
export type * from './ports/machine.ts';
export type * from './ports/outgoing.ts';
export type * from './ports/people.ts';
export type * from './ports/spend.ts';
export type * from './ports/storage.ts';

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
  /** URIs of those that are open; what was opened or changed last comes first. */
  recent(): readonly string[];
  /** In the document as it is now; 0 where it is not open. */
  offsetAt(uri: string, position: Position): number;
  positionAt(uri: string, offset: number): Position;
  /** Saves open documents, and tells which are saved now; absent where the editor cannot be asked. */
  save?(uris: readonly string[]): Promise<readonly string[]>;
  /** Tells of every event from now on, in the order in which the editor told of them. */
  watch(watcher: DocumentWatcher): void;
}

/** Parts of open documents as they are now: one costs by its own length, not by the document's. */
export interface LiveTexts {
  /** The text between two offsets, as far as there is one; empty where the document is not open. */
  part(uri: string, start: number, end: number): string;
}

export interface DocumentWatcher {
  opened?(snapshot: Snapshot): void;
  /** Each of `changes` is for the text that the one before it has made. */
  changed?(before: Snapshot, after: Snapshot, changes: readonly TextChange[]): void;
  closed?(snapshot: Snapshot): void;
}

/** What only the editor's own language support knows. */
export interface Providers {
  /**
   * Symbols in document order; undefined where the editor has no provider or does not answer in time.
   * @param patience `long` where nothing else waits: language support may have to start, and to open the document.
   */
  symbols(uri: string, patience?: Patience): Promise<readonly CodeSymbol[] | undefined>;
  /** Where the names at some positions are defined; undefined for what is not known, all of them where the editor cannot tell. */
  definitions(
    uri: string,
    positions: readonly Position[],
    patience?: Patience,
  ): Promise<readonly (Location | undefined)[]>;
  /** Where the name at a position is used, its definition among them; undefined where the editor cannot tell. */
  references(uri: string, position: Position): Promise<readonly Location[] | undefined>;
  /** What the editor shows of the name at a position, as plain text; undefined where it cannot tell. */
  hover(uri: string, position: Position): Promise<string | undefined>;
  /** Documents with problems, and these, of the whole workspace; undefined where the editor cannot tell. */
  allProblems(): Promise<readonly DocumentProblems[] | undefined>;
  /** The problems that the editor shows in a range; empty where it cannot tell. */
  problems(uri: string, range: Range): Promise<readonly Problem[]>;
  /** What renaming a symbol would change; undefined where the editor has no provider, or that refuses. */
  rename(uri: string, position: Position, newName: string): Promise<ProviderEdits | undefined>;
  /** What extracting a function would change, and the name that the provider gave it. */
  extract(uri: string, range: Range): Promise<{ readonly documents: ProviderEdits; readonly name: string } | undefined>;
}

export type Patience = 'short' | 'long';

export interface DocumentProblems {
  readonly uri: string;
  readonly problems: readonly Problem[];
}

/** Files of the workspace, to read. Every path passes containment after links are resolved. */
export interface Files {
  /**
   * The text of a regular file inside a workspace folder.
   * @throws Refusal when the path leaves the folders, is not a regular file, is too large, or is not text.
   */
  read(uri: string): Promise<string>;
  /**
   * The bytes of such a file, whatever they are.
   * @throws Refusal as `read` does, and when there are more than `most` bytes.
   */
  readBytes(uri: string, most: number): Promise<Uint8Array>;
  /** Names of the regular files in a folder of a workspace folder; none where there is no such folder. */
  names(root: string, folder: string): Promise<readonly string[]>;
  /** Another text whenever the file has changed; undefined where there is none inside the folders. */
  stamp(uri: string): Promise<string | undefined>;
  /** What is at a URI inside the folders; undefined where there is nothing, and outside. */
  kind(uri: string): Promise<FileKind | undefined>;
  /** The workspace folders as URIs, as the editor spells them. */
  roots(): readonly string[];
  /**
   * The workspace folder that holds the URI, and the path below it with forward slashes; undefined outside. Of nested
   * folders the outermost, so that whatever is told of the file on the way down counts.
   */
  place(uri: string): FilePlace | undefined;
  /** The same in the innermost folder: where a person sees the file, and where its own settings are. */
  home(uri: string): FilePlace | undefined;
}

/** `other`: devices, pipes, sockets. */
export type FileKind = 'file' | 'folder' | 'other';

export interface FilePlace {
  /** Absolute path of the workspace folder. */
  readonly root: string;
  /** Path below it, components joined by `/`. */
  readonly path: string;
  /** The path below it that was asked for, where links led from there. */
  readonly asked?: string;
  /** The same file has another name, which may be anywhere. */
  readonly isShared?: true;
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

/** What chats need besides. */
export interface ChatWorld extends World {
  readonly outgoing: ChatOutgoing;
  readonly conversations: Conversations;
  readonly search: Search;
  readonly shell: Shell;
  readonly people: People;
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
