/** Tools of MCP servers: how they are named and described, and what becomes of their results. */
import { describe, expect, expectTypeOf, test } from 'vitest';
import { resultOf } from '../../../../../test/harness/toolCalls.ts';
import { ClaudeError, type McpCallOptions, type McpClient, type McpTool, mcpTools } from '../../index.ts';
import { behaviourOf } from '../runnable.ts';

const schema = { type: 'object', properties: { path: { $ref: 'https://evil.example/schema.json' } } } as const;

/** A server with these tools, on pages of two, whose every call has the same result. */
function server(tools: readonly McpTool[], result: object = { content: [] }) {
  const calls: { readonly params: object; readonly options: McpCallOptions | undefined }[] = [];
  const client: McpClient = {
    async listTools({ cursor = '0' } = {}) {
      const next = Number(cursor) + 2;
      return {
        tools: tools.slice(Number(cursor), next),
        ...(next < tools.length && { nextCursor: String(next) }),
      };
    },
    async callTool(params, _schema, options) {
      calls.push({ params, options });
      return result;
    },
  };
  return { client, calls };
}

describe('tools of a server', () => {
  test('keep their descriptions and schemas, and get names of their own', async () => {
    const tools = ['read', 'write', 'list files/all'].map((name) => ({
      name,
      description: `Does ${name}.`,
      inputSchema: schema,
    }));
    const [read, , list] = await mcpTools(server(tools).client, { server: 'disk', defer_loading: true });
    expect(JSON.parse(JSON.stringify([read, list]))).toEqual([
      { name: 'disk__read', description: 'Does read.', input_schema: schema, defer_loading: true },
      { name: 'disk__list_files_all', description: 'Does list files/all.', input_schema: schema, defer_loading: true },
    ]);
    expect(read?.input_schema).toBe(schema);
  });

  test('with long names are cut to what is possible', async () => {
    const [tool] = await mcpTools(server([{ name: 'x'.repeat(90), inputSchema: { type: 'object' } }]).client, {
      server: 's',
    });
    expect(tool?.name).toBe(`s__${'x'.repeat(61)}`);
  });

  test.each([
    [`${'x'.repeat(61)}1`, `${'x'.repeat(61)}2`],
    ['a.b', 'a_b'],
    ['same', 'same'],
  ])('are refused when two would have one name: %s and %s', async (first, second) => {
    const { client } = server([first, second].map((name) => ({ name, inputSchema: { type: 'object' } })));
    const made = mcpTools(client, { server: 's' });
    await expect(made).rejects.toThrow(ClaudeError);
    await expect(made).rejects.toThrow(/would both be called s__/);
    expect(await mcpTools(client, { server: 's', take: ({ name }) => name === first && name !== second })).toHaveLength(
      first === second ? 0 : 1,
    );
  });

  test('with a schema that is none, or too deep, are refused', async () => {
    const deep = Array.from({ length: 70 }).reduce<object>((inner) => ({ properties: { a: inner } }), {});
    for (const inputSchema of [deep, 'no schema' as never])
      await expect(
        mcpTools(server([{ name: 'a', inputSchema: inputSchema as McpTool['inputSchema'] }]).client, { server: 's' }),
      ).rejects.toThrow(/input schema of its tool "a"/);
  });

  test('S5: are never read-only because the server says so', async () => {
    const tool = {
      name: 'a',
      inputSchema: { type: 'object' },
      annotations: { readOnlyHint: true, destructiveHint: false },
    };
    const traits = async (readOnly?: (tool: McpTool) => boolean) => {
      const [made] = await mcpTools(server([tool]).client, { server: 's', ...(readOnly && { readOnly }) });
      return made && behaviourOf(made)?.readOnly;
    };
    expect([await traits(), await traits(() => true), await traits(({ name }) => name === 'b')]).toEqual([
      false,
      true,
      false,
    ]);
  });

  test('of a server whose pages never end are read up to a limit', async () => {
    let pages = 0;
    const client: McpClient = {
      listTools: async () => {
        pages += 1;
        return { tools: [], nextCursor: String(pages) };
      },
      callTool: async () => ({}),
    };
    expect(await mcpTools(client, { server: 's' })).toEqual([]);
    expect(pages).toBe(100);
    expect(
      await mcpTools({ ...client, listTools: async () => ({ tools: [], nextCursor: 'same' }) }, { server: 's' }),
    ).toEqual([]);
  });
});

/** What a tool answers the model when its server answers so. */
async function answered(result: object, input: unknown = {}): Promise<unknown> {
  const [tool] = await mcpTools(server([{ name: 'a', inputSchema: { type: 'object' } }], result).client, {
    server: 's',
  });
  return resultOf(tool ?? {}, input);
}

test('a call goes to the server under the name that it knows, with the signal and word of its progress', async () => {
  const { client, calls } = server([{ name: 'a b', inputSchema: { type: 'object' } }]);
  const [tool] = await mcpTools(client, { server: 's' });
  const controller = new AbortController();
  const reported: unknown[] = [];
  await resultOf(
    tool ?? {},
    { path: 'x' },
    { signal: controller.signal, report: (progress) => reported.push(progress) },
  );
  expect(calls).toMatchObject([{ params: { name: 'a b', arguments: { path: 'x' } } }]);
  expect(calls[0]?.options?.signal).toBe(controller.signal);
  calls[0]?.options?.onprogress?.({ progress: 1, total: 2 });
  expect(reported).toEqual([{ progress: 1, total: 2 }]);
});

