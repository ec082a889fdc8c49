/** What the demo backend answers to a request: a status and a body, or a stream of events. */
import { randomBytes } from 'node:crypto';
import { type DemoAnswer, messageOf, tokensIn } from './events.ts';
import { demoModels } from './models.ts';
import { rulesAnswer } from './rules.ts';
import type { DemoRequest, Fault, Scenario } from './scenario.ts';

export type Response =
  | {
      readonly kind: 'json';
      readonly status: number;
      readonly body: unknown;
      readonly headers?: Readonly<Record<string, string>>;
    }
  | { readonly kind: 'html'; readonly body: string }
  | { readonly kind: 'stream'; readonly answer: DemoAnswer };

export interface Circumstances {
  readonly key: string;
  readonly tooLarge: boolean;
  readonly scenario: Scenario | undefined;
}

export function answerTo(request: DemoRequest, { key, tooLarge, scenario }: Circumstances): Response {
  if (!isLoopbackHost(request.headers['host']))
    return failed({ status: 403, type: 'permission_error', message: 'Only requests to this machine are answered.' });
  if (keyOf(request) !== key)
    return failed(scenario?.error ?? { status: 401, type: 'authentication_error', message: 'invalid x-api-key' });
  if (scenario?.error !== undefined) return failed(scenario.error);
  if (scenario?.html !== undefined) return { kind: 'html', body: scenario.html };
  if (tooLarge) return failed({ status: 413, type: 'request_too_large', message: 'Request exceeds the maximum size' });
  const { method, path } = request;
  if (method === 'GET' && path === '/v1/models') return modelList();
  if (method === 'GET' && path.startsWith('/v1/models/'))
    return oneModel(decodeURIComponent(path.slice('/v1/models/'.length)));
  if (path !== '/v1/messages' && path !== '/v1/messages/count_tokens')
    return failed({ status: 404, type: 'not_found_error', message: `Not found: ${path}` });
  if (method !== 'POST') return failed({ status: 405, type: 'invalid_request_error', message: 'Method not allowed' });
  const problem = problemWith(request.body, path === '/v1/messages');
  if (problem !== undefined) return failed({ status: 400, type: 'invalid_request_error', message: problem });
  // `problemWith` has looked at what is read here.
  const body = request.body as MessagesBody;
  if (path.endsWith('count_tokens')) return { kind: 'json', status: 200, body: { input_tokens: inputTokensOf(body) } };
  const answer = answerFor(body, scenario);
  return body.stream === true ? { kind: 'stream', answer } : { kind: 'json', status: 200, body: messageOf(answer) };
}

export interface MessagesBody {
  readonly model: string;
  readonly messages: readonly { readonly role: string; readonly content: unknown }[];
  readonly system?: unknown;
  readonly tools?: unknown;
  readonly stream?: boolean;
}

function answerFor(body: MessagesBody, scenario: Scenario | undefined): DemoAnswer {
  const fixed = scenario?.text ?? (scenario?.toolUse === undefined ? undefined : []);
  return {
    id: `msg_demo_${randomBytes(8).toString('hex')}`,
    model: body.model,
    pieces: typeof fixed === 'string' ? piecesOf(fixed) : (fixed ?? piecesOf(rulesAnswer(body.messages))),
    toolUse: scenario?.toolUse,
    stopReason: scenario?.stopReason ?? (scenario?.toolUse === undefined ? 'end_turn' : 'tool_use'),
    stopDetails: scenario?.stopDetails ?? null,
    inputTokens: inputTokensOf(body),
  };
}

/** Word by word, as a model's answer comes. */
function piecesOf(text: string): readonly string[] {
  return text.match(/\s*\S+\s*$|\s*\S+/g) ?? (text === '' ? [] : [text]);
}

function inputTokensOf({ messages, system, tools }: MessagesBody): number {
  return tokensIn(JSON.stringify([messages, system ?? '', tools ?? '']));
}

function problemWith(body: unknown, needsMaxTokens: boolean): string | undefined {
  if (typeof body !== 'object' || body === null) return 'The request body is not valid JSON';
  if (!('model' in body) || typeof body.model !== 'string') return 'model: Field required';
  if (!('messages' in body) || !Array.isArray(body.messages) || body.messages.length === 0)
    return 'messages: Field required';
  if (needsMaxTokens && !('max_tokens' in body && Number.isInteger(body.max_tokens)))
    return 'max_tokens: Field required';
  const wrong = body.messages.some(
    (turn: unknown) => typeof turn !== 'object' || turn === null || !('role' in turn && 'content' in turn),
  );
  return wrong ? 'messages: each needs a role and content' : undefined;
}

function failed({ status, type, message, details, headers }: Fault): Response {
  const error = {
    type,
    message: message ?? `The demo was told to answer with status ${status}.`,
    ...(details === undefined ? {} : { details }),
  };
  return { kind: 'json', status, body: { type: 'error', error }, ...(headers === undefined ? {} : { headers }) };
}

function modelList(): Response {
  const body = {
    data: demoModels,
    has_more: false,
    first_id: demoModels[0]?.id ?? null,
    last_id: demoModels.at(-1)?.id ?? null,
  };
  return { kind: 'json', status: 200, body };
}

function oneModel(id: string): Response {
  const model = demoModels.find((each) => each.id === id);
  return model === undefined
    ? failed({ status: 404, type: 'not_found_error', message: `model: ${id}` })
    : { kind: 'json', status: 200, body: model };
}

function keyOf({ headers }: DemoRequest): string | undefined {
  const given = headers['x-api-key'] ?? headers['authorization'];
  return typeof given === 'string' ? given.replace(/^Bearer /i, '') : undefined;
}

/** A page in a browser that resolves its own name to this machine is not let in. */
function isLoopbackHost(host: unknown): boolean {
  return typeof host === 'string' && /^(127\.0\.0\.1|localhost|\[::1\])(:\d+)?$/i.test(host);
}
