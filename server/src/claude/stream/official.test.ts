/** The official client on the same bytes: what it makes of each stream, and where and why this one makes something else. */
import { createServer } from 'node:http';
import Anthropic from '@anthropic-ai/sdk';
import { expect, test } from 'vitest';
import { clientOf, listening } from '../../../../test/harness/claudeSockets.ts';
import { streams, written } from '../../../../test/harness/streams.ts';

/** The official client reads its beta endpoint with another class, which knows more. */
type Endpoint = 'messages' | 'beta.messages';

/** A difference that is meant: the fields that differ, or how the official client fails. */
interface Deviation {
  readonly stream: string;
  readonly endpoints: readonly Endpoint[];
  readonly why: string;
  readonly fields?: readonly string[];
  readonly failure?: RegExp;
}

const deviations: readonly Deviation[] = [
  {
    stream: 'bad tool input',
    endpoints: ['messages', 'beta.messages'],
    why: 'Bad JSON is a mistake of the model. It costs this client one block, marked, and the official one the message.',
    failure: /in JSON at position|Unable to parse tool parameter JSON/,
  },
  {
    stream: 'a tool of an MCP server',
    endpoints: ['messages'],
    why: 'Only the beta class collects the inputs of MCP tools. This client knows one kind of stream.',
    fields: ['content.0.input.path'],
  },
  {
    stream: 'a compaction',
    endpoints: ['messages'],
    why: 'Only the beta class adds what a compaction says, and what was done to the context.',
    fields: ['content.0.content', 'content.0.encrypted_content', 'context_management'],
  },
  {
    stream: 'things to come',
    endpoints: ['messages'],
    why: 'Only the beta class adds what a compaction says.',
    fields: ['content.1.encrypted_content'],
  },
  {
    stream: 'another model',
    endpoints: ['messages'],
    why: 'Only the beta class names the model that took over.',
    fields: ['model'],
  },
  {
    stream: 'several ends',
    endpoints: ['messages'],
    why: 'Only the beta class copies what stands beside the delta.',
    fields: ['context_management', 'input_transformations'],
  },
];

const params = { model: 'claude-sonnet-5-5', max_tokens: 1_000, messages: [{ role: 'user' as const, content: 'hi' }] };

/** A server that answers with the stream that its path names, in pieces. */
async function serverOfStreams(): Promise<string> {
  const server = createServer((request, response) => {
    request.resume();
    const name = decodeURIComponent(request.url?.split('/')[1] ?? '');
    const bytes = written(streams[name] ?? [], { beforeEach: ': keep-alive\n' });
    response.writeHead(200, { 'content-type': 'text/event-stream' });
    for (let at = 0; at < bytes.length; at += 97) response.write(bytes.subarray(at, at + 97));
    response.end();
  });
  return (await listening(server)).origin;
}

/** What the official client makes of it, as plain JSON, or how it fails. */
async function theirs(baseURL: string, endpoint: Endpoint): Promise<object | string> {
  const client = new Anthropic({ apiKey: 'sk-test', baseURL, maxRetries: 0 });
  const stream = endpoint === 'messages' ? client.messages.stream(params) : client.beta.messages.stream(params);
  try {
    const message = await stream.finalMessage();
    // The field for structured output is added by the official client; the service does not send it.
    const { parsed_output: _added, ...others } = JSON.parse(JSON.stringify(message));
    return others;
  } catch (error) {
    return String(error);
  }
}

/** Where two values differ: the paths of the smallest parts that are not the same. */
function differences(one: unknown, other: unknown, path: readonly string[] = []): readonly string[] {
  if (!isObject(one) || !isObject(other)) return JSON.stringify(one) === JSON.stringify(other) ? [] : [path.join('.')];
  const names = new Set([...Object.keys(one), ...Object.keys(other)]);
  return [...names].flatMap((name) => differences(Reflect.get(one, name), Reflect.get(other, name), [...path, name]));
}

function isObject(value: unknown): value is object {
  return typeof value === 'object' && value !== null;
}

const cases = Object.keys(streams).flatMap((stream) =>
  (['messages', 'beta.messages'] as const).map((endpoint) => ({ stream, endpoint })),
);

test.each(cases)(
  'adds up to the same as with the official client: $stream, $endpoint',
  async ({ stream, endpoint }) => {
    const baseURL = `${await serverOfStreams()}/${encodeURIComponent(stream)}`;
    const ours = await clientOf(baseURL).messages.stream(params).finalMessage();
    const peer = await theirs(baseURL, endpoint);
    const deviation = deviations.find((one) => one.stream === stream && one.endpoints.includes(endpoint));
    if (deviation?.failure !== undefined) expect(peer).toMatch(deviation.failure);
    // A difference that has gone must leave the list, too.
    else expect([...differences(ours, peer)].sort()).toEqual([...(deviation?.fields ?? [])].sort());
  },
);

test('every deviation is of a stream that exists', () => {
  expect(deviations.filter(({ stream }) => !Object.hasOwn(streams, stream))).toEqual([]);
});
