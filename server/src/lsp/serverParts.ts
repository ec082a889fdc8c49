/** What a server is built from: the real things by `main.ts`, or a test's. */
import type { Connection } from 'vscode-languageserver/node';
import type { Claude, ClaudeOptions } from '../claude/index.ts';
import type { Environment } from '../egress/access.ts';
import type { AskedPlace } from '../egress/ignoreFiles.ts';
import type { SearchJudge } from '../egress/searchable.ts';
import type { Cleaned, Disk, Files, Journal, JournalShelf, Log, Search, Shell } from '../ports.ts';

export interface ServerParts {
  readonly connection: Connection;
  readonly environment: Environment;
  readonly version: string;
  /** Folder for the receipts of clients that name none. */
  readonly storage: string;
  makeClaude(options: ClaudeOptions): Promise<Claude>;
  startDemo(): Promise<RunningDemo>;
  createDisk(folder: string): Disk;
  /** Below a folder of Gloss's own storage. */
  createJournal(folder: string, name: string, log: Log): Journal;
  createJournalShelf(folder: string, name: string, log: Log): JournalShelf;
  createFiles(roots: () => readonly string[]): ServerFiles;
  /** Loaded when a chat runs its first command. */
  createShell(roots: () => readonly string[]): Promise<ServerShell>;
  /** Loaded with the first chat. */
  createSearch(parts: SearchParts): Promise<Search>;
  readCertificates(file: string): Promise<string>;
}

export interface SearchParts {
  readonly files: ServerFiles;
  /** For one search. */
  judge(): SearchJudge;
  /** What the editor has open, unsaved changes included. */
  openText(uri: string): string | undefined;
  /** A whole text as it may leave. */
  clean(text: string): Promise<Cleaned>;
}

/** The demo backend while it runs. */
export interface RunningDemo {
  readonly url: string;
  readonly key: string;
  close(): Promise<void>;
}

export interface ServerShell extends Shell {
  /** Ends whatever runs, at once. */
  close(): void;
}

export interface ServerFiles extends Files {
  place(uri: string): AskedPlace | undefined;
  home(uri: string): AskedPlace | undefined;
  /** Where a `file:` URI leads in the end, also outside the folders. */
  realPath(uri: string): string | undefined;
  /** A small file of the workspace that can only withhold, or that a trusted workspace configures; undefined where there is none. */
  readConfiguration(root: string, relativePath: string): Promise<string | undefined>;
}
