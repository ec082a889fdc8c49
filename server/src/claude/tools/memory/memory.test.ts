/** The memory: its six commands, worded as the model expects them, and the paths that it refuses. */
import { describe, expect, test } from 'vitest';
import { resultOf } from '../../../../../test/harness/toolCalls.ts';
import { createMemoryStore, type MemoryStore, memoryTool } from '../../index.ts';

const files = {
  '/memories/notes.md': 'one\ntwo\nthree\ntwo',
  '/memories/a/b.txt': 'x'.repeat(1536),
  '/memories/a/deep/c.txt': 'c',
  '/memories/a/.hidden': 'h',
  '/memories/node_modules/m': 'm',
};

/** What a command answers; errors are marked with `!`. */
async function told(input: object, store: MemoryStore = createMemoryStore(files)): Promise<string> {
  const result = await resultOf(memoryTool(store), input);
  if (typeof result === 'string') return result;
  return `! ${JSON.stringify(result)}`.replace(/^! \{"error":"(.*)"\}$/s, '! $1').replaceAll('\\"', '"');
}

test('is sent as its definition', () => {
  const memory = memoryTool(createMemoryStore(), { cache_control: { type: 'ephemeral' } });
  expect(JSON.parse(JSON.stringify(memory))).toEqual({
    type: 'memory_20250818',
    name: 'memory',
    cache_control: { type: 'ephemeral' },
  });
});

