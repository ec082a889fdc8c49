/** The token endpoint: what proves who asks is exchanged for an access token (API reference, "Credentials and precedence"). */
import { kindOfStatus } from '../errorCodes.ts';
import { ClaudeError } from '../errors.ts';
import { badResponse, connectionError, redirectError } from '../failures.ts';
import { betaHeader } from '../headers.ts';
import { retryAfterOf } from '../retry.ts';
import { hideTokens } from '../secrets.ts';
import { type ByteSource, type HttpRequest, type HttpResponse, TransportFailure } from '../transport/transport.ts';
import type { TokenContext } from './source.ts';

/** What is given for a token. */
export interface Grant {
  readonly body: Readonly<Record<string, string>>;
  /** The part of the body that is a secret. */
  readonly secret: string;
  readonly betas: readonly string[];
  /** What to check when the service says that this does not prove who asks. */
  readonly hint: string;
}

/** What is got for it. */
export interface Issued {
  readonly accessToken: string;
  /** Milliseconds since 1970. */
  readonly expiresAt: number;
  readonly refreshToken: string | undefined;
}

const longestAnswer = 1_048_576;

/** @throws ClaudeError; nothing of the grant, the token, or other parts of the answer is in it. */
export async function exchange(grant: Grant, signal: AbortSignal, context: TokenContext): Promise<Issued> {
  context.scrub.learn(grant.secret);
  const askedAt = context.clock.wall();
  const { response, text } = await answerTo(grant, signal, context);
  const { status } = response;
  if (status >= 300 && status < 400) throw redirectError(response, context);
  if (status < 200 || status >= 300) throw refusal(response, text, grant.hint, context);
  if (text === undefined) throw badResponse(response, 'is longer than 1 MB', context);
  return issuedOf(response, text, askedAt, context);
}

interface Answer {
  readonly response: HttpResponse;
  /** Undefined when it is too long. */
  readonly text: string | undefined;
}

async function answerTo({ body, betas }: Grant, signal: AbortSignal, context: TokenContext): Promise<Answer> {
  signal.throwIfAborted();
  const sent = context.transport.send(requestOf(body, betas, context), () => {});
  const onAbort = (): void => sent.destroy();
  signal.addEventListener('abort', onAbort, { once: true });
  try {
    const response = await sent.response;
    return { response, text: await readText(response.body) };
  } catch (error) {
    signal.throwIfAborted();
    throw error instanceof TransportFailure ? connectionError(error, context) : error;
  } finally {
    signal.removeEventListener('abort', onAbort);
    sent.destroy();
  }
}

function requestOf(body: Grant['body'], betas: readonly string[], context: TokenContext): HttpRequest {
  const headers = {
    'content-type': 'application/json',
    accept: 'application/json',
    'accept-encoding': 'identity',
    'user-agent': context.userAgent,
    ...betaHeader(betas),
  };
  const path = `${context.prefix}/v1/oauth/token`;
  return { method: 'POST', origin: context.origin, path, headers, body: Buffer.from(JSON.stringify(body)) };
}

async function readText(body: ByteSource): Promise<string | undefined> {
  const chunks: Uint8Array[] = [];
  let length = 0;
  while (length <= longestAnswer) {
    const chunk = body.take();
    if (chunk === undefined && body.ended) return Buffer.concat(chunks).toString();
    if (chunk === undefined) await new Promise<void>((resolve) => body.wait(resolve));
    else chunks.push(chunk);
    length += chunk?.length ?? 0;
  }
  return undefined;
}

/** The service gave none. Of its answer only what the standard knows is shown: the rest may be what was sent. */
function refusal(response: HttpResponse, text: string | undefined, hint: string, context: TokenContext): ClaudeError {
  const { status, headers } = response;
  const { host, clock, scrub } = context;
  const said = wordsOf(text ?? '').map((word) => hideTokens(scrub(word)));
  const mayPass = status === 408 || status === 429 || status >= 500;
  const why = said.length === 0 ? '' : `, ${said.join(': ')}`;
  const what = `${host} gave no token (HTTP ${status}${why}).${mayPass ? '' : ` ${hint}`}`;
  const id = headers['request-id'];
  return new ClaudeError(mayPass ? kindOfStatus(status, undefined) : 'authentication', what, {
    status,
    host,
    stage: 'credentials',
    requestId: id === undefined ? undefined : scrub(id),
    retryAfter: retryAfterOf(headers, clock),
  });
}

function wordsOf(text: string): readonly string[] {
  const body = recordOf(text) ?? {};
  // The API's own errors have an object where the standard has a word.
  const { error } = body;
  const parts = isRecord(error)
    ? [error['type'], error['message']]
    : [error, body['error_description'], body['error_uri']];
  return parts.filter((part) => typeof part === 'string');
}

function issuedOf(response: HttpResponse, text: string, askedAt: number, context: TokenContext): Issued {
  const body = recordOf(text);
  if (body === undefined) throw badResponse(response, 'is not JSON', context);
  const { access_token: accessToken, refresh_token: refreshToken, token_type: type, expires_in: life } = body;
  for (const secret of [accessToken, refreshToken]) if (typeof secret === 'string') context.scrub.learn(secret);
  const seconds = typeof life === 'string' ? Number.parseFloat(life) : life;
  if (typeof accessToken !== 'string' || accessToken === '') throw badResponse(response, 'has no token', context);
  if (type !== undefined && String(type).toLowerCase() !== 'bearer')
    throw badResponse(response, 'has a token that is not a bearer token', context);
  if (typeof seconds !== 'number' || !(seconds > 0 && seconds < Infinity))
    throw badResponse(response, 'does not say how long its token is good', context);
  return {
    accessToken,
    expiresAt: askedAt + seconds * 1000,
    refreshToken: typeof refreshToken === 'string' && refreshToken !== '' ? refreshToken : undefined,
  };
}

function recordOf(text: string): Readonly<Record<string, unknown>> | undefined {
  try {
    const value: unknown = JSON.parse(text);
    return isRecord(value) ? value : undefined;
  } catch {
    // A proxy or a sign-in page answered: the status and the content type say it.
    return undefined;
  }
}

function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
