/** Edits that grow in the editor while the model writes them: what is seen, what stays, and what goes again. */
import { describe, expect, test } from 'vitest';
import {
  type Called,
  called,
  createToolWorld,
  streamed,
  type ToolWorld,
  uriOf,
} from '../../../../test/harness/toolWorld.ts';
import { editFile } from './editFile.ts';

const code = 'const a = 1;\nconst b = 2;\nconst c = 3;\n';
const replace = (path: string, old_str: string, new_str: string) => ({
  command: 'str_replace',
  path,
  old_str,
  new_str,
});
const worldOf = (open: Record<string, string> = { 'a.ts': code }, mode: 'ask' | 'acceptEdits' | 'plan' = 'ask') =>
  createToolWorld({ open, mode });
const open = { state: 'open', share: 0.9 } as const;

/** Streams a call to its end, and does it. */
async function written(world: ToolWorld, input: object, options: Called = {}) {
  const call = options.call ?? 'one';
  await streamed(world, editFile, input, { ...options, call });
  return called(world, editFile, input, { ...options, call });
}

test('the new text is in the buffer before the call is whole, and is one hunk when it is', async () => {
  const world = await worldOf();
  const input = replace('a.ts', 'const b = 2;\n', 'const b = 20;\nconst d = 4;\nconst e = 5;\n');
  await streamed(world, editFile, input, { call: 'one', ...open });
  expect(world.text('a.ts')).toContain('const b = 20;\nconst d = 4;\n');
  const answer = await called(world, editFile, input, { call: 'one' });
  expect(world.text('a.ts')).toBe('const a = 1;\nconst b = 20;\nconst d = 4;\nconst e = 5;\nconst c = 3;\n');
  expect(answer.text).toMatch(/^Done: a\.ts, lines 2 to 4\./);
  expect(world.world.shown(uriOf('a.ts'))).toHaveLength(1);
});

test('several edits of one call grow one after the other; what finds no place holds up none', async () => {
  const world = await worldOf();
  const edits = [
    { old_str: 'const a = 1;', new_str: 'const a = 10;' },
    { old_str: 'const x = 9;', new_str: 'const x = 90;' },
    { old_str: 'const c = 3;', new_str: 'const c = 30;\nconst d = 4;\nconst e = 5;' },
  ];
  const input = { command: 'edits', path: 'a.ts', edits };
  await streamed(world, editFile, input, { call: 'one', ...open });
  expect(world.text('a.ts')).toContain('const a = 10;\n');
  expect(world.text('a.ts')).toContain('const c = 30;\n');
  const answer = await called(world, editFile, input, { call: 'one' });
  expect(world.text('a.ts')).toBe('const a = 10;\nconst b = 2;\nconst c = 30;\nconst d = 4;\nconst e = 5;\n');
  expect(answer.text).toContain('2 of 3 edits are done');
  expect(answer.text).toContain('Edit 2: old_str in a.ts: found 0 times');
});

test('three files in one answer, two calls on one of them: all calls are written before the first is done', async () => {
  const world = await worldOf({ 'a.ts': code, 'b.ts': code, 'c.ts': code });
  const calls = [
    ['1', replace('a.ts', 'const a = 1;', 'const a = 10;')],
    ['2', replace('b.ts', 'const b = 2;', 'const b = 20;')],
    ['3', replace('a.ts', 'const c = 3;', 'const c = 30;')],
    ['4', replace('c.ts', 'const c = 3;', 'const c = 30;')],
  ] as const;
  for (const [call, input] of calls) await streamed(world, editFile, input, { call });
  const answers = [];
  for (const [call, input] of calls) answers.push(await called(world, editFile, input, { call }));
  expect(answers.map(({ failed }) => failed)).toEqual([undefined, undefined, undefined, undefined]);
  expect(world.text('a.ts')).toBe('const a = 10;\nconst b = 2;\nconst c = 30;\n');
  expect(world.text('b.ts')).toBe('const a = 1;\nconst b = 20;\nconst c = 3;\n');
  expect(world.text('c.ts')).toBe('const a = 1;\nconst b = 2;\nconst c = 30;\n');
  expect(new Set(answers.flatMap(({ groups }) => groups ?? [])).size).toBe(4);
  expect(world.world.shown(uriOf('a.ts'))).toHaveLength(2);
});

