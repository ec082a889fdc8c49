/** Models that answer anything: the conversation stays one that the service takes, and tools run only on what is whole and fits. */
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import * as z from 'zod';
import { brokenRules } from '../../../../../test/harness/historyRules.ts';
import { scaled, seed } from '../../../../../test/harness/scale.ts';
import { doing, runOf, toldBy } from '../../../../../test/harness/toolRuns.ts';
import type { Turn } from '../../../../../test/harness/turns.ts';
import { ClaudeError, ToolError, tool, toolset } from '../../index.ts';

const stops = [
  'end_turn',
  'tool_use',
  'max_tokens',
  'stop_sequence',
  'pause_turn',
  'refusal',
  'compaction',
  'model_context_window_exceeded',
  'something_new',
];
const ids = fc.constantFrom('toolu_1', 'toolu_2', 'toolu_3', 'toolu_4');
const names = fc.constantFrom('good', 'bad', 'odd', 'alone', 'reads', 'none', '__proto__', 'toString');

const call = fc.record({
  call: names,
  // Ids come again: across answers, and within one.
  id: fc.oneof(ids, fc.uuid()),
  json: fc.oneof(
    fc.constant(['{}']),
    fc.constant(['{"n": 1}']),
    fc.constant(['{"n": "x"}']),
    fc.constant(['{"n":']),
    fc.array(fc.string(), { maxLength: 3 }),
  ),
});
const member = fc
  .record({ call: fc.constantFrom('click', 'key'), id: fc.uuid(), input: fc.constant({}) })
  .map((made) => ({ ...made, more: { toolset_name: 'computer' } }));
const block = fc.oneof(
  { weight: 4, arbitrary: call },
  { weight: 2, arbitrary: member },
  { weight: 2, arbitrary: fc.string() },
  fc.constant({ type: 'thinking', thinking: '', signature: 's' }),
  fc.constant({ type: 'redacted_thinking', data: 'x' }),
  fc.constant({ type: 'compaction', content: 'c' }),
  fc.constant({ type: 'hologram', data: 1 }),
);
/** A server tool, with or without its result. */
const served = fc
  .uuid()
  .chain((id) =>
    fc
      .boolean()
      .map((hasResult) => [
        { type: 'server_tool_use', id, name: 'web_search', input: {} },
        ...(hasResult ? [{ type: 'web_search_tool_result', tool_use_id: id, content: [] }] : []),
      ]),
  );
const turn: fc.Arbitrary<Turn> = fc
  .record({
    blocks: fc.array(fc.oneof({ weight: 6, arbitrary: block.map((one) => [one]) }, served), { maxLength: 5 }),
    // Most go on, so that runs become long.
    stop: fc.oneof({ weight: 5, arbitrary: fc.constant('tool_use') }, fc.constantFrom(...stops)),
  })
  .map(({ blocks, stop }) => ({ says: blocks.flat(), stop }));

function anyTools() {
  let running = 0;
  const counted = (work: () => unknown) => async () => {
    running += 1;
    await new Promise((resolve) => setImmediate(resolve));
    running -= 1;
    return work();
  };
  const fails = () => {
    throw new ToolError('no');
  };
  const checked = tool({ name: 'good', input: z.object({ n: z.number().optional() }), run: counted(() => 'ok') });
  const computer = toolset({
    type: 'computer_toolset_20260801',
    run: ({ member: name }) => (name === 'key' ? fails() : undefined),
  });
  const tools = [
    checked,
    doing('bad', counted(fails)),
    doing(
      'odd',
      counted(() => Symbol('odd')),
    ),
    doing(
      'alone',
      counted(() => []),
      { exclusive: true },
    ),
    doing(
      'reads',
      counted(() => ({})),
      { readOnly: true },
    ),
    computer,
  ];
  return { tools, running: () => running };
}

describe('S35, R46: whatever a model answers', () => {
  test('every request that is sent keeps the rules, the run ends, and the conversation can go on', async () => {
    const endings = new Set<string>();
    await fc.assert(
      fc.asyncProperty(
        fc.array(turn, { minLength: 1, maxLength: 6 }),
        fc.boolean(),
        fc.boolean(),
        async (turns, eager, denies) => {
          const { tools, running } = anyTools();
          const { run, bodies, clock } = runOf(turns, {
            params: { tools },
            options: {
              eager,
              maxTurns: 8,
              fallbackModels: ['claude-opus-5-5'],
              ...(denies && { approve: ({ id }) => (id < '8' ? { type: 'allow' } : { type: 'deny', reason: 'no' }) }),
            },
          });
          const told = await toldBy(run);
          // Each body is judged here.
          expect(bodies().length).toBeGreaterThan(0);
          expect(brokenRules(run.messages)).toEqual([]);
          endings.add(run.ending?.reason ?? 'none');
          const started = told.filter(({ type }) => type === 'tool_started').length;
          const finished = told.filter(({ type }) => type === 'tool_finished').length;
          expect(finished).toBeGreaterThanOrEqual(started);
          // A run that was refused leaves tools that began early to end by themselves.
          await run[Symbol.asyncDispose]();
          expect([running(), clock.pending]).toEqual([0, 0]);
          expect(Object.keys(Object.prototype)).toEqual([]);
        },
      ),
      { numRuns: scaled(2_000), seed: seed() },
    );
    expect(endings).toEqual(new Set(['finished', 'truncated', 'context_full', 'refused', 'limit']));
  }, 120_000);

  test('the client itself finds nothing wrong with what a run sends', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(turn, { minLength: 1, maxLength: 4 }), async (turns) => {
        const { tools } = anyTools();
        const { run } = runOf(turns, { params: { tools }, options: { maxTurns: 5 } });
        // Requests are checked before they are sent: a bad one would fail the run.
        expect(
          await run.end().catch((error: unknown) => (error instanceof ClaudeError ? error.message : error)),
        ).toMatchObject({ reason: expect.any(String) });
      }),
      { numRuns: scaled(1_000), seed: seed() },
    );
  }, 120_000);
});

