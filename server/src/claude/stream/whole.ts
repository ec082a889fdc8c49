/** A message in one piece, where a stream was asked for: some gateways answer so whatever they were asked for. */
import type { Call } from '../call.ts';
import { badResponse } from '../failures.ts';
import { isJson, parsedJson } from '../json.ts';
import { loadChecks } from '../schema/load.ts';
import type { Message } from '../schema/message.ts';
import { encodingOf } from '../transport/decoding.ts';
import type { HttpResponse } from '../transport/transport.ts';

export function isEventStream(response: HttpResponse): boolean {
  const type = response.headers['content-type'] ?? '';
  return /^text\/event-stream\b/i.test(type) && encodingOf(response) === undefined;
}

/** @param wanted Whether a message will do. @throws ClaudeError of kind `bad_response` for everything else. */
export async function wholeMessage(call: Call, response: HttpResponse, wanted: boolean): Promise<Message> {
  const { problem, text } = await problemOf(call, response);
  const checked = wanted && isJson(response) ? (await loadChecks()).message(parsedJson(text)) : undefined;
  if (checked !== undefined && 'value' in checked) return checked.value;
  throw badResponse(response, problem, call.peer);
}

/** What came instead of a stream, and what to say of it as the end of a sentence. */
async function problemOf(
  call: Call,
  response: HttpResponse,
): Promise<{ readonly problem: string; readonly text: string }> {
  const { scrub } = call.peer;
  const encoding = encodingOf(response);
  if (encoding !== undefined)
    return { problem: `is compressed (${scrub(encoding)}), though that was not asked for`, text: '' };
  const text = await call.text(response).catch(() => '');
  if (text === '') return { problem: 'is empty, not a stream of events', text };
  return { problem: `is not a stream of events. It begins: ${scrub(text, 100)}`, text };
}