test('the same calls in a plain editor, each judged before any is done', async () => {
  const world = await createToolWorld({ keepsPending: false, open: { 'a.ts': code } });
  const inputs = [
    replace('a.ts', 'const a = 1;', 'const a = 10;\nconst z = 0;'),
    replace('a.ts', 'const c = 3;', 'const c = 30;'),
  ];
  const contexts = inputs.map((_, index) => world.context(`${index}`));
  const judged = await Promise.all(inputs.map((input, index) => editFile.effective(at(contexts, index), input)));
  for (const [index, input] of inputs.entries()) {
    const effective = at(judged, index);
    if ('impossible' in effective) throw new Error(effective.impossible);
    expect((await world.during(editFile.run(at(contexts, index), input, effective))).failed).toBeUndefined();
  }
  expect(world.text('a.ts')).toBe('const a = 10;\nconst z = 0;\nconst b = 2;\nconst c = 30;\n');
});

function at<T>(list: readonly T[], index: number): T {
  const one = list[index];
  if (one === undefined) throw new Error(`nothing at ${index}`);
  return one;
}

describe('R27: what has grown goes again', () => {
  const input = replace('a.ts', 'const b = 2;\n', 'const b = 20;\nconst d = 4;\nconst e = 5;\n');

  test.each(['invalid', 'cut'] as const)('when the input is %s', async (state) => {
    const world = await worldOf();
    await streamed(world, editFile, input, { call: 'one', share: 0.9, state });
    expect(world.text('a.ts')).toBe(code);
    expect(world.world.shown(uriOf('a.ts'))).toEqual([]);
  });

  test.each([
    ['half written', open],
    ['whole, and not done yet', {}],
  ] as const)('when the call is given up: %s', async (_what, options) => {
    const world = await worldOf();
    await streamed(world, editFile, input, { call: 'one', ...options });
    expect(world.text('a.ts')).not.toBe(code);
    await world.during(editFile.abandon?.(world.context('one'), 'You stopped it.') ?? Promise.resolve());
    expect(world.text('a.ts')).toBe(code);
    expect(world.world.shown(uriOf('a.ts'))).toEqual([]);
  });

  test('when the conversation is stopped before it is done', async () => {
    const world = await worldOf();
    await streamed(world, editFile, input, { call: 'one' });
    const signal = AbortSignal.abort(new Error('stopped'));
    await expect(called(world, editFile, input, { call: 'one', signal })).rejects.toThrow('stopped');
    expect(world.text('a.ts')).toBe(code);
  });

  test('when the call turns out to be another one: its input has no path any more', async () => {
    const world = await worldOf();
    await streamed(world, editFile, input, { call: 'one' });
    const answer = await called(world, editFile, { command: 'str_replace', old_str: 'x' }, { call: 'one' });
    expect(answer.text).toMatch(/^path is missing/);
    expect(world.text('a.ts')).toBe(code);
  });

  test('when lines were left out', async () => {
    const world = await worldOf();
    const lazy = replace('a.ts', code, 'const a = 10;\n// ... rest of the code ...\n');
    const answer = await written(world, lazy);
    expect(answer.text).toContain('Nothing may be left out');
    expect(world.text('a.ts')).toBe(code);
  });
});

test('R27: what the person types into it while it grows is theirs, and the model is told', async () => {
  const world = await worldOf();
  const input = replace('a.ts', 'const b = 2;\n', 'const b = 20;\nconst d = 4;\nconst e = 5;\n');
  await streamed(world, editFile, input, { call: 'one', ...open });
  const place = (world.text('a.ts') ?? '').indexOf('20;');
  world.world.change(uriOf('a.ts'), [{ start: place, end: place, text: 'mine ' }]);
  await world.world.settle();
  const answer = await called(world, editFile, input, { call: 'one' });
  expect(answer.failed).toBe(true);
  expect(answer.text).toContain('the developer has taken over');
  expect(world.text('a.ts')).toContain('mine 20;');
  expect(world.text('a.ts')).toContain('const a = 1;\n');
});

