/** Speaks to the demo backend as plainly as possible: what was sent back, event by event. */
import type { Demo } from '../../server/src/demo/server.ts';

export interface WireEvent {
  readonly type: string;
  /** Name of the event on the wire. */
  readonly event: string;
  readonly [field: string]: unknown;
}

/** A request with the demo's key, unless other headers are given. */
export function send(demo: Demo, path: string, init: RequestInit = {}): Promise<Response> {
  return fetch(demo.url + path, {
    ...init,
    headers: { 'x-api-key': demo.key, 'content-type': 'application/json', ...init.headers },
  });
}

export const question = { model: 'claude-sonnet-5-5', max_tokens: 1_000, messages: [{ role: 'user', content: 'x' }] };

export function ask(demo: Demo, body: object = {}, init: RequestInit = {}): Promise<Response> {
  return send(demo, '/v1/messages', { method: 'POST', body: JSON.stringify({ ...question, ...body }), ...init });
}

/** The events that come, until the stream ends or breaks. */
export async function* eventsOf(response: Response): AsyncGenerator<WireEvent> {
  const decoder = new TextDecoder();
  let rest = '';
  for await (const bytes of response.body ?? []) {
    const blocks = (rest + decoder.decode(bytes, { stream: true })).split('\n\n');
    rest = blocks.pop() ?? '';
    for (const block of blocks) yield eventOf(block);
  }
}

function eventOf(block: string): WireEvent {
  const [, event = '', data = ''] = /^event: (.*)\ndata: (.*)$/s.exec(block) ?? [];
  return { ...JSON.parse(data), event };
}

/** The events of a whole stream, and whether it broke off. */
export async function collected(response: Response): Promise<{ events: readonly WireEvent[]; broke: boolean }> {
  const events: WireEvent[] = [];
  try {
    for await (const event of eventsOf(response)) events.push(event);
  } catch {
    return { events, broke: true };
  }
  return { events, broke: false };
}

/** The text of an answer, from its events. */
export function textOf(events: readonly WireEvent[]): string {
  return events.map(({ delta }) => (isText(delta) ? delta.text : '')).join('');
}

function isText(delta: unknown): delta is { readonly text: string } {
  return typeof delta === 'object' && delta !== null && 'text' in delta && typeof delta.text === 'string';
}
