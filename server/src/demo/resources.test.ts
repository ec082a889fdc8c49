/** The demo's models, files, batches and skills, as a client sees them. */
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { question, send } from '../../../test/harness/rawClient.ts';
import { type Demo, startDemo } from './server.ts';

let demo: Demo;
beforeEach(async () => {
  demo = await startDemo({ delay: 0 });
});
afterEach(() => demo.close());

interface Body {
  readonly id: string;
  readonly data: readonly Body[];
  readonly next_page: string | null;
  readonly has_more: boolean;
  readonly last_id: string;
  readonly processing_status: string;
  readonly results_url: string | null;
  readonly error: { readonly details?: { readonly error_code: string }; readonly message: string };
  readonly [field: string]: unknown;
}

async function body(path: string, init: RequestInit = {}): Promise<Body> {
  return (await (await send(demo, path, init)).json()) as Body;
}

function form(...parts: readonly (readonly [name: string, value: string | File])[]): FormData {
  const data = new FormData();
  for (const [name, value] of parts) data.append(name, value);
  return data;
}

/** Without the JSON content type that `send` adds: fetch sets the form's own. */
async function posted(path: string, data: FormData): Promise<Body> {
  const init = { method: 'POST', body: data, headers: { 'x-api-key': demo.key } };
  return (await (await fetch(demo.url + path, init)).json()) as Body;
}

describe('models', () => {
  test('come in pages, forwards and backwards', async () => {
    const first = await body('/v1/models?limit=2');
    expect(first).toMatchObject({ has_more: true });
    const second = await body(`/v1/models?limit=2&after_id=${first.last_id}`);
    expect([...first.data, ...second.data].map(({ id }) => id)).toEqual([
      'claude-sonnet-5-5',
      'claude-opus-5-5',
      'claude-haiku-5-5',
      'claude-sonnet-4-5',
    ]);
    expect(second.has_more).toBe(false);
    const back = await body(`/v1/models?limit=1&before_id=${second.data[0]?.id}`);
    expect(back.data.map(({ id }) => id)).toEqual(['claude-opus-5-5']);
  });

  test('retired ones show when they are asked for', async () => {
    const { data } = await body('/v1/models?lifecycle[]=retired');
    expect(data).toMatchObject([{ lifecycle: 'retired', retires_at: '2026-01-05T00:00:00Z' }]);
  });

  test.each(['limit=0', 'limit=1001', 'limit=x', 'after_id=x'])('%s is refused', async (query) => {
    expect((await send(demo, `/v1/models?${query}`)).status).toBe(400);
  });
});

describe('files', () => {
  const upload = (name: string, content = 'hello', type = 'text/plain') =>
    posted('/v1/files', form(['file', new File([content], name, { type })]));

  test('are kept, listed newest first in pages, given back, and deleted', async () => {
    const names = ['a.txt', 'b "q" é.txt', 'folder/c.txt'];
    for (const name of names) await upload(name);
    const first = await body('/v1/files?limit=2');
    const second = await body(`/v1/files?limit=2&page=${first.next_page}`);
    expect([...first.data, ...second.data].map(({ filename }) => filename)).toEqual(['c.txt', 'b "q" é.txt', 'a.txt']);
    expect(second.next_page).toBeNull();
    const [file] = first.data;
    expect(await body(`/v1/files/${file?.id}`)).toEqual(file);
    expect(file).toMatchObject({ type: 'file', size_bytes: 5, mime_type: 'text/plain', downloadable: true });
    const content = await send(demo, `/v1/files/${file?.id}/content`);
    expect([await content.text(), content.headers.get('content-length')]).toEqual(['hello', '5']);
    expect(await body(`/v1/files?ids[]=${file?.id}&ids[]=no`)).toMatchObject({ data: [{ id: file?.id }] });
    expect(await body(`/v1/files/${file?.id}`, { method: 'DELETE' })).toEqual({ id: file?.id, type: 'file_deleted' });
    expect((await send(demo, `/v1/files/${file?.id}`)).status).toBe(404);
  });

  test('that are not text stay there, and the answer says why', async () => {
    const { id } = await upload('a.pdf', '%PDF', 'application/pdf');
    const { error } = await body(`/v1/files/${id}/content`);
    expect(error).toMatchObject({ details: { error_code: 'file_not_downloadable' }, message: /^Demo/ });
  });

  test('end when they were said to', async () => {
    const file = new File(['x'], 'x.txt');
    const kept = await posted('/v1/files', form(['expires_in_seconds', '3600'], ['file', file]));
    expect(Date.parse(String(kept['expires_at'])) - Date.now()).toBeGreaterThan(3_500_000);
    for (const seconds of ['3599', '7776001', 'x'])
      expect((await posted('/v1/files', form(['expires_in_seconds', seconds], ['file', file]))).error).toBeDefined();
  });

  test('take little memory', async () => {
    const large = 'x'.repeat(30 * 1024 * 1024);
    expect((await upload('a.txt', large)).id).toBeDefined();
    expect((await upload('b.txt', large)).id).toBeDefined();
    expect((await upload('c.txt', large)).error.details?.error_code).toBe('storage_quota_exceeded');
    expect(JSON.stringify(demo.requests).length).toBeLessThan(10_000);
  });

  test.each([
    ['no form', { method: 'POST', body: '{}' }],
    [
      'a form without its end',
      { method: 'POST', body: '--x\r\n', headers: { 'content-type': 'multipart/form-data; boundary=x' } },
    ],
  ])('%s is refused', async (_name, init) => {
    expect((await send(demo, '/v1/files', init)).status).toBe(400);
  });
});

