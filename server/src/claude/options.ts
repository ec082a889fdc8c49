/** What a client is made with, checked once: bad settings fail here, not at the first request. */
import { type Clock, systemClock } from './clock.ts';
import { type Credential, type CredentialOptions, credentialOf } from './credentials/choice.ts';
import { checkedDeadlines, type Deadlines } from './deadlines.ts';
import { checkedHeaders } from './headers.ts';
import type { Gate, Priority } from './limits/gate.ts';
import type { SpendMeter } from './limits/meter.ts';
import { type LimitOptions, limitsOf } from './limits/options.ts';
import type { SpendGroup } from './limits/spending.ts';
import type { LevelLog, Warn } from './log.ts';
import { misconfigured } from './misconfigured.ts';
import type { Observer, WaitNotice } from './observe/observer.ts';
import { type ObserveOptions, observationOf } from './observe/options.ts';
import type { Report } from './observe/safely.ts';
import { checkedRetries, defaultRetries, type RetryNotice, type RetryPolicy } from './retry.ts';
import { createScrub, type LearningScrub } from './secrets.ts';
import type { ClientCertificate } from './transport/certificate.ts';
import type { Middleware } from './transport/middleware.ts';
import type { Transport } from './transport/transport.ts';

/** Everything is given explicitly: the client reads neither the environment nor files. */
export interface ClaudeOptions extends CredentialOptions, LimitOptions, ObserveOptions {
  /** `https://host[:port][/prefix]`; `http:` only to this machine. Default `https://api.anthropic.com`. */
  readonly baseURL?: string;
  /** Added to the query of each request. */
  readonly query?: Query;
  /** Whom calls are for unless they say so themselves; `interactive` when absent. */
  readonly priority?: Priority;
  /** More headers for each request. They win over the client's own, except for what frames the request. */
  readonly headers?: Readonly<Record<string, string>>;
  /** `http://[user:password@]host:port`, asked to connect through (HTTP CONNECT). */
  readonly proxy?: string;
  /** Hosts that are reached directly: `example.org` (and below), `.example.org` (only below), `host:port`, IP addresses, CIDR ranges, `*`. */
  readonly noProxy?: readonly string[];
  /** Certificates (PEM) that are trusted besides Node's. Verification cannot be switched off. */
  readonly ca?: string;
  /** Shown to the service, or to a gateway in its place, also through a proxy; never to the proxy. */
  readonly clientCertificate?: ClientCertificate;
  /** The `user-agent` of requests; `claude-client` when absent. */
  readonly userAgent?: string;
  /** What differs from the usual attempts and waits: 4 within two minutes. */
  readonly retries?: Partial<RetryPolicy>;
  /** What differs from the usual deadlines, in milliseconds. */
  readonly deadlines?: Partial<Deadlines>;
  /** What carries the requests, in place of HTTP/1.1 over undici. `proxy`, `noProxy`, `ca` and `clientCertificate` are then not used. */
  readonly transport?: Transport;
  /** Put around the transport; the first is the outermost. Every attempt of every call passes through it. */
  readonly middleware?: readonly Middleware[];
  /** Where time comes from. For tests. */
  readonly clock?: Clock;
}

/** What clients on the same connections have in common. */
const shared = [
  ...(['proxy', 'noProxy', 'ca', 'clientCertificate', 'transport', 'clock'] as const),
  ...(['maxConcurrent', 'pacing', 'spendLimit', 'meter', 'prices'] as const),
];

/**
 * Options that another client on the same connections may have of its own: all but those of which the connections are
 * made, and the limits that they keep to together.
 */
export type OptionChanges = Partial<Omit<ClaudeOptions, (typeof shared)[number]>>;

const credentialOptions = ['apiKey', 'authToken', 'credentials'] as const;

/** Whether other credentials are among the changes. */
export function changesCredentials(changes: OptionChanges): boolean {
  return credentialOptions.some((name) => changes[name] !== undefined);
}

/**
 * The options with changes in them. Other credentials take the place of all that were there; headers and query may hold
 * some as well, and stay with the address that they were given for.
 * @throws ClaudeError of kind `configuration` for what cannot be changed, and for another address without credentials.
 */