test('mode plan: nothing grows', async () => {
  const world = await worldOf({ 'a.ts': code }, 'plan');
  await streamed(world, editFile, replace('a.ts', 'const b = 2;', 'const b = 20;'), { call: 'one' });
  expect(world.text('a.ts')).toBe(code);
});

test('mode acceptEdits: it grows, and is accepted when it is whole', async () => {
  const world = await worldOf({ 'a.ts': code }, 'acceptEdits');
  const answer = await written(world, replace('a.ts', 'const b = 2;', 'const b = 20;'));
  expect(answer.text).toBe('Done: a.ts, line 2. It is accepted.');
  expect(world.world.shown(uriOf('a.ts'))).toEqual([]);
  expect(world.ledger.outcome(answer.groups?.[0] ?? '')).toBe('a.ts, line 2: accepted as it was proposed.');
});

test('a new file is not made before it is whole: how far it has come is told', async () => {
  const world = await worldOf();
  const told: string[] = [];
  const context = { ...world.context('one'), report: (text: string) => void told.push(text) };
  const step = (value: object) => ({ id: 'one', name: editFile.name, state: 'open', value }) as const;
  for (const file_text of ['const x', 'const x = 1;\n', 'const x = 1;\nconst y = 2;\n'])
    await editFile.grow?.(context, step({ command: 'create', path: 'src/new.ts', file_text }));
  expect(told).toEqual(['src/new.ts, 1 line so far', 'src/new.ts, 2 lines so far']);
  expect(world.world.disk.has(uriOf('src/new.ts'))).toBe(false);
  const hostile = { command: 'create', path: 'a\u001b[2J\n\u202eb.ts', file_text: 'x\n' };
  await editFile.grow?.(context, step(hostile));
  expect(told.at(-1)).toBe('a ⟨U+202E⟩b.ts, 1 line so far');
  const answer = await called(world, editFile, { command: 'create', path: 'src/new.ts', file_text: 'const x = 1;\n' });
  expect(answer.text).toMatch(/^Made src\/new\.ts\./);
});

test('two conversations edit one file at the same time', async () => {
  const world = await worldOf();
  const [one, other] = [
    replace('a.ts', 'const a = 1;', 'const a = 10;'),
    replace('a.ts', 'const c = 3;', 'const c = 30;'),
  ];
  await streamed(world, editFile, one, { call: '1', conversation: 'c1', ...open });
  await streamed(world, editFile, other, { call: '1', conversation: 'c2', ...open });
  const second = await called(world, editFile, other, { call: '1', conversation: 'c2' });
  const first = await called(world, editFile, one, { call: '1', conversation: 'c1' });
  expect([first.failed, second.failed]).toEqual([undefined, undefined]);
  expect(world.text('a.ts')).toBe('const a = 10;\nconst b = 2;\nconst c = 30;\n');
});

test('two conversations edit the same lines: one of them is told what is there now', async () => {
  const world = await worldOf();
  const [one, other] = [
    replace('a.ts', 'const b = 2;', 'const b = 20;'),
    replace('a.ts', 'const b = 2;', 'const b = 200;'),
  ];
  await streamed(world, editFile, one, { call: '1', conversation: 'c1' });
  await streamed(world, editFile, other, { call: '1', conversation: 'c2' });
  const first = await called(world, editFile, one, { call: '1', conversation: 'c1' });
  const second = await called(world, editFile, other, { call: '1', conversation: 'c2' });
  expect(first.failed).toBeUndefined();
  expect(second.failed).toBe(true);
  expect(second.text).toContain('const b = 20;');
  expect(world.text('a.ts')).toBe(code.replace('b = 2', 'b = 20'));
});
