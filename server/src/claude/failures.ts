/** From what the connection and the service say to the error that people read. */
import type { Clock } from './clock.ts';
import type { DeadlineName, Deadlines } from './deadlines.ts';
import { kindOfStatus, meaningOf } from './errorCodes.ts';
import { ClaudeError, type ErrorDetails, type Stage } from './errors.ts';
import { modelHint } from './models/names.ts';
import { rateLimitsOf } from './rateLimits.ts';
import { retryAfterOf } from './retry.ts';
import type { Checks } from './schema/checks.ts';
import { type Scrub, safeCause } from './secrets.ts';
import type { HttpResponse, TransportFailure } from './transport/transport.ts';

/** Whom a call talks to. */
export interface Peer {
  readonly origin: string;
  readonly host: string;
  readonly scrub: Scrub;
  readonly clock: Clock;
}

/** What the headers of an answer say about it, for errors. */
function detailsOf({ status, headers }: HttpResponse, { host, clock, scrub }: Peer): ErrorDetails {
  const shouldRetry = headers['x-should-retry'];
  return {
    status,
    host,
    stage: 'headers',
    requestId: scrubbed(headers['request-id'], { scrub }),
    retryAfter: retryAfterOf(headers, clock),
    shouldRetry: shouldRetry === 'true' ? true : shouldRetry === 'false' ? false : undefined,
    rateLimits: rateLimitsOf(headers),
  };
}

/** An answer that is neither a success nor a redirect. `text` is the beginning of its body. */
export function statusError(
  response: HttpResponse,
  text: string,
  { checks, peer, model }: { readonly checks: Checks; readonly peer: Peer; readonly model: string | undefined },
): ClaudeError {
  const { status } = response;
  const body = errorBodyOf(text, checks);
  const details = detailsOf(response, peer);
  const errorCode = scrubbed(body?.error.details?.error_code, peer);
  const errorType = scrubbed(body?.error.type, peer);
  const said = [errorType, scrubbed(body?.error.message, peer)].filter((part) => part !== undefined);
  const what =
    said.length === 0
      ? `${peer.host} answered ${status} without saying why (${contentTypeOf(response, peer)}).`
      : `${peer.host} answered ${status} (${said.join(': ')}).`;
  const requestId = details.requestId ?? scrubbed(body?.request_id, peer);
  const isModelMissing = status === 404 && errorType === 'not_found_error' && errorCode === undefined;
  const hint = isModelMissing && model !== undefined ? modelHint(model) : undefined;
  return new ClaudeError(kindOfStatus(status, errorCode), hint === undefined ? what : `${what} ${hint}`, {
    ...{ ...details, requestId, errorType, errorCode },
    ...detailsOfCode(errorCode, body?.error.details?.['appeal_url'], peer),
    ...(hint !== undefined && { field: 'model' }),
  });
}

/** What a code adds, and takes away: the service's own wish to be asked again does not help where it is final. */
function detailsOfCode(code: string | undefined, appeal: unknown, { scrub }: Peer): ErrorDetails {
  const meaning = meaningOf(code);
  const appealUrl = typeof appeal === 'string' && isHttps(appeal) ? scrub(appeal) : undefined;
  const advice = appealUrl === undefined ? meaning?.advice : `${meaning?.advice ?? ''} Appeal at ${appealUrl}`.trim();
  return { advice, appealUrl, ...(meaning?.isFinal === true && { shouldRetry: false }) };
}

const longestUrl = 2_000;

function isHttps(url: string): boolean {
  return url.length <= longestUrl && URL.canParse(url) && new URL(url).protocol === 'https:' && !/\s/.test(url);
}

function scrubbed(text: string | null | undefined, { scrub }: Pick<Peer, 'scrub'>): string | undefined {
  return text === null || text === undefined ? undefined : scrub(text);
}

function errorBodyOf(text: string, checks: Checks) {
  try {
    const checked = checks.errorBody(JSON.parse(text));
    return 'value' in checked ? checked.value : undefined;
  } catch {
    // Proxies answer in HTML: then the status is all there is.
    return undefined;
  }
}

/** A redirect is an error: the key and the request would go somewhere else. */
export function redirectError(response: HttpResponse, peer: Peer): ClaudeError {
  const location = response.headers['location'];
  const target =
    location !== undefined && URL.canParse(location, peer.origin) ? new URL(location, peer.origin) : undefined;
  const where = target === undefined ? 'somewhere else' : peer.scrub(target.host);
  const what = `${peer.host} redirects to ${where} (HTTP ${response.status}).`;
  return new ClaudeError('redirect', what, {
    ...detailsOf(response, peer),
    ...(target !== undefined && { host: peer.scrub(target.host) }),
  });
}

/** An answer that is none of this API's. @param problem The end of the sentence "The answer of … ". */
export function badResponse(response: HttpResponse, problem: string, peer: Peer): ClaudeError {
  const what = `The answer of ${peer.host} (HTTP ${response.status}, ${contentTypeOf(response, peer)}) ${problem}.`;
  return new ClaudeError('bad_response', what, { ...detailsOf(response, peer), stage: 'body' });
}

/** An answer that ended before its end. @param problem What is missing, as the end of a sentence. */
export function truncatedError(response: HttpResponse, problem: string, peer: Peer): ClaudeError {
  const { status, requestId } = detailsOf(response, peer);
  const what = `The answer of ${peer.host} (HTTP ${status}, ${contentTypeOf(response, peer)}) broke off: ${problem}.`;
  return new ClaudeError('truncated', what, { stage: 'body', host: peer.host, status, requestId });
}