export function changedOptions(options: ClaudeOptions, changes: OptionChanges): ClaudeOptions {
  const common = shared.find((name) => name in changes);
  if (common !== undefined)
    throw misconfigured(
      common,
      `${common} is common to all clients on the same connections. Make a client of its own.`,
    );
  const isElsewhere = changes.baseURL !== undefined && originOf(changes.baseURL) !== originOf(options.baseURL);
  const { headers: _headers, query: _query, ...others } = options;
  const kept = isElsewhere ? others : options;
  if (!changesCredentials(changes)) {
    if (isElsewhere)
      throw misconfigured(
        'baseURL',
        'A key goes only where it was meant for. Give a key together with the new address.',
      );
    return { ...kept, ...changes };
  }
  const { apiKey: _key, authToken: _token, credentials: _source, keyScheme: _scheme, ...rest } = kept;
  return { ...rest, ...changes };
}

function originOf(baseURL = defaultBaseURL): string {
  return baseOf(baseURL).origin;
}

/** Parts of a query; undefined ones are left out, lists repeat the name with brackets: `ids[]=1&ids[]=2`. */
export type Query = Readonly<Record<string, string | number | boolean | undefined | readonly string[]>>;

/** What one call may have of its own. */
export interface RequestOptions {
  /** Ends the call: the socket is closed at once, and the call fails with kind `aborted`. */
  readonly signal?: AbortSignal;
  /** More headers; they win over those of the client, except for what frames the request. */
  readonly headers?: Readonly<Record<string, string>>;
  /**
   * Names for `anthropic-beta`. What the fields of a messages request need is added to them. To send exactly what you
   * want, give the header itself in `headers`.
   */
  readonly betas?: readonly string[];
  /** Added to the query. */
  readonly query?: Query;
  /** Fields that this client does not know yet, added to the body as they are. */
  readonly extra?: Readonly<Record<string, unknown>>;
  /** Interactive work goes before background work. */
  readonly priority?: Priority;
  /** Whose work it is, such as a conversation's id: where calls have to wait, owners take turns. */
  readonly owner?: string;
  /** What differs from the client's deadlines, in milliseconds. */
  readonly deadlines?: Partial<Deadlines>;
  /** What differs from the client's attempts and waits. */
  readonly retries?: Partial<RetryPolicy>;
  /** Put around the transport for this call, outside of the client's own. */
  readonly middleware?: readonly Middleware[];
  /** Told before each wait for another attempt. */
  readonly onRetry?: (notice: RetryNotice) => void;
  /** Told when the call has to wait for its turn before it is sent. */
  readonly onWait?: (notice: WaitNotice) => void;
  /** Calls whose cost is counted together, such as those of a conversation, and the limit for it. */
  readonly spend?: SpendGroup;
}

/** The options, checked and filled. */
export interface Settings {
  readonly origin: string;
  readonly host: string;
  /** Path before `/v1/…`, without a slash at its end. */
  readonly prefix: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly query: Query;
  readonly credential: Credential;
  readonly gate: Gate;
  readonly meter: SpendMeter;
  readonly observe: Observer;
  /** Told of what watchers throw. */
  readonly report: Report;
  readonly priority: Priority;
  readonly proxy: string | undefined;
  readonly noProxy: readonly string[];
  readonly ca: string | undefined;
  readonly clientCertificate: ClientCertificate | undefined;
  readonly retries: RetryPolicy;
  readonly deadlines: Partial<Deadlines>;
  readonly log: LevelLog;
  /** Says each warning once. */
  readonly warn: Warn;
  readonly clock: Clock;
  readonly scrub: LearningScrub;
}

/** API version that requests and answers follow. */
export const apiVersion = '2026-10-21';

/** Where requests go unless `baseURL` says otherwise. */
export const defaultBaseURL = 'https://api.anthropic.com';

