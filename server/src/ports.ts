/** What the inside needs of the outside, as interfaces only: adapters live in `lsp/`, `system/` and `egress/`, fakes in `test/harness/`. */
import type { CodeSymbol } from '#shared/symbols.ts';
import type { Settings } from '#shared/settings.ts';

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
}

/** What only the editor's own language support knows. */
export interface Providers {
  /** Symbols in document order; undefined where the editor has no provider or does not answer in time. */
  symbols(uri: string, signal: AbortSignal): Promise<readonly CodeSymbol[] | undefined>;
}

/** Files of the workspace, to read. Every path passes containment after links are resolved. */
export interface Files {
  /**
   * The text of a regular file inside a workspace folder.
   * @throws Refusal when the path leaves the folders, is not a regular file, is too large, or is not text.
   */
  read(uri: string): Promise<string>;
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

/** Never the key, a prompt or a document: sizes and ids. */
export interface Log {
  debug(message: string): void;
  info(message: string): void;
  warn(message: string): void;
  error(message: string, cause?: unknown): void;
}

export interface SettingsSource {
  /** Settings for a document, workspace scopes merged by the editor. Never the connection. */
  forDocument(uri: string): Promise<Settings>;
}

/** What the editor said of the workspace's trust; `unknown` for bare editors that do not say. */
export type Trust = 'trusted' | 'restricted' | 'unknown';

/** A person should read this: what happened, then what to do. Its message is shown as it is. */
export class Refusal extends Error {
  override readonly name = 'Refusal';
}