describe('R13: a tool runs only on complete and valid JSON that fits', () => {
  const Edit = z.object({
    path: z.string(),
    lines: z.array(z.int()),
    options: z.object({ force: z.boolean(), note: z.string().nullable() }),
  });
  const right = '{"path": "a\\\\b \\u00e9", "lines": [1, 25, -3], "options": {"force": true, "note": null}}';

  /** What ran, and what the model was told, for this text as the input. */
  async function ranOn(...json: readonly string[]) {
    const ran: unknown[] = [];
    const edit = tool({ name: 'edit', input: Edit, run: (input) => void ran.push(input), readOnly: true });
    const { run, bodies } = runOf([{ says: [{ call: 'edit', id: 't', json }], stop: 'tool_use' }, { says: ['ok'] }], {
      params: { tools: [edit] },
      options: { eager: true },
    });
    await run.end();
    const [result] = (bodies()[1]?.messages.at(-1)?.content ?? []) as readonly {
      content?: string;
      is_error?: boolean;
    }[];
    return { ran, result };
  }

  /** What should run: judged by `JSON.parse` and the schema alone. */
  function expected(text: string): { readonly value: unknown } | 'no JSON' | 'does not fit' {
    try {
      const value: unknown = JSON.parse(text);
      if (typeof value !== 'object' || value === null || Array.isArray(value)) return 'no JSON';
      const checked = Edit.safeParse(value);
      return checked.success ? { value: checked.data } : 'does not fit';
    } catch {
      return text === '' ? 'does not fit' : 'no JSON';
    }
  }

  async function judge(...pieces: readonly string[]): Promise<string> {
    const text = pieces.join('');
    const { ran, result } = await ranOn(...pieces);
    const should = expected(text);
    if (typeof should === 'object') expect([ran, result?.is_error]).toEqual([[should.value], undefined]);
    else {
      expect([ran, result?.is_error]).toEqual([[], true]);
      if (should === 'no JSON')
        expect(JSON.parse(result?.content ?? '')).toEqual({ INVALID_JSON: text.slice(0, 10_000) });
      else expect(result?.content).toMatch(/^The input does not fit:\n- /);
    }
    return typeof should === 'object' ? 'ran' : should;
  }

  test('every prefix of the right one is told to the model, and only the whole runs', async () => {
    for (let length = 0; length <= right.length; length++)
      expect(await judge(right.slice(0, length))).toBe(
        length === right.length ? 'ran' : length === 0 ? 'does not fit' : 'no JSON',
      );
  }, 60_000);

  test('so is any other change of it', async () => {
    const seen = new Map<string, number>();
    const pieces = fc.constantFrom(
      '"',
      '\\',
      '{',
      '}',
      '[',
      ']',
      ',',
      ':',
      '0',
      '-',
      'e',
      '.',
      ' ',
      'null',
      'true',
      '\\u12',
      '"path":',
      '__proto__',
      '\u0001',
      '\ud800',
    );
    const bases = fc.constantFrom(right, right, right.replace('25', '2.5'), right.replace('path', 'pith'), '{}');
    const edits = fc.array(
      fc.record({
        at: fc.double({ min: 0, max: 1, noNaN: true }),
        cut: fc.nat(3),
        put: fc.oneof(pieces, fc.constant('')),
      }),
      { minLength: 1, maxLength: 3 },
    );
    await fc.assert(
      fc.asyncProperty(bases, edits, fc.double({ min: 0, max: 1, noNaN: true }), async (base, changes, split) => {
        const text = changes.reduce((sum, { at, cut, put }) => {
          const place = Math.floor(at * sum.length);
          return sum.slice(0, place) + put + sum.slice(place + cut);
        }, base);
        // Half of a surrogate pair has no bytes: the stream holds what UTF-8 makes of it.
        const came = Buffer.from(text).toString();
        const middle = Math.floor(split * came.length);
        const kind = await judge(came.slice(0, middle), came.slice(middle));
        seen.set(kind, (seen.get(kind) ?? 0) + 1);
      }),
      { numRuns: scaled(10_000), seed: seed() },
    );
    expect([...seen.keys()].toSorted()).toEqual(['does not fit', 'no JSON', 'ran']);
  }, 300_000);
});