/** @throws ClaudeError of kind `configuration` that names the setting and the fix. */
export function settingsOf(options: ClaudeOptions): Settings {
  refuseForeign(options);
  const base = baseOf(options.baseURL ?? defaultBaseURL);
  const credential = credentialOf(options, base.origin);
  const secrets = credential.kind === 'fixed' ? [credential.secret] : [];
  const { clock = systemClock, prices } = options;
  const retries = { ...defaultRetries, ...checkedRetries(options.retries) };
  const scrub = createScrub([...secrets, ...passwordsOf(options)]);
  const { gate, meter } = limitsOf(options, { clock, random: retries.random, host: base.host });
  return {
    ...observationOf(options, { clock, scrub, server: base, meter, prices }),
    gate,
    meter,
    origin: base.origin,
    host: base.host,
    prefix: base.pathname.replace(/\/+$/, '').replace(/\/v1$/, ''),
    headers: {
      'anthropic-version': apiVersion,
      'content-type': 'application/json',
      accept: 'application/json',
      ...checkedHeaders({ 'user-agent': options.userAgent ?? 'claude-client', ...options.headers }),
      'accept-encoding': 'identity',
    },
    query: options.query ?? {},
    credential,
    priority: options.priority ?? 'interactive',
    proxy: options.proxy === '' ? undefined : options.proxy,
    noProxy: options.noProxy ?? [],
    ca: options.ca === '' ? undefined : options.ca,
    clientCertificate: options.clientCertificate,
    retries,
    deadlines: checkedDeadlines(options.deadlines),
    clock,
    scrub,
  };
}

/** What options of other clients are called here. */
const foreign: Readonly<Record<string, string>> = {
  timeout: 'deadlines.total, in milliseconds',
  maxRetries: 'retries.attempts, which counts the first attempt as well',
  defaultHeaders: 'headers',
  defaultQuery: 'query',
  baseUrl: 'baseURL',
  fetch: 'transport: fetchTransport(fetch)',
  fetchOptions: 'proxy, ca and clientCertificate',
};

/** Programs without types bring them along, and would wonder why they do nothing. */
function refuseForeign(options: object): void {
  const name = Object.keys(foreign).find((each) => each in options);
  if (name !== undefined) throw misconfigured(name, `There is no option ${name}. Use ${foreign[name]}.`);
}

function baseOf(text: string): URL {
  const url = URL.canParse(text) ? new URL(text) : undefined;
  if (url === undefined)
    throw misconfigured('baseURL', 'The address of the service is not a URL. Write it like https://api.anthropic.com.');
  if (url.username !== '' || url.password !== '')
    throw misconfigured('baseURL', 'The address of the service holds a user name or password. Leave them out.');
  if (url.search !== '' || url.hash !== '')
    throw misconfigured('baseURL', 'The address of the service holds "?" or "#". Leave that part out.');
  if (url.protocol === 'http:' && !isLoopback(url.hostname))
    throw misconfigured('baseURL', `The address http://${url.host} would show the key on the way. Use https:.`);
  if (url.protocol !== 'https:' && url.protocol !== 'http:')
    throw misconfigured('baseURL', `The address of the service starts with ${url.protocol}. Use https:.`);
  return url;
}

/** Whether a host name of a URL means this machine. The URL parser has normalised numbers by then. */
function isLoopback(hostname: string): boolean {
  return hostname === 'localhost' || hostname === '[::1]' || /^127\.\d+\.\d+\.\d+$/.test(hostname);
}

function passwordsOf({ proxy, headers, query, clientCertificate }: ClaudeOptions): readonly string[] {
  const url = proxy !== undefined && URL.canParse(proxy) ? new URL(proxy) : undefined;
  const given = [...Object.entries(headers ?? {}), ...Object.entries(query ?? {})];
  const sensitive = given.filter(([name]) => /auth|key|token|secret|cookie/i.test(name));
  return [
    ...(url === undefined ? [] : [url.password, safeDecode(url.password)]),
    clientCertificate?.passphrase ?? '',
    ...sensitive.map(([, value]) => String(value).replace(/^\w+ /, '')),
  ];
}

function safeDecode(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    // A stray percent sign: there is no other form of it to hide.
    return text;
  }
}
