/** The state that a status bar shows, worked out from the access, what runs, and how the last request ended. */
import type { Status } from '#shared/status.ts';
import type { Access } from '../egress/access.ts';
import type { ServiceFailure } from '../egress/outgoing.ts';
import { Refusal } from '../ports.ts';

export interface StatusFacts {
  /** Undefined while it is not known, a Refusal when the settings are not usable. */
  readonly access: Access | Refusal | undefined;
  readonly running: number;
  /** Undefined when the last request was answered, or failed for a reason of ours. */
  readonly lastFailure: ServiceFailure | undefined;
}

const limits: ReadonlySet<string> = new Set(['rate_limit', 'spend_limit', 'overloaded']);
/** Errors of one question, not of the connection: the next question may well work. */
const passing: ReadonlySet<string> = new Set(['aborted', 'refusal', 'truncated', 'invalid_request', 'too_large']);

export function statusOf({ access, running, lastFailure }: StatusFacts): Status {
  if (access instanceof Refusal) return { state: 'error', demo: false, host: '', detail: access.message };
  const place = { demo: access?.demo ?? false, host: access?.host ?? '' };
  if (running > 0) return { ...place, state: 'busy', detail: 'Waiting for an answer.' };
  if (access !== undefined && access.credential === undefined)
    return { ...place, state: 'signedOut', detail: `No API key for ${access.host}. Set one, or start the demo.` };
  if (lastFailure !== undefined && !passing.has(lastFailure.kind))
    return { ...place, state: limits.has(lastFailure.kind) ? 'limited' : 'error', detail: lastFailure.message };
  return {
    ...place,
    state: 'ready',
    detail: place.demo ? 'Demo backend: no model is running.' : `Connected to ${place.host}.`,
  };
}
