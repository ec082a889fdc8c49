/** undici alone under load: what no client can go below. */
import { request } from 'undici';
import { origin, question, underLoad } from './client.ts';

async function ask(path: string, body: object) {
  const headers = { 'content-type': 'application/json', 'x-api-key': 'sk-bench' };
  const answer = await request(`${origin}${path}/v1/messages`, { method: 'POST', headers, body: JSON.stringify(body) });
  return answer.body;
}

await underLoad({
  async stream(path, onEvent) {
    const body = await ask(path, { ...question, stream: true });
    let rest = '';
    for await (const chunk of body) {
      const pieces = `${rest}${chunk}`.split('\n\n');
      rest = pieces.pop() ?? '';
      for (const _piece of pieces) onEvent();
    }
  },
  async create(path) {
    const body = await ask(path, question);
    const message = (await body.json()) as { readonly stop_reason?: string };
    if (message.stop_reason !== 'end_turn') throw new Error('the answer is not whole');
  },
});
