/** What the demo backend is told to do instead of answering from its rules: fixed answers and faults, for tests and benchmarks. */

export interface Scenario {
  /** The answer, whole or as the pieces that are streamed. Without it the demo's own rules answer. */
  readonly text?: string | readonly string[];
  /** The answer as several blocks of text, with what they cite; it may depend on the request's messages. */
  readonly texts?: readonly ScriptedText[] | ((messages: readonly unknown[]) => readonly ScriptedText[]);
  /** A tool call after the text. */
  readonly toolUse?: { readonly name: string; readonly input: unknown };
  /** Further tool calls, in their order. */
  readonly toolUses?: readonly ScriptedCall[];
  /** Characters of a tool's input in one piece; 20 when absent. */
  readonly pieceSize?: number;
  /** Milliseconds between pieces, of text and of tools' inputs; the demo's own when absent. */
  readonly delay?: number;
  /** The second piece waits for this. */
  readonly hold?: Promise<void>;
  /** No answer, but this error. */
  readonly error?: Fault;
  /** No answer, but a page of HTML with status 200. */
  readonly html?: string;
  readonly stopReason?: string;
  readonly stopDetails?: Readonly<Record<string, unknown>>;
  /** The socket is destroyed after so many events. */
  readonly cutAfter?: number;
  /** Nothing more comes after so many events; the socket stays open. */
  readonly stallAfter?: number;
  /** An `error` event comes after so many events. */
  readonly errorAfter?: number;
  /** Of `errorAfter`; `overloaded_error` when absent. */
  readonly errorType?: string;
  readonly errorMessage?: string;
  /** What the requests after the first one meet. */
  readonly afterwards?: Scenario;
}

export interface ScriptedText {
  readonly text: string | readonly string[];
  /** As they are sent, whatever they are. */
  readonly citations?: readonly unknown[];
}

export interface ScriptedCall {
  readonly name: string;
  readonly input?: unknown;
  /** What is streamed as the input, character by character: it may break off or be no JSON at all. */
  readonly json?: string;
}

export interface Fault {
  readonly status: number;
  /** `error.type` of the body. */
  readonly type: string;
  readonly message?: string;
  /** `error.details`, with `error_code` for spend caps and the like. */
  readonly details?: Readonly<Record<string, unknown>>;
  readonly headers?: Readonly<Record<string, string>>;
}

/** A request as the demo backend saw it. */
export interface DemoRequest {
  readonly method: string;
  readonly path: string;
  /** What follows the path, without the question mark. */
  readonly query: string;
  /** Names in lower case. */
  readonly headers: Readonly<Record<string, string | readonly string[] | undefined>>;
  /** Parsed JSON, or the text where it is none; of a form, what is in it: names, types and sizes. */
  readonly body: unknown;
  /** The client went away before the answer was complete. */
  aborted: boolean;
}
