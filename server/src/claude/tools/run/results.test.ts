/** What tools return and throw, and what the model is told of it. */
import { describe, expect, test } from 'vitest';
import { doing, lastResults, runOf, toldBy } from '../../../../../test/harness/toolRuns.ts';
import { ToolError } from '../../index.ts';

const circle: Record<string, unknown> = {};
circle['self'] = circle;

describe('what a tool returns or throws', () => {
  const blocks = [
    { type: 'text', text: 'a' },
    { type: 'image', source: { type: 'url', url: 'https://x' } },
  ] as const;
  test.each<[string, () => unknown, object]>([
    ['text', () => 'text', { content: 'text' }],
    ['a promise', async () => 'later', { content: 'later' }],
    ['nothing', () => undefined, {}],
    ['empty text', () => '', {}],
    ['null', () => null, { content: 'null' }],
    ['a number', () => 4.5, { content: '4.5' }],
    ['an object', () => ({ a: [1] }), { content: '{"a":[1]}' }],
    ['a list', () => [1, 'a'], { content: '[1,"a"]' }],
    ['an empty list', () => [], { content: '[]' }],
    ['blocks', () => blocks, { content: blocks }],
    ['blocks without text', () => [{ type: 'text', text: '' }], {}],
    [
      'a list that is not all blocks',
      () => [blocks[0], { type: 'other' }],
      { content: '[{"type":"text","text":"a"},{"type":"other"}]' },
    ],
    ['a function', () => () => 1, { content: 'The tool returned something that has no JSON form.', is_error: true }],
    ['a circle', () => circle, { content: expect.stringMatching(/circular/), is_error: true }],
    ['an error', () => Promise.reject(new Error('no such file')), { content: 'no such file', is_error: true }],
    [
      'an error without a message',
      () => Promise.reject(new Error('')),
      { content: 'The tool failed.', is_error: true },
    ],
    ['something else that is thrown', () => Promise.reject('gone'), { content: 'gone', is_error: true }],
    [
      'a long error',
      () => Promise.reject(new Error('x'.repeat(99_999))),
      { content: 'x'.repeat(10_000), is_error: true },
    ],
    ['a ToolError', () => Promise.reject(new ToolError('why')), { content: 'why', is_error: true }],
    ['a ToolError with blocks', () => Promise.reject(new ToolError(blocks)), { content: blocks, is_error: true }],
    [
      'a ToolError that says nothing',
      () => Promise.reject(new ToolError([])),
      { content: 'The tool failed.', is_error: true },
    ],
  ])('%s', async (_name, returns, expected) => {
    const { run, bodies } = runOf([{ says: [{ call: 'do', id: 't' }] }, {}], {
      params: { tools: [doing('do', returns)] },
    });
    const told = await toldBy(run);
    expect(lastResults(bodies()[1]?.messages ?? [])).toEqual([{ type: 'tool_result', tool_use_id: 't', ...expected }]);
    const { outcome } = told.find(({ type }) => type === 'tool_finished') as { outcome?: string };
    expect(outcome).toBe('is_error' in expected ? 'failed' : 'done');
  });

  test('never shows a stack to the model', async () => {
    const fails = doing('do', () => JSON.parse('{'));
    const { run, transport } = runOf([{ says: [{ call: 'do' }] }, {}], { params: { tools: [fails] } });
    await run.end();
    expect(String(transport.requests[1]?.body)).not.toMatch(/run\.test|node:|at JSON|\.ts:/);
  });

  test('a tool that throws at once is no different', async () => {
    const fails = doing('do', () => {
      throw new ToolError('at once');
    });
    const { run, bodies } = runOf([{ says: [{ call: 'do' }] }, {}], { params: { tools: [fails] } });
    await run.end();
    expect(lastResults(bodies()[1]?.messages ?? [])).toMatchObject([{ content: 'at once', is_error: true }]);
  });
});
