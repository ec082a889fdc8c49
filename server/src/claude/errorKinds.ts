/** The kinds of failure, what to advise for each, and how the service's statuses and words map to them. */

/** What went wrong, for programs. Switch over it without `default`. */
export type ErrorKind =
  | 'authentication'
  | 'permission'
  | 'billing'
  | 'rate_limit'
  | 'spend_limit'
  | 'overloaded'
  | 'invalid_request'
  | 'not_found'
  | 'too_large'
  | 'conflict'
  | 'server'
  | 'unavailable'
  | 'refusal'
  | 'truncated'
  | 'stalled'
  | 'timeout'
  | 'connection'
  | 'redirect'
  | 'bad_response'
  | 'configuration'
  | 'aborted';

/** What a person can do, by kind: a new kind does not compile until it has its line. */
export const adviceFor: Readonly<Record<ErrorKind, string>> = {
  authentication: 'Check the API key: it may be mistyped, revoked, or meant for another address.',
  permission:
    'The key is known but not allowed to do this: ask the owner of the organization for access, or use another key.',
  billing: 'Check the payment details and the credit of the account.',
  rate_limit: 'Wait a moment, then try again.',
  spend_limit:
    'A spending limit is reached: raise it in the account, or wait until it is reset. Trying again does not help.',
  overloaded: 'The service has too much to do at present: try again in a minute, or use another model.',
  invalid_request: 'The request has to be changed before it is sent again.',
  not_found: 'Check the name or id that was asked for, and the address of the service.',
  too_large: 'Send less: fewer or smaller files, images or earlier messages.',
  conflict: 'Something changed it at the same time: try again.',
  server: 'This is a fault of the service: try again, and report the request id if it stays.',
  unavailable: 'The service or a gateway on the way is down: try again in a minute.',
  refusal: 'The model declined: rephrase the request, or ask another model.',
  truncated: 'The connection ended too early: what had arrived is kept. Try again.',
  stalled: 'Nothing more came: what had arrived is kept. Try again.',
  timeout: 'Try again; if it stays, check the network or allow more time.',
  connection: 'Check the network, the address of the service, and the proxy.',
  redirect: 'Nothing was sent there. Set the address of the service to its final place.',
  bad_response:
    'Check that the address is the one of a Claude API; a proxy or a sign-in page may have answered instead.',
  configuration: '',
  aborted: '',
};

/** Kinds that may pass by themselves. */
export const retryableKinds: ReadonlySet<ErrorKind> = new Set<ErrorKind>([
  'rate_limit',
  'overloaded',
  'server',
  'unavailable',
  'truncated',
  'stalled',
  'timeout',
  'connection',
]);

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

const kindByCode: Readonly<Record<string, ErrorKind>> = {
  enforced_spend_limit_reached: 'spend_limit',
  contract_spend_limit_reached: 'spend_limit',
  organization_on_hold: 'permission',
};

/** What to do where the service says exactly what is wrong (API reference, "Errors", codes of files). */
const codeAdvice: Readonly<Record<string, string>> = {
  file_expired: 'The time that the file was to be kept for is over: upload it again.',
  file_not_downloadable: 'Only files that a tool made can be downloaded: keep your own copy of what you upload.',
  storage_quota_exceeded: 'The storage of the organization is full: delete files that are not needed any more.',
};

/** Advice that is better than the kind's own. */
export function adviceForCode(errorCode: string | undefined): string | undefined {
  return own(codeAdvice, errorCode);
}

/** Whether a code says that something has to change before the call can succeed, whatever else the service says. */
export function isFinalCode(errorCode: string | undefined): boolean {
  return own(kindByCode, errorCode) !== undefined;
}

/** The kind for an HTTP status, refined by the service's stable code. The status wins over `error.type`. */
export function kindOfStatus(status: number, errorCode: string | undefined): ErrorKind {
  const known = own(kindByCode, errorCode) ?? own(kindByStatus, status);
  if (known !== undefined) return known;
  if (status >= 500) return 'unavailable';
  if (status >= 400) return 'invalid_request';
  return status >= 300 ? 'redirect' : 'bad_response';
}

/** The kind for an `error` event inside a stream, which carries no status. Unknown types are the service's fault. */
export function kindOfType(type: string, errorCode: string | undefined): ErrorKind {
  return own(kindByCode, errorCode) ?? own(kindByType, type) ?? 'server';
}

function own<Value>(
  table: Readonly<Record<string | number, Value>>,
  key: string | number | undefined,
): Value | undefined {
  return key !== undefined && Object.hasOwn(table, key) ? table[key] : undefined;
}
