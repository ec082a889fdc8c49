/** The chat's edits in an editor that keeps them pending, and in a plain one that makes them at once. */
import { describe, expect, test } from 'vitest';
import { called, createToolWorld, uriOf } from '../../../../test/harness/toolWorld.ts';
import { editFile } from './editFile.ts';

const code = 'const a = 1;\nconst b = 2;\nconst c = 3;\n';
const replace = (path: string, old_str: string, new_str: string) => ({
  command: 'str_replace',
  path,
  old_str,
  new_str,
});

describe.each([
  ['an editor that keeps edits pending', true],
  ['a plain editor', false],
])('in %s', (_name, keepsPending) => {
  const worldOf = (open: Record<string, string>, saved: Record<string, string> = {}) =>
    createToolWorld({ keepsPending, open, saved });

  test('a replacement is made and awaits the person, or is done', async () => {
    const world = await worldOf({ 'a.ts': code });
    const answer = await called(world, editFile, replace('a.ts', 'const b = 2;', 'const b = 20;'));
    expect(world.text('a.ts')).toBe(code.replace('b = 2', 'b = 20'));
    expect(answer.failed).toBeUndefined();
    expect(answer.text).toBe(
      keepsPending
        ? 'Done: a.ts, line 2. The file has it now; the developer has not decided yet, and may accept, change or reject it.'
        : 'Done: a.ts, line 2. The editor has made it.',
    );
    expect(world.world.shown(uriOf('a.ts'))).toHaveLength(keepsPending ? 1 : 0);
    expect(answer.groups).toHaveLength(1);
    expect(world.ledger.outcome(answer.groups?.[0] ?? '')).toMatch(keepsPending ? /not decided/ : /accepted/);
  });

  test('several replacements in one file: what finds no place is told, the others are made', async () => {
    const world = await worldOf({ 'a.ts': code });
    const answer = await called(world, editFile, {
      command: 'edits',
      path: 'a.ts',
      edits: [
        { old_str: 'const a = 1;', new_str: 'const a = 10;' },
        { old_str: 'const b = 3;', new_str: 'const b = 30;' },
        { old_str: 'const c = 3;', new_str: 'const c = 30;' },
      ],
    });
    expect(world.text('a.ts')).toBe('const a = 10;\nconst b = 2;\nconst c = 30;\n');
    expect(answer.failed).toBe(true);
    expect(answer.text).toContain('2 of 3 edits are done: a.ts, lines 1 and 3.');
    expect(answer.text).toContain('Edit 2: old_str in a.ts: found 0 times; the closest is at line 2');
    expect(answer.isData).toBe(true);
  });

  test('R31 in a file of megabytes an edit finds its place, and one that does not is told how to go on, without reading all of it', async () => {
    const line = (at: number) => `const value${at} = compute(${at}, 'a line as long as lines of code are');`;
    const text = `${Array.from({ length: 40_000 }, (_, at) => line(at)).join('\n')}\n`;
    const world = await worldOf({ 'a.ts': text });
    const missed = await called(world, editFile, replace('a.ts', `${line(7)}x`, 'x'));
    expect(missed.text).toBe(
      'old_str in a.ts: it does not stand there exactly once. The file is too large to say what is closest: search for a line of it, and read around that.',
    );
    expect(missed.sources).toBeUndefined();
    await called(world, editFile, replace('a.ts', line(20_000), line(-1)));
    expect(world.text('a.ts')).toBe(text.replace(line(20_000), line(-1)));
  });

  test('a new file', async () => {
    const world = await worldOf({}, { 'src/x.ts': 'x\n' });
    const answer = await called(world, editFile, { command: 'create', path: 'src/new.ts', file_text: 'one\n' });
    expect(world.text('src/new.ts')).toBe('one\n');
    expect(answer.text).toMatch(/^Made src\/new\.ts\./);
    const again = await called(world, editFile, { command: 'create', path: 'src/x.ts', file_text: 'one\n' });
    expect(again.text).toBe('src/x.ts is there already: change it with str_replace.');
    expect(world.text('src/x.ts')).toBe('x\n');
  });

  test('a file that is not open is changed as well', async () => {
    const world = await worldOf({}, { 'b.ts': code });
    const answer = await called(world, editFile, {
      command: 'insert',
      path: 'b.ts',
      insert_line: 0,
      insert_text: '// top',
    });
    expect(answer.failed).toBeUndefined();
    expect(world.text('b.ts')).toBe(`// top\n${code}`);
  });
});