function contentTypeOf({ headers }: HttpResponse, { scrub }: Peer): string {
  const type = headers['content-type'];
  return type === undefined || type === '' ? 'no content type' : scrub(type);
}

const stageNames: Readonly<Record<Stage, string>> = {
  settings: 'reading the settings',
  queue: 'waiting for its turn',
  credentials: 'getting the credentials',
  dns: 'looking up its name',
  connect: 'connecting',
  proxy: 'connecting to the proxy',
  tls: 'setting up the encrypted connection',
  request: 'sending the request',
  headers: 'waiting for the answer',
  body: 'reading the answer',
};

/** The parser's words for what is no HTTP. */
function isMalformed(code: string): boolean {
  return code.startsWith('HPE_') || code === 'HTTPParserError' || code === 'UND_ERR_HEADERS_OVERFLOW';
}

/** The connection was not made, or broke. */
export function connectionError(failure: TransportFailure, { host, scrub }: Peer): ClaudeError {
  const { stage, code } = failure;
  const peerHost = failure.host ?? host;
  const details = { stage, host: peerHost, cause: safeCause(failure, scrub) };
  const said = scrub(plainWords(failure.message));
  const where = `${peerHost} (${said.includes(code) ? said : `${code}: ${said}`})`;
  if (stage !== 'proxy' && isMalformed(code))
    return new ClaudeError('bad_response', `What came from ${where} is not HTTP as it should be.`, details);
  if (/_ALERT_.*(CERTIFICATE|UNKNOWN_CA|ACCESS_DENIED)/.test(code))
    return new ClaudeError('connection', `${where} asks for a client certificate, or does not accept the one shown.`, {
      ...details,
      shouldRetry: false,
    });
  if (stage === 'body')
    return new ClaudeError('truncated', `The answer broke off: the connection to ${where} ended before it.`, details);
  if (stage === 'tls' && isCertificateCode(code))
    return new ClaudeError('connection', `The certificate of ${where} cannot be trusted: nothing was sent.`, {
      ...details,
      shouldRetry: false,
    });
  return new ClaudeError('connection', `The connection to ${where} failed while ${stageNames[stage]}.`, details);
}

/** OpenSSL's errors without addresses in memory and places in its source. */
function plainWords(message: string): string {
  return /\berror:[0-9A-F]+:[^:]*:[^:]*:([^:]+)/i.exec(message)?.[1] ?? message;
}

/** What is wrong with a certificate does not pass by itself. */
function isCertificateCode(code: string): boolean {
  return /CERT|SIGNATURE|UNABLE_TO|ISSUER|CRL|HOSTNAME_MISMATCH|INVALID_CA|INVALID_PURPOSE|PATH_LENGTH/.test(code);
}

/** A failure after which the call cannot be tried again, because its body could be read only once. */
export function finalError(error: unknown): unknown {
  if (!(error instanceof ClaudeError) || !error.retryable) return error;
  const why = 'It was not tried again, because the body of the request could be read only once.';
  return error.restated((what) => `${what} ${why}`, { shouldRetry: false });
}

const beforeItWasSent = ['settings', 'queue', 'credentials', 'dns', 'connect', 'proxy', 'tls', 'request'] as const;
const before: ReadonlySet<Stage | undefined> = new Set<Stage | undefined>(beforeItWasSent);

/** Whether a request that failed so was surely not acted upon: it did not arrive whole, or was turned away. */
export function wasNotTaken(error: unknown): boolean {
  if (!(error instanceof ClaudeError)) return false;
  if (error.shouldRetry === true) return true;
  const { status } = error;
  if (status !== undefined) return status === 529 || (status >= 300 && status <= 429);
  return before.has(error.stage);
}

/** A deadline passed. @param stage How far the attempt had got. */
export function deadlineError(name: DeadlineName, limits: Deadlines, stage: Stage, { host }: Peer): ClaudeError {
  const seconds = `${Math.round(limits[name] / 100) / 10} s`;
  switch (name) {
    case 'connect':
      return new ClaudeError('timeout', `No connection to ${host} within ${seconds}, while ${stageNames[stage]}.`, {
        stage,
        host,
      });
    case 'headers':
      return new ClaudeError('timeout', `${host} did not begin to answer within ${seconds}.`, {
        stage: 'headers',
        host,
      });
    case 'idle':
      if (stage === 'request')
        return new ClaudeError('stalled', `The request stopped: ${host} took no more of it for ${seconds}.`, {
          stage,
          host,
        });
      return new ClaudeError('stalled', `The answer stopped: nothing came from ${host} for ${seconds}.`, {
        stage: 'body',
        host,
      });
    case 'progress':
      return new ClaudeError('stalled', `The answer stopped: ${host} only kept the connection open for ${seconds}.`, {
        stage: 'body',
        host,
      });
    case 'total':
      return new ClaudeError('timeout', `The call to ${host} took longer than ${seconds} in all${queued(stage)}.`, {
        stage,
        host,
      });
  }
}

/** What no network is to blame for. */
function queued(stage: Stage): string {
  return stage === 'queue' ? ', and was waiting for its turn: see the limits of the client and of the service' : '';
}

/** The call was stopped from this side. */
export function abortedError(reason: unknown): ClaudeError {
  return new ClaudeError('aborted', 'The call was stopped.', { cause: reason });
}