describe('view', () => {
  test('lists a directory two levels deep, without what is hidden', async () => {
    expect(await told({ command: 'view', path: '/memories' })).toBe(
      [
        "Here're the files and directories up to 2 levels deep in /memories, excluding hidden items and node_modules:",
        '1.5K\t/memories',
        '1.5K\t/memories/a/',
        '1.5K\t/memories/a/b.txt',
        '1B\t/memories/a/deep/',
        '17B\t/memories/notes.md',
      ].join('\n'),
    );
    expect(await told({ command: 'view', path: '/memories/' }, createMemoryStore())).toBe(
      "Here're the files and directories up to 2 levels deep in /memories, excluding hidden items and node_modules:\n0B\t/memories",
    );
  });

  test.each<[object, readonly string[]]>([
    [{}, ['     1\tone', '     2\ttwo', '     3\tthree', '     4\ttwo']],
    [{ view_range: [2, 3] }, ['     2\ttwo', '     3\tthree']],
    [{ view_range: [3, -1] }, ['     3\tthree', '     4\ttwo']],
    [{ view_range: [4, 99] }, ['     4\ttwo']],
  ])('shows a file with its numbers: %j', async (range, lines) => {
    const head = "Here's the content of /memories/notes.md with line numbers:";
    expect(await told({ command: 'view', path: '/memories/notes.md', ...range })).toBe([head, ...lines].join('\n'));
  });

  test('shows about 16,000 characters, and says where to go on', async () => {
    const store = createMemoryStore({ '/memories/long': Array.from({ length: 5_000 }, () => 'abcdefgh').join('\n') });
    const first = await told({ command: 'view', path: '/memories/long' }, store);
    expect(first.length).toBeGreaterThan(15_000);
    expect(first.length).toBeLessThan(16_200);
    const line = Number(/use view_range to see the file from line (\d+) on/.exec(first)?.[1]);
    expect(first).toContain(`${line - 1}\tabcdefgh`);
    expect(await told({ command: 'view', path: '/memories/long', view_range: [line, line] }, store)).toContain(
      `  ${line}\tabc`,
    );
    const oneLine = createMemoryStore({ '/memories/long': 'x'.repeat(100_000) });
    expect((await told({ command: 'view', path: '/memories/long' }, oneLine)).length).toBeLessThan(16_200);
  });

  test.each<[object, string]>([
    [{ path: '/memories/none' }, '! Error: The path /memories/none does not exist. Please provide a valid path.'],
    [
      { path: '/memories/notes.md', view_range: [5, -1] },
      '! Error: Invalid `view_range` parameter: [5, -1]. It should be within the range of lines of the file: [1, 4]',
    ],
  ])('fails: %j', async (input, expected) => {
    expect(await told({ command: 'view', ...input })).toBe(expected);
  });

  test('fails for more than 999,999 lines', async () => {
    const store = createMemoryStore({ '/memories/many': '\n'.repeat(999_999) });
    expect(await told({ command: 'view', path: '/memories/many' }, store)).toBe(
      '! Error: File /memories/many exceeds maximum line limit of 999,999 lines.',
    );
    const fewer = createMemoryStore({ '/memories/many': '\n'.repeat(999_998) });
    expect(await told({ command: 'view', path: '/memories/many' }, fewer)).toMatch(/^Here's the content/);
  });
});

describe('what changes files', () => {
  test.each<[object, string, Readonly<Record<string, string | undefined>>]>([
    [
      { command: 'create', path: '/memories/new/x.md', file_text: 'hello' },
      'File created successfully at: /memories/new/x.md',
      { '/memories/new/x.md': 'hello' },
    ],
    [
      { command: 'str_replace', path: '/memories/notes.md', old_str: 'three', new_str: 'drei\n$& vier' },
      'The memory file has been edited. Here is the snippet showing the change (with line numbers):\n     1\tone\n     2\ttwo\n     3\tdrei\n     4\t$& vier\n     5\ttwo',
      { '/memories/notes.md': 'one\ntwo\ndrei\n$& vier\ntwo' },
    ],
    [
      { command: 'str_replace', path: '/memories/notes.md', old_str: 'e\ntwo\nt' },
      'The memory file has been edited. Here is the snippet showing the change (with line numbers):\n     1\tonhree\n     2\ttwo',
      { '/memories/notes.md': 'onhree\ntwo' },
    ],
    [
      { command: 'insert', path: '/memories/notes.md', insert_line: 0, insert_text: 'zero\n' },
      'The file /memories/notes.md has been edited.',
      { '/memories/notes.md': 'zero\none\ntwo\nthree\ntwo' },
    ],
    [
      { command: 'insert', path: '/memories/notes.md', insert_line: 4, insert_text: 'five' },
      'The file /memories/notes.md has been edited.',
      { '/memories/notes.md': 'one\ntwo\nthree\ntwo\nfive' },
    ],
    [
      { command: 'delete', path: '/memories/notes.md' },
      'Successfully deleted /memories/notes.md',
      { '/memories/notes.md': undefined },
    ],
    [
      { command: 'delete', path: '/memories/a' },
      'Successfully deleted /memories/a',
      {
        '/memories/a/b.txt': undefined,
        '/memories/a/deep/c.txt': undefined,
        '/memories/notes.md': files['/memories/notes.md'],
      },
    ],
    [
      { command: 'rename', old_path: '/memories/a', new_path: '/memories/z/y' },
      'Successfully renamed /memories/a to /memories/z/y',
      {
        '/memories/a/b.txt': undefined,
        '/memories/z/y/b.txt': files['/memories/a/b.txt'],
        '/memories/z/y/deep/c.txt': 'c',
      },
    ],
  ])('%j', async (input, expected, changed) => {
    const store = createMemoryStore(files);
    expect(await told(input, store)).toBe(expected);
    for (const [path, text] of Object.entries(changed)) expect(store.files.get(path)).toBe(text);
  });

  test.each<[object, string]>([
    [{ command: 'create', path: '/memories/notes.md', file_text: '' }, 'File /memories/notes.md already exists'],
    [{ command: 'create', path: '/memories/a', file_text: '' }, 'File /memories/a already exists'],
    [{ command: 'create', path: '/memories', file_text: '' }, 'File /memories already exists'],
    [
      { command: 'create', path: '/memories/notes.md/x', file_text: '' },
      'The path /memories/notes.md is not a directory',
    ],
    [
      { command: 'create', path: '/memories/x', file_text: 'x'.repeat(1_000_001) },
      'The file /memories/x would be too long: 1000001 of at most 1000000 characters.',
    ],
    [
      { command: 'str_replace', path: '/memories/none', old_str: 'a' },
      'The path /memories/none does not exist. Please provide a valid path.',
    ],
    [{ command: 'str_replace', path: '/memories/a', old_str: 'a' }, 'The path /memories/a is not a file.'],
    [
      { command: 'str_replace', path: '/memories/notes.md', old_str: 'TWO' },
      'No replacement was performed, old_str `TWO` did not appear verbatim in /memories/notes.md.',
    ],
    [
      { command: 'str_replace', path: '/memories/notes.md', old_str: 'two' },
      'No replacement was performed. Multiple occurrences of old_str `two` in lines: 2, 4. Please ensure it is unique',
    ],
    [
      { command: 'insert', path: '/memories/none', insert_line: 0, insert_text: '' },
      'The path /memories/none does not exist. Please provide a valid path.',
    ],
    [
      { command: 'insert', path: '/memories/notes.md', insert_line: 5, insert_text: '' },
      'Invalid `insert_line` parameter: 5. It should be within the range of lines of the file: [0, 4]',
    ],
    [
      { command: 'insert', path: '/memories/notes.md', insert_line: -1, insert_text: '' },
      'Invalid `insert_line` parameter: -1. It should be within the range of lines of the file: [0, 4]',
    ],
    [{ command: 'delete', path: '/memories/none' }, 'The path /memories/none does not exist'],
    [{ command: 'delete', path: '/memories/' }, 'Cannot delete the /memories directory itself'],
    [
      { command: 'rename', old_path: '/memories/none', new_path: '/memories/b' },
      'The path /memories/none does not exist',
    ],
    [
      { command: 'rename', old_path: '/memories/a', new_path: '/memories/notes.md' },
      'The destination /memories/notes.md already exists',
    ],
    [
      { command: 'rename', old_path: '/memories', new_path: '/memories/b' },
      'Cannot rename the /memories directory itself',
    ],
    [{ command: 'rename', old_path: '/memories/a', new_path: '/memories/a/b' }, 'Cannot move /memories/a into itself'],
    [
      { command: 'rename', old_path: '/memories/a', new_path: '/memories/notes.md/a' },
      'The path /memories/notes.md is not a directory',
    ],
  ])('fails without changing anything: %j', async (input, expected) => {
    const store = createMemoryStore(files);
    expect(await told(input, store)).toBe(`! Error: ${expected}`);
    expect(Object.fromEntries(store.files)).toEqual(files);
  });

  test('has a limit to all files together', async () => {
    const store = createMemoryStore({ '/memories/a': '12345' }, 10);
    expect(await told({ command: 'create', path: '/memories/b', file_text: '123456' }, store)).toMatch(/^! .*no room/);
    expect(await told({ command: 'create', path: '/memories/b', file_text: '12345' }, store)).toMatch(/^File created/);
  });

  test('is done in the order in which it was called', async () => {
    const memory = memoryTool(createMemoryStore());
    const [first, second, third] = await Promise.all([
      resultOf(memory, { command: 'create', path: '/memories/a', file_text: 'one' }),
      resultOf(memory, { command: 'str_replace', path: '/memories/a', old_str: 'one', new_str: 'two' }),
      resultOf(memory, { command: 'view', path: '/memories/a' }),
    ]);
    expect([first, second]).toEqual([expect.stringContaining('created'), expect.stringContaining('edited')]);
    expect(third).toContain('     1\ttwo');
  });
});

describe('paths that lead elsewhere are refused in every command', () => {
  test.each([
    '/memories/../etc/passwd',
    '/memories/..',
    '/memories/a/../../etc',
    '/memories/./a',
    '/memories/%2e%2e/etc',
    '/memories/%2E%2e%2fetc',
    '/memories/..%2fetc',
    '/memories/%252e%252e/etc',
    '/memories/%c0%ae%c0%ae/etc',
    '/memories/\u2024\u2024/etc',
    '/memories/\uff0e\uff0e/etc',
    '/memories/\uff0e\uff0e\uff0fetc',
    '/memories/\uff052e\uff052e/etc',
    '/memories\\..\\etc',
    '/memories/..\\etc',
    '/memories/.. /etc',
    '/memories/.../etc',
    '/memories/a\u0000.txt',
    '/memories/a\n',
    '/memoriesx/a',
    '/MEMORIES/a',
    '/\uff4demories/a',
    'memories/a',
    '/etc/passwd',
    '/',
    'C:\\memories\\a',
    '\\\\host\\memories',
    'file:///memories/a',
  ])('%j', async (path) => {
    const store = createMemoryStore(files);
    for (const input of [
      { command: 'view', path },
      { command: 'create', path, file_text: '' },
      { command: 'str_replace', path, old_str: 'a', new_str: 'b' },
      { command: 'insert', path, insert_line: 0, insert_text: '' },
      { command: 'delete', path },
      { command: 'rename', old_path: path, new_path: '/memories/z' },
      { command: 'rename', old_path: '/memories/a', new_path: path },
    ])
      expect(await told(input, store)).toMatch(/^! Error: Path .*(must start with|would escape) \/memories/);
    expect(Object.fromEntries(store.files)).toEqual(files);
  });

  test('names that only look strange are kept', async () => {
    const store = createMemoryStore();
    for (const path of [
      '/memories/a..b',
      '/memories/..a',
      '/memories/50% of it',
      '/memories//twice',
      '/memories/世界.md',
    ])
      expect(await told({ command: 'create', path, file_text: '' }, store)).toMatch(/^File created/);
    expect([...store.files.keys()]).toContain('/memories/twice');
  });
});

test.each<object>([
  { command: 'undo_edit', path: '/memories/a' },
  { command: 'view' },
  { command: 'rename', old_path: 'a' },
  {},
])('what is no command is not done: %j', async (input) => {
  expect(await told(input)).toMatch(/^! \{"problems":/);
});
