/** What is asked of the person, and what they answer: approvals of tool calls, and questions of the model. */

/** A value of a call as it counts, such as the path or the arguments. Plain text, shown whole (threats S17). */
export interface Fact {
  readonly name: string;
  readonly value: string;
  /** Stands for a value that Gloss sets itself and that is the same for every call, until it is unfolded. Never for words of others. */
  readonly inShort?: string;
}

/** One call that waits for leave. */
export interface ApprovalRequest {
  readonly conversation: string;
  /** `toolu_…` */
  readonly call: string;
  /** In a line: "Run npm test". */
  readonly title: string;
  readonly facts: readonly Fact[];
  /** Why it is asked, a sentence each: answers "Why was I asked?". */
  readonly because: readonly string[];
  /** An answer may be "for this session" as well; without it, only once. */
  readonly maySession: boolean;
  /** Asked before its turn begins: it belongs to no answer. */
  readonly isBefore?: true;
  /** Names this question and exactly what it shows (threats S4): an answer has to carry it. */
  readonly hash: string;
}

export type ApprovalAnswer =
  | { readonly decision: 'once' | 'session'; readonly hash: string }
  | { readonly decision: 'deny'; readonly reason?: string };

export interface Question {
  readonly conversation: string;
  readonly call: string;
  readonly text: string;
  /** Answers to choose from; the person may also write one. */
  readonly choices: readonly string[];
}

/** The person at the editor. What is asked is shown where the conversation is, and by the editor's own means. */
export interface People {
  /** @throws the signal's reason. */
  approve(request: ApprovalRequest, signal: AbortSignal): Promise<ApprovalAnswer>;
  /** Undefined when they answer nothing. @throws the signal's reason. */
  ask(question: Question, signal: AbortSignal): Promise<string | undefined>;
  /** Shows what a command writes, while it runs, where the editor has a terminal for it. */
  terminal(run: { readonly id: string; readonly title: string }): TerminalView;
}

export interface TerminalView {
  /** Aborts when the person closes it: the command is to stop. */
  readonly closed?: AbortSignal;
  write(text: string): void;
  end(note: string): void;
}