describe('batches', () => {
  const create = (requests: readonly object[]) =>
    body('/v1/messages/batches', { method: 'POST', body: JSON.stringify({ requests }) });
  const asked = (id: string, params: object = {}) => ({ custom_id: id, params: { ...question, ...params } });

  test('are at work for two looks; then the results are there, in another order', async () => {
    const { id } = await create([asked('a'), asked('b', { max_tokens: 0 }), asked('c', { messages: [] })]);
    const states: Body[] = [];
    for (let look = 0; look < 3; look++) states.push(await body(`/v1/messages/batches/${id}`));
    expect(states.map(({ processing_status: status }) => status)).toEqual(['in_progress', 'in_progress', 'ended']);
    expect(states[0]).toMatchObject({ request_counts: { processing: 3 }, results_url: null });
    expect(states[2]).toMatchObject({ request_counts: { processing: 0, succeeded: 1, errored: 2 } });
    expect(states[2]?.results_url).toBe(`${demo.url}/v1/messages/batches/${id}/results`);
    const results = await (await send(demo, `/v1/messages/batches/${id}/results`)).text();
    const lines = results
      .trimEnd()
      .split('\n')
      .map((line) => JSON.parse(line));
    expect(lines).toMatchObject([
      { custom_id: 'c', result: { type: 'errored', error: { error: { type: 'invalid_request_error' } } } },
      { custom_id: 'b', result: { type: 'errored' } },
      { custom_id: 'a', result: { type: 'succeeded', message: { role: 'assistant' } } },
    ]);
  });

  test('can be canceled while they run, and deleted when they have ended', async () => {
    const { id } = await create([asked('a')]);
    expect((await send(demo, `/v1/messages/batches/${id}/results`)).status).toBe(404);
    expect((await send(demo, `/v1/messages/batches/${id}`, { method: 'DELETE' })).status).toBe(400);
    const canceling = await body(`/v1/messages/batches/${id}/cancel`, { method: 'POST' });
    expect(canceling.processing_status).toBe('canceling');
    await body(`/v1/messages/batches/${id}`);
    expect(await body(`/v1/messages/batches/${id}`)).toMatchObject({ request_counts: { canceled: 1 } });
    expect((await send(demo, `/v1/messages/batches/${id}/cancel`, { method: 'POST' })).status).toBe(400);
    expect(await body(`/v1/messages/batches/${id}`, { method: 'DELETE' })).toMatchObject({ id });
    expect((await body('/v1/messages/batches')).data).toEqual([]);
  });

  test.each([
    ['none', []],
    ['two of a name', [asked('a'), asked('a')]],
    ['a name that is none', [asked('a b')]],
  ])('%s are refused', async (_name, requests) => {
    expect((await create(requests)).error).toBeDefined();
  });
});

describe('skills', () => {
  const markdown = '---\nname: my-skill\ndescription: Does it.\n---\nText';
  const files = (name = 'my-skill', text = markdown) =>
    form(
      ['display_name', 'Mine'],
      ['files[]', new File([text], `${name}/SKILL.md`)],
      ['files[]', new File(['x'], `${name}/a/b.py`)],
    );

  test('are kept with their versions', async () => {
    const skill = await posted('/v1/skills', files());
    expect(skill).toMatchObject({ type: 'skill', display_name: 'Mine', source: { type: 'custom' } });
    const version = await posted(`/v1/skills/${skill.id}/versions`, files());
    expect(version).toMatchObject({
      skill_id: skill.id,
      name: 'my-skill',
      description: 'Does it.',
      demo_files: ['my-skill/SKILL.md', 'my-skill/a/b.py'],
    });
    expect((await body(`/v1/skills/${skill.id}/versions`)).data).toHaveLength(2);
    expect(await body(`/v1/skills/${skill.id}`)).toMatchObject({ latest_version_id: version.id });
    expect(await body(`/v1/skills/${skill.id}/versions/${version.id}`)).toEqual(version);
    const gone = { method: 'DELETE' };
    expect(await body(`/v1/skills/${skill.id}/versions/${version.id}`, gone)).toMatchObject({ id: version.id });
    expect(await body(`/v1/skills/${skill.id}`, gone)).toEqual({ id: skill.id, type: 'skill_deleted' });
    expect((await body('/v1/skills')).data).toEqual([]);
  });

  test.each([
    ['without instructions', form(['files[]', new File(['x'], 'a/b.md')])],
    ['in two folders', form(['files[]', new File(['x'], 'a/SKILL.md')], ['files[]', new File(['x'], 'b/c')])],
    ['without files', form(['display_name', 'x'])],
  ])('%s are refused', async (_name, data) => {
    expect((await posted('/v1/skills', data)).error).toBeDefined();
  });

  test('keep their name', async () => {
    const { id } = await posted('/v1/skills', files());
    const { error } = await posted(`/v1/skills/${id}/versions`, files('other', markdown.replace('my-skill', 'other')));
    expect(error.message).toMatch(/^name/);
  });
});
