/** What the service's codes, types and statuses mean (API reference, "Errors"). New codes count by their status. */
import type { ErrorKind } from './errorKinds.ts';

/** The meaning of an `error.details.error_code`, which is stable. */
export interface CodeMeaning {
  /** What it is whatever the status says. */
  readonly kind?: ErrorKind;
  /** Something has to change first: whatever else the service says, the same call is not tried again. */
  readonly isFinal?: true;
  /** What a person can do, in place of the advice for the kind. */
  readonly advice?: string;
}

const spent = { kind: 'spend_limit', isFinal: true } as const;

function final(advice: string): CodeMeaning {
  return { isFinal: true, advice };
}

function account(advice: string): CodeMeaning {
  return { kind: 'permission', isFinal: true, advice };
}

const wholeConversation = 'Send the whole conversation instead of going on with the thread.';
const key = "Ask whoever manages the organization's own encryption key";

const meanings: ReadonlyMap<string, CodeMeaning> = new Map([
  ['enforced_spend_limit_reached', spent],
  ['contract_spend_limit_reached', spent],
  ['ramp_limit_exceeded', { kind: 'rate_limit', advice: 'Use has grown too fast: spread the calls over more time.' }],
  ['organization_on_hold', account('The organization is on hold: ask its owner to turn to the service.')],
  ['organization_not_enrolled_in_beta', account('Ask the owner of the organization to have it enrolled in this beta.')],
  ['request_body_too_large_after_decoding', { kind: 'too_large', isFinal: true }],
  ['request_body_encoding_invalid', final('Send the body as it is, or compress it correctly.')],
  ['request_body_encoding_unsupported', final('Send the body as it is, without compressing it.')],
  ['available_tools_limit_exceeded', final('Offer fewer tools, or smaller ones; defer those that are rarely needed.')],
  ['tool_name_conflict', final('Give each tool a name of its own.')],
  ['tool_reference_unresolved', final('Define the tool or MCP server before it is referred to.')],
  ['image_dimensions_too_large', final('Scale the images down, or leave them out.')],
  ['compaction_unavailable', { kind: 'overloaded', advice: 'The summary could not be made just now: try again.' }],
  ['thread_not_found', final(wholeConversation)],
  ['thread_already_continued', final(`Go on from the thread's latest answer, or: ${wholeConversation}`)],
  ['thread_continue_in_flight', final(`Wait for the other request of this thread, or: ${wholeConversation}`)],
  ['thread_fingerprint_mismatch', final(`Repeat what the thread began with unchanged, or: ${wholeConversation}`)],
  ['file_expired', final('Upload the file again.')],
  ['file_not_downloadable', final('Only files that tools have made can be downloaded.')],
  ['storage_quota_exceeded', final('Delete files that are no longer needed.')],
  ['cmek_key_disabled', final(`${key} to enable it again.`)],
  ['cmek_key_network_blocked', final(`${key} to let the service reach it.`)],
  ['cmek_key_unreachable', { kind: 'unavailable', advice: `Try again in a minute. If it stays: ${key}.` }],
  ['cmek_context_unavailable', { kind: 'unavailable', advice: 'Try again in a few minutes.' }],
]);

/** Codes that share their beginning. */
const families: readonly (readonly [beginning: string, meaning: CodeMeaning])[] = [
  ['compaction_', final('Send the conversation back as it came, with its last compaction block first and unchanged.')],
  ['thread_', final(wholeConversation)],
  ['claude_code_', account('The key is bound to another program, its version or a person: use a key of your own.')],
  ['user_profile_', account('Check the user profile that the request names, and whether it may be billed.')],
  ['linked_organization_', account('The account that the request is billed to cannot pay for it: ask its owner.')],
];

/** Undefined for codes that say nothing beyond the status. */
export function meaningOf(code: string | undefined): CodeMeaning | undefined {
  if (code === undefined) return undefined;
  return meanings.get(code) ?? families.find(([beginning]) => code.startsWith(beginning))?.[1];
}

const kindByType: Readonly<Record<string, ErrorKind>> = {
  invalid_request_error: 'invalid_request',
  authentication_error: 'authentication',
  billing_error: 'billing',
  permission_error: 'permission',
  not_found_error: 'not_found',
  conflict_error: 'conflict',
  request_too_large: 'too_large',
  rate_limit_error: 'rate_limit',
  api_error: 'server',
  timeout_error: 'timeout',
  overloaded_error: 'overloaded',
};

const kindByStatus: Readonly<Record<number, ErrorKind>> = {
  401: 'authentication',
  402: 'billing',
  403: 'permission',
  404: 'not_found',
  407: 'connection',
  408: 'timeout',
  409: 'conflict',
  413: 'too_large',
  429: 'rate_limit',
  500: 'server',
  501: 'bad_response',
  504: 'timeout',
  529: 'overloaded',
};

/** The kind for an HTTP status, refined by the service's stable code. The status wins over `error.type`. */
export function kindOfStatus(status: number, errorCode: string | undefined): ErrorKind {
  const known = meaningOf(errorCode)?.kind ?? own(kindByStatus, status);
  if (known !== undefined) return known;
  if (status >= 500) return 'unavailable';
  if (status >= 400) return 'invalid_request';
  return status >= 300 ? 'redirect' : 'bad_response';
}

/** The kind for an `error` event inside a stream, which carries no status. Unknown types are the service's fault. */
export function kindOfType(type: string, errorCode: string | undefined): ErrorKind {
  return meaningOf(errorCode)?.kind ?? own(kindByType, type) ?? 'server';
}

function own<Value>(table: Readonly<Record<string | number, Value>>, key: string | number): Value | undefined {
  return Object.hasOwn(table, key) ? table[key] : undefined;
}
