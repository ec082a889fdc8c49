/** Which credential a client was given: exactly one, checked as far as that goes without asking for it. */
import { misconfigured } from '../misconfigured.ts';
import { bindToOrigin } from './audience.ts';
import { secretHeader, secretProblem } from './secret.ts';
import type { CredentialSource, KeyScheme } from './source.ts';

/** Exactly one of `apiKey`, `authToken` and `credentials`. */
export interface CredentialOptions {
  /**
   * An API key, sent as `x-api-key` unless `keyScheme` says otherwise; or a function that gives it, asked before every
   * attempt of a call, and once for all calls that wait at that moment. Its signal ends when it takes too long.
   */
  readonly apiKey?: string | ((signal: AbortSignal) => string | Promise<string>);
  /** Sent as `Authorization: Bearer`. */
  readonly authToken?: string;
  /** Gives keys or tokens that end, such as `keyHelper`, `workloadIdentity`, `profile`, `credentialsFromEnvironment`. */
  readonly credentials?: CredentialSource;
  /** How keys are sent, where neither `authToken` nor a source says so. Gateways may know only one of the two ways. */
  readonly keyScheme?: KeyScheme;
  /** Milliseconds that getting a key or token from a function or source may take; 30 000 when absent. */
  readonly tokenDeadline?: number;
}

/** What a client asks with. */
export type Credential =
  | { readonly kind: 'fixed'; readonly secret: string; readonly headers: Readonly<Record<string, string>> }
  | {
      readonly kind: 'source';
      readonly source: CredentialSource;
      /** What it is called in messages, at the beginning of a sentence. */
      readonly named: string;
      readonly keyScheme: KeyScheme | undefined;
      readonly deadline: number;
    };

const ways = ['apiKey', 'authToken', 'credentials'] as const;
const defaultDeadline = 30_000;

/**
 * @param origin The service that the client talks to: what was used for another one before is refused (S1).
 * @throws ClaudeError of kind `configuration` that names the option; no part of a key is in it.
 */
export function credentialOf(options: CredentialOptions, origin: string): Credential {
  const { apiKey, authToken, credentials, keyScheme, tokenDeadline = defaultDeadline } = options;
  checkChoice(options);
  if (authToken !== undefined) return fixed('authToken', 'token', 'bearer', authToken);
  if (typeof apiKey === 'string') return fixed('apiKey', 'API key', keyScheme ?? 'x-api-key', apiKey);
  if (credentials !== undefined) {
    if (typeof credentials.token !== 'function')
      throw misconfigured(
        'credentials',
        'The credentials have no function "token". Give one that resolves to a token.',
      );
    bindToOrigin(credentials, credentials.audience, origin);
    const deadline = checkedDeadline(credentials.deadline ?? tokenDeadline);
    return { kind: 'source', source: credentials, named: 'The source of credentials', keyScheme, deadline };
  }
  if (typeof apiKey !== 'function') throw misconfigured('apiKey', 'The API key is not text. Give text, or a function.');
  bindToOrigin(apiKey, undefined, origin);
  const source = keyFunction(apiKey, keyScheme);
  const deadline = checkedDeadline(tokenDeadline);
  return { kind: 'source', source, named: 'The function for the API key', keyScheme, deadline };
}

function checkChoice(options: CredentialOptions): void {
  const given = ways.filter((name) => options[name] !== undefined);
  const [first, second] = given;
  if (first === undefined) throw misconfigured('apiKey', 'There is no key. Give apiKey, authToken or credentials.');
  if (second !== undefined) {
    const all = given.length === 2 ? `Both ${first} and ${second} are` : `All of ${given.join(', ')} are`;
    throw misconfigured(first, `${all} given. Give only one of them.`);
  }
  const { keyScheme } = options;
  if (keyScheme !== undefined && keyScheme !== 'bearer' && (keyScheme !== 'x-api-key' || first === 'authToken'))
    throw misconfigured(
      'keyScheme',
      first === 'authToken'
        ? 'A token given as authToken is always sent as bearer token. Leave keyScheme out, or give it as apiKey.'
        : 'keyScheme is neither "x-api-key" nor "bearer". Give one of these.',
    );
}

function checkedDeadline(milliseconds: number): number {
  if (milliseconds > 0) return milliseconds;
  throw misconfigured(
    'tokenDeadline',
    'The deadline for tokens is not a number of milliseconds above 0. Give one, or Infinity for none.',
  );
}

function fixed(field: 'apiKey' | 'authToken', name: string, scheme: KeyScheme, secret: string): Credential {
  const problem = secretProblem(secret);
  if (problem !== undefined) throw misconfigured(field, `The ${name} ${problem}`);
  return { kind: 'fixed', secret, headers: secretHeader(scheme, secret) };
}

function keyFunction(
  apiKey: (signal: AbortSignal) => string | Promise<string>,
  header: KeyScheme = 'x-api-key',
): CredentialSource {
  return { token: async (signal) => ({ value: await apiKey(signal), expiresAt: 0, header, betas: [] }) };
}
