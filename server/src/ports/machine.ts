/** What tools need of the machine: searching the workspace's files, and running a command. */

/** Searches files of the workspace folders: bounded, without a shell, never through links that lead outside (threats S16, S41). */
export interface Search {
  /**
   * Paths of files, as `file:` URIs, that match a glob; ignored and excluded files are not among them. @throws Refusal
   * for a glob that is none.
   */
  files(question: GlobQuestion, signal: AbortSignal): Promise<FoundFiles>;
  /**
   * Lines that match as they stand and as they may leave: a search finds out nothing of a secret. Binary and very large
   * files are passed over. @throws Refusal for a pattern that is none.
   */
  text(question: TextQuestion, signal: AbortSignal): Promise<FoundText>;
  /** Names in a folder, folders with a `/` at the end, sorted; excluded ones are not among them. @throws Refusal when it is none, or outside. */
  folder(uri: string, signal: AbortSignal): Promise<{ readonly names: readonly string[]; readonly more: number }>;
}

export interface GlobQuestion {
  /** Such as `src/**\/*.ts`, below each workspace folder. */
  readonly glob: string;
  /** URI: only below this folder. */
  readonly below?: string;
  readonly most: number;
}

export interface FoundFiles {
  readonly uris: readonly string[];
  /** There are more, or not all was looked at. */
  readonly isCut: boolean;
}

export interface TextQuestion {
  readonly pattern: string;
  readonly isRegex: boolean;
  readonly isCaseSensitive: boolean;
  readonly glob?: string;
  /** URI: only below this folder, or in this file. */
  readonly below?: string;
  /** Lines before and after each. */
  readonly around: number;
  /** Matches. */
  readonly most: number;
}

export interface FoundText {
  /** File by file, in the order of the lines. */
  readonly matches: readonly TextMatch[];
  /** There are more, or not all was looked at. */
  readonly isCut: boolean;
  /** What was replaced in the lines, as they may leave. */
  readonly replaced: readonly string[];
  /** Why not all was looked at, a sentence. */
  readonly problem?: string;
}

export interface TextMatch {
  readonly uri: string;
  /** Zero-based. */
  readonly line: number;
  /** Whole lines of the file, `line` among them, as they may leave; very long ones are cut. */
  readonly lines: readonly string[];
  /** Zero-based number of the first of `lines`. */
  readonly firstLine: number;
}

/** The one way to start a program. */
export interface Shell {
  /**
   * What a command line would really do: program and arguments without a shell where it is that simple, else the whole
   * text for the system's shell. Starts nothing.
   * @param cwd a folder inside the workspace, as a `file:` URI.
   * @throws Refusal for what cannot be run: an empty line, NUL, a program inside the workspace found by its bare name.
   */
  plan(line: string, cwd: string): Promise<CommandPlan>;
  /** Runs exactly the plan. The whole process group is ended by the signal and at the deadline. */
  run(plan: CommandPlan, options: RunOptions): Promise<CommandResult>;
}

export interface CommandPlan {
  /** As the model wrote it. */
  readonly line: string;
  /** Absolute path of the program and its arguments; of the shell, when `isShell`. */
  readonly argv: readonly string[];
  readonly isShell: boolean;
  /** Path by which the program was found: it sees it as its own name, and some programs go by that. */
  readonly calledAs: string;
  /** Absolute, links resolved. */
  readonly cwd: string;
  /** Names of the variables that it gets of the person's environment, sorted. */
  readonly environment: readonly string[];
  /** Names of those that every command gets, with values of Gloss, sorted. */
  readonly alwaysSet: readonly string[];
  /** Of a line that names Git: what the repository around sets that may start programs. */
  readonly gitSettings: readonly string[];
}

export interface RunOptions {
  readonly signal: AbortSignal;
  /** Milliseconds. */
  readonly deadline: number;
  /** Standard output and error as they come, control sequences taken out (threats S19). */
  onOutput(text: string): void;
}

export interface CommandResult {
  /** Undefined when it was ended by a signal. */
  readonly exitCode: number | undefined;
  readonly end: 'exited' | 'deadline' | 'stopped' | 'notStarted';
  /** The last megabyte, control sequences taken out. */
  readonly output: string;
  /** Characters before that which are not kept. */
  readonly dropped: number;
}
