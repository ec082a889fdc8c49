/** Decides where requests go and with which key: a pure function of what the editor and the environment say. */
import type { Connection } from '#shared/connection.ts';
import { Refusal } from '../ports.ts';

/** What the environment held when the process started; values trimmed, empty ones absent. */
export interface Environment {
  readonly apiKey?: string;
  readonly authToken?: string;
  readonly baseUrl?: string;
  readonly proxy?: string;
  readonly noProxy?: string;
  readonly caFile?: string;
}

export interface Credential {
  readonly kind: 'apiKey' | 'authToken';
  readonly value: string;
  readonly source: CredentialSource;
}

export type CredentialSource = 'editor' | 'ANTHROPIC_API_KEY' | 'ANTHROPIC_AUTH_TOKEN' | 'demo';

/** Endpoint and key that belong together. */
export interface Access {
  readonly baseUrl: string;
  readonly origin: string;
  readonly host: string;
  readonly credential: Credential | undefined;
  readonly proxy: string | undefined;
  readonly noProxy: readonly string[];
  readonly caFile: string | undefined;
  readonly headers: Readonly<Record<string, string>>;
  readonly trusted: boolean;
  readonly demo: boolean;
}

export const defaultBaseUrl = 'https://api.anthropic.com';
const longestKey = 4_096;
/** Keys of the demo backend look like this; no other service gives such keys out. */
const demoKeyStart = 'gloss-demo-';
const loopback: ReadonlySet<string> = new Set(['localhost', '127.0.0.1', '[::1]']);

/**
 * The access that a connection gives. A key goes only to the origin it was meant for (threats S1).
 * @throws Refusal when the endpoint is not one that a key may be sent to.
 */
export function accessFor(connection: Connection, environment: Environment): Access {
  const url = endpointOf(connection.baseUrl);
  const credential = credentialFor(url.origin, connection, environment);
  if (credential !== undefined && credential.value.length > longestKey)
    throw new Refusal('The API key is far too long to be one. Set it again.', 'configuration', ['setKey']);
  return {
    baseUrl: url.href.replace(/\/+$/, ''),
    origin: url.origin,
    host: url.host,
    credential,
    proxy: connection.proxy ?? environment.proxy,
    noProxy: [...loopback, ...(connection.noProxy ?? splitList(environment.noProxy))],
    caFile: connection.caFile ?? environment.caFile,
    headers: connection.headers,
    trusted: connection.trusted,
    demo: loopback.has(url.hostname) && credential?.value.startsWith(demoKeyStart) === true,
  };
}

/** What may be told of the key in the environment: where it is meant to go. */
export interface EnvironmentKey {
  readonly origin: string;
  readonly baseUrl: string;
  readonly kind: 'apiKey' | 'authToken';
}

export function environmentKey(environment: Environment): EnvironmentKey | undefined {
  if (environment.apiKey === undefined && environment.authToken === undefined) return undefined;
  const kind = environment.apiKey === undefined ? 'authToken' : 'apiKey';
  return { origin: environmentOrigin(environment), baseUrl: environment.baseUrl ?? defaultBaseUrl, kind };
}

/** The endpoint as a URL. @throws Refusal naming what is wrong with it. */
export function endpointOf(baseUrl: string): URL {
  const url = URL.canParse(baseUrl) ? new URL(baseUrl) : undefined;
  if (url === undefined) throw badEndpoint('is not a URL. Write it like https://api.anthropic.com.');
  if (url.username !== '' || url.password !== '') throw badEndpoint('holds a user name or password. Leave them out.');
  if (url.search !== '' || url.hash !== '') throw badEndpoint('holds "?" or "#". Leave that part out.');
  if (url.protocol === 'https:' || (url.protocol === 'http:' && loopback.has(url.hostname))) return url;
  if (url.protocol === 'http:') throw badEndpoint('uses http:, which would show the key on the way. Use https:.');
  throw badEndpoint('does not start with https://.');
}

function badEndpoint(problem: string): Refusal {
  return new Refusal(`The endpoint in the settings ${problem}`, 'configuration', ['openSettings', 'checkConnection']);
}

function credentialFor(origin: string, connection: Connection, environment: Environment): Credential | undefined {
  if (connection.credential !== undefined) return { ...connection.credential, source: 'editor' };
  if (environmentOrigin(environment) !== origin && !connection.environmentKeyAllowed) return undefined;
  if (environment.apiKey !== undefined)
    return { kind: 'apiKey', value: environment.apiKey, source: 'ANTHROPIC_API_KEY' };
  if (environment.authToken !== undefined)
    return { kind: 'authToken', value: environment.authToken, source: 'ANTHROPIC_AUTH_TOKEN' };
  return undefined;
}

function environmentOrigin(environment: Environment): string {
  const baseUrl = environment.baseUrl ?? defaultBaseUrl;
  // A broken ANTHROPIC_BASE_URL is an origin of its own: its key goes nowhere without being asked about.
  return URL.canParse(baseUrl) ? new URL(baseUrl).origin : baseUrl;
}

function splitList(list: string | undefined): readonly string[] {
  return (list ?? '')
    .split(',')
    .map((entry) => entry.trim())
    .filter((entry) => entry !== '');
}
