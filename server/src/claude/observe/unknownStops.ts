/** Says when an answer ended for a reason newer than this client. */
import type { Warn } from '../log.ts';
import type { StopReason } from '../schema/message.ts';
import type { Scrub } from '../secrets.ts';
import type { Observer } from './observer.ts';

/** A new reason does not compile until it stands here. */
const known: Readonly<Record<StopReason, true>> = {
  end_turn: true,
  max_tokens: true,
  stop_sequence: true,
  tool_use: true,
  pause_turn: true,
  refusal: true,
  model_context_window_exceeded: true,
  compaction: true,
};

/** @param scrub A hostile service may repeat the key in any field. */
export function warnOfUnknownStops(warn: Warn, scrub: Scrub): Observer {
  return () => ({
    ended({ message, error }) {
      const stopReason = message?.stop_reason;
      if (error !== undefined || typeof stopReason !== 'string' || Object.hasOwn(known, stopReason)) return;
      warn({ kind: 'unknown_stop_reason', stopReason: scrub(stopReason), model: scrub(message?.model ?? '') });
    },
  });
}
