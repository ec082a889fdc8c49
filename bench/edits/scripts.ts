/** What the demo backend is told to write, and how a bare server is asked to read it. */
import type { ScriptedCall } from '../../server/src/demo/scenario.ts';
import type { Demo } from '../../server/src/demo/server.ts';
import type { Peer } from './servers.ts';

const name = 'str_replace_based_edit_tool';

export function replacement(path: string, old: string, text: string): ScriptedCall {
  return { name, input: { command: 'str_replace', path, old_str: old, new_str: text } };
}

/** The bare server reads the same answer; with a mark it sends a `gloss/apply` when that has come. */
export async function askBare(demo: Demo, bare: Peer, mark = '\0', apply: object = {}): Promise<void> {
  const body = {
    model: 'claude-sonnet-5',
    max_tokens: 1_000,
    stream: true,
    messages: [{ role: 'user', content: 'x' }],
  };
  const headers = { 'x-api-key': demo.key, 'anthropic-version': '2023-06-01', 'content-type': 'application/json' };
  await bare.rpc.sendRequest('bench/edit', {
    ...{ url: `${demo.url}/v1/messages`, headers, body: JSON.stringify(body), mark, apply },
  });
}
