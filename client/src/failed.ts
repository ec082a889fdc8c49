/** A request that failed, as it reaches a person: what happened, and what they can do about it. */
import type { Remedy } from '#shared/failure.ts';

/** A request did not work out. The message is for people. */
export class Failed extends Error {
  override readonly name = 'Failed';
  /** The server's word for it, or one of ours: `aborted`, `serverGone`, `unreadable`. */
  readonly kind: string;
  readonly remedies: readonly Remedy[];
  /** Text that had arrived before the failure, where the server still had it. */
  readonly partial: string | undefined;

  constructor(message: string, kind: string, remedies: readonly Remedy[] = [], partial?: string) {
    super(message);
    this.kind = kind;
    this.remedies = remedies;
    this.partial = partial;
  }
}

/** The person stopped it: nothing to tell. */
export function isStopped(error: unknown): boolean {
  return error instanceof Failed && error.kind === 'aborted';
}