test.each(['text', 5, null, [1]])('%j is no input', async (input) => {
  expect(await answered({ content: [] }, input)).toEqual({ problems: ['(the whole): is not an object'] });
});

describe('a result', () => {
  const text = (content: string) => ({ type: 'text', text: content });
  const png = { type: 'base64', media_type: 'image/png', data: 'AAAA' };
  test.each<[string, object, unknown]>([
    ['text', { content: [text('a'), text('b')] }, [text('a'), text('b')]],
    [
      'an image',
      { content: [{ type: 'image', mimeType: 'image/png', data: 'AAAA' }] },
      [{ type: 'image', source: png }],
    ],
    [
      'an image of another kind',
      { content: [{ type: 'image', mimeType: 'image/svg+xml', data: 'AAAA' }] },
      [text('[image image/svg+xml: left out, it cannot be shown here]')],
    ],
    [
      'an image that is no base64',
      { content: [{ type: 'image', mimeType: 'image/png', data: '<svg>' }] },
      [text('[image image/png: left out, it cannot be shown here]')],
    ],
    [
      'sound',
      { content: [{ type: 'audio', mimeType: 'audio/wav', data: 'AAAA' }] },
      [text('[audio audio/wav: left out, it cannot be shown here]')],
    ],
    [
      'a link',
      { content: [{ type: 'resource_link', name: 'n', uri: 'file:///a', description: 'D' }] },
      [text('[n](file:///a) D')],
    ],
    [
      'a text resource',
      { content: [{ type: 'resource', resource: { uri: 'file:///a.md', mimeType: 'text/markdown', text: '# A' } }] },
      [{ type: 'document', source: { type: 'text', media_type: 'text/plain', data: '# A' }, title: 'file:///a.md' }],
    ],
    [
      'a PDF',
      { content: [{ type: 'resource', resource: { uri: 'u', mimeType: 'application/pdf', blob: 'AAAA' } }] },
      [{ type: 'document', source: { type: 'base64', media_type: 'application/pdf', data: 'AAAA' }, title: 'u' }],
    ],
    [
      'an image resource',
      { content: [{ type: 'resource', resource: { uri: 'u', mimeType: 'image/png', blob: 'AAAA' } }] },
      [{ type: 'image', source: png }],
    ],
    [
      'another resource',
      { content: [{ type: 'resource', resource: { uri: 'u', mimeType: 'application/zip', blob: 'AAAA' } }] },
      [text('[resource application/zip u: left out, it cannot be shown here]')],
    ],
    [
      'a resource that is none',
      { content: [{ type: 'resource' }] },
      [text('[resource: left out, it cannot be shown here]')],
    ],
    ['something new', { content: [{ type: 'hologram' }] }, [text('[hologram: left out, it cannot be shown here]')]],
    ['structured content alone', { content: [], structuredContent: { a: 1 } }, [text('{"a":1}')]],
    ['structured content beside text', { content: [text('a')], structuredContent: { a: 1 } }, [text('a')]],
    ['nothing', { content: [] }, undefined],
    ['empty text', { content: [text('')] }, undefined],
    ['what is no result', { toolResult: 1 }, undefined],
    ['content that is no list', { content: 'a' }, undefined],
    ['an error', { content: [text('no such file')], isError: true }, { error: [text('no such file')] }],
    ['an error without words', { content: [], isError: true }, { error: 'The tool failed without saying why.' }],
  ])('%s', async (_name, result, expected) => {
    expect(await answered(result)).toEqual(expected);
  });

  test('that never comes is an error with its message', async () => {
    const client = {
      ...server([{ name: 'a', inputSchema: { type: 'object' } }]).client,
      callTool: () => Promise.reject(new Error('gone')),
    };
    const [tool] = await mcpTools(client, { server: 's' });
    expect(await resultOf(tool ?? {}, {})).toEqual({ error: 'gone' });
  });
});

/** The methods of the official client (`@modelcontextprotocol/sdk`, 1.x), as it types them. */
interface OfficialClient {
  listTools(
    params?: { [key: string]: unknown; cursor?: string | undefined },
    options?: { signal?: AbortSignal; timeout?: number },
  ): Promise<{
    [key: string]: unknown;
    tools: {
      name: string;
      description?: string | undefined;
      inputSchema: { [key: string]: unknown; type: 'object'; properties?: { [key: string]: object } | undefined };
    }[];
    nextCursor?: string | undefined;
  }>;
  callTool(
    params: { [key: string]: unknown; name: string; arguments?: { [key: string]: unknown } | undefined },
    resultSchema?: { readonly parse: unknown },
    options?: {
      onprogress?: (progress: { progress: number; total?: number | undefined; message?: string | undefined }) => void;
      signal?: AbortSignal;
      timeout?: number;
    },
  ): Promise<{ [key: string]: unknown; content: unknown[] } | { [key: string]: unknown; toolResult: unknown }>;
}

test('the official client fits', () => {
  expectTypeOf<OfficialClient>().toExtend<McpClient>();
});
