/** What the demo backend answers to a request: a status and a body, or a stream of events. */
import { randomBytes } from 'node:crypto';
import { checkedBody, type MessagesBody } from './body.ts';
import { charactersPerToken, type DemoAnswer, messageOf, tokensIn } from './events.ts';
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
  const wanted = methodOf(path);
  if (wanted === undefined) return failed({ status: 404, type: 'not_found_error', message: `Not found: ${path}` });
  if (method !== wanted) return failed({ ...notAllowed, headers: { allow: wanted } });
  if (path === '/v1/models') return modelList();
  if (path.startsWith('/v1/models/')) return oneModel(path.slice('/v1/models/'.length));
  return messagesAnswer(request, scenario);
}

const notAllowed: Fault = { status: 405, type: 'invalid_request_error', message: 'Method not allowed' };

function methodOf(path: string): string | undefined {
  if (path === '/v1/models' || path.startsWith('/v1/models/')) return 'GET';
  return path === '/v1/messages' || path === '/v1/messages/count_tokens' ? 'POST' : undefined;
}

function messagesAnswer({ path, body }: DemoRequest, scenario: Scenario | undefined): Response {
  const isCount = path !== '/v1/messages';
  const checked = checkedBody(body, isCount);
  if (typeof checked === 'string') return failed({ status: 400, type: 'invalid_request_error', message: checked });
  if (isCount) return { kind: 'json', status: 200, body: { input_tokens: inputTokensOf(checked) } };
  const answer = answerFor(checked, scenario);
  return checked.stream === true ? { kind: 'stream', answer } : { kind: 'json', status: 200, body: messageOf(answer) };
}

function answerFor(body: MessagesBody, scenario: Scenario | undefined): DemoAnswer {
  const fixed = scenario?.text ?? (scenario?.toolUse === undefined ? undefined : []);
  const own = fixed === undefined ? withinLimit(piecesOf(rulesAnswer(body.messages)), body.max_tokens) : undefined;
  const reason = scenario?.toolUse !== undefined ? 'tool_use' : own?.isCut === true ? 'max_tokens' : 'end_turn';
  return {
    id: `msg_demo_${randomBytes(8).toString('hex')}`,
    model: body.model,
    pieces: own?.pieces ?? (typeof fixed === 'string' ? piecesOf(fixed) : (fixed ?? [])),
    toolUse: scenario?.toolUse,
    stopReason: scenario?.stopReason ?? reason,
    stopDetails: scenario?.stopDetails ?? null,
    inputTokens: inputTokensOf(body),
  };
}

/** As many pieces as the request's `max_tokens` has room for. Fixed answers are not cut. */
function withinLimit(
  pieces: readonly string[],
  most = Number.POSITIVE_INFINITY,
): { readonly pieces: readonly string[]; readonly isCut: boolean } {
  let characters = 0;
  const fit = pieces.findIndex((piece) => {
    characters += piece.length;
    return Math.ceil(characters / charactersPerToken) > most;
  });
  return fit < 0 ? { pieces, isCut: false } : { pieces: pieces.slice(0, fit), isCut: true };
}

/** Word by word, as a model's answer comes. */
function piecesOf(text: string): readonly string[] {
  return text.match(/\s*\S+\s*$|\s*\S+/g) ?? (text === '' ? [] : [text]);
}

function inputTokensOf({ messages, system, tools }: MessagesBody): number {
  return tokensIn(JSON.stringify([messages, system ?? '', tools ?? '']));
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
