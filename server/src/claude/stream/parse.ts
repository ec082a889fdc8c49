/** From the data of an event to the event: a glance at the frequent ones, the schemas for all others. */

import { kindOfType, meaningOf } from '../errorCodes.ts';
import { ClaudeError } from '../errors.ts';
import type { Checked, Checks } from '../schema/checks.ts';
import type { ContentBlockDeltaEvent, ErrorEvent, StreamEvent, UnknownEvent } from '../schema/events.ts';
import { loadedChecks } from '../schema/load.ts';
import type { Scrub } from '../secrets.ts';
import { isUsual } from './usual.ts';
import { keepBlock } from './verbatim.ts';

/**
 * The event; undefined for what says nothing: pings, and data that is no event of this API; `unchecked` as long as the
 * checks that it needs are not loaded.
 * @throws ClaudeError for `error` events, and of kind `bad_response` for events that do not hold what they must.
 */
export function parseEvent(name: string, data: string, scrub: Scrub): StreamEvent | 'unchecked' | undefined {
  const value = parsed(name, data);
  if (value === undefined) return undefined;
  if (isFrequentDelta(value)) return value;
  const event = isUsual(value) ? value : checkedEvent(value, scrub);
  if (event === 'unchecked') return event;
  if (event.type === 'content_block_start') keepBlock(event, data);
  return event;
}

interface Tagged {
  readonly type: string;
  readonly [field: string]: unknown;
}

const known: ReadonlySet<string> = new Set([
  'message_start',
  'content_block_start',
  'content_block_delta',
  'content_block_stop',
  'message_delta',
  'message_stop',
  'error',
]);

function parsed(name: string, data: string): Tagged | undefined {
  if (name === 'ping') return undefined;
  try {
    const value: unknown = JSON.parse(data);
    if (isTagged(value)) return value.type === 'ping' ? undefined : value;
  } catch {
    // Said below: only events of this API have to be JSON. Others, such as `[DONE]`, come from gateways.
  }
  if (known.has(name)) throw broken(name, 'its data is not a JSON object with a type');
  return undefined;
}

function isTagged(value: unknown): value is Tagged {
  return typeof value === 'object' && value !== null && 'type' in value && typeof value.type === 'string';
}

/** The deltas that make up nearly all of a stream, without a schema: those whose fields are right pass. */
function isFrequentDelta(value: Tagged): value is Tagged & ContentBlockDeltaEvent {
  if (value.type !== 'content_block_delta') return false;
  const { index, delta } = value as { index?: unknown; delta?: unknown }; // Just to read them: any value may be there.
  if (typeof index !== 'number' || !Number.isInteger(index) || index < 0 || !isTagged(delta)) return false;
  switch (delta.type) {
    case 'text_delta':
      return typeof delta['text'] === 'string';
    case 'input_json_delta':
      return typeof delta['partial_json'] === 'string';
    case 'thinking_delta':
      return typeof delta['thinking'] === 'string';
    default:
      return false;
  }
}

function checkedEvent(value: Tagged, scrub: Scrub): StreamEvent | 'unchecked' {
  const checks = loadedChecks();
  if (checks === undefined && known.has(value.type) && value.type !== 'message_stop') return 'unchecked';
  return checks === undefined ? unknownOr(value) : checkedBy(checks, value, scrub);
}

/** An event that has nothing to be checked. */
function unknownOr(value: Tagged): StreamEvent {
  // Its type is a string that is none of ours, or `message_stop`, which has no other field: that is all there is to it.
  return value as unknown as UnknownEvent;
}

function checkedBy(checks: Checks, value: Tagged, scrub: Scrub): StreamEvent {
  switch (value.type) {
    case 'message_start':
      return fitting(value.type, checks.message_start(value));
    case 'content_block_start':
      return fitting(value.type, checks.content_block_start(value));
    case 'content_block_delta':
      return fitting(value.type, checks.content_block_delta(value));
    case 'content_block_stop':
      return fitting(value.type, checks.content_block_stop(value));
    case 'message_delta':
      return fitting(value.type, checks.message_delta(value));
    case 'error':
      throw errorOf(fitting(value.type, checks.error(value)), scrub);
    default:
      return unknownOr(value);
  }
}

function fitting<Event>(type: string, checked: Checked<Event>): Event {
  if ('value' in checked) return checked.value;
  throw broken(type, checked.problem);
}

function broken(type: string, problem: string): ClaudeError {
  return new ClaudeError('bad_response', `The stream holds a ${type} event that cannot be read: ${problem}.`, {
    stage: 'body',
  });
}

function errorOf({ error, request_id: requestId }: ErrorEvent, scrub: Scrub): ClaudeError {
  const code = error.details?.error_code ?? undefined;
  const errorCode = code === undefined ? undefined : scrub(code);
  const errorType = scrub(error.type);
  const said = typeof error.message === 'string' ? `${errorType}: ${scrub(error.message)}` : errorType;
  const what = `The service broke off the answer (${said}).`;
  return new ClaudeError(kindOfType(error.type, errorCode), what, {
    stage: 'body',
    errorType,
    errorCode,
    advice: meaningOf(errorCode)?.advice,
    requestId: requestId === null || requestId === undefined ? undefined : scrub(requestId),
  });
}
