/** The kinds of failure, and what to advise for each. */

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
  | 'invalid_output'
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
    'A spending limit is reached: raise it where it was set, or wait until it is reset. Trying again does not help.',
  overloaded: 'The service has too much to do at present: try again in a minute, or use another model.',
  invalid_request: 'The request has to be changed before it is sent again.',
  not_found: 'Check the name or id that was asked for, and the address of the service.',
  too_large: 'Send less: fewer or smaller files, images or earlier messages.',
  conflict: 'Something changed it at the same time: try again.',
  server: 'This is a fault of the service: try again, and report the request id if it stays.',
  unavailable: 'The service or a gateway on the way is down: try again in a minute.',
  refusal: 'The model declined: rephrase the request, or ask another model.',
  truncated: 'What had arrived is kept. Try again.',
  stalled: 'What had arrived is kept. Try again.',
  timeout: 'Try again; if it stays, check the network or allow more time.',
  connection: 'Check the network, the address of the service, and the proxy.',
  redirect: 'Nothing was sent there. Set the address of the service to its final place.',
  bad_response:
    'Check that the address is the one of a Claude API; a proxy or a sign-in page may have answered instead.',
  invalid_output: 'Ask again, or allow the model to correct itself.',
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
  'invalid_output',
]);
