/** The text editor: its definition by version, and its commands. */
import { describe, expect, expectTypeOf, test } from 'vitest';
import { resultOf } from '../../../../test/harness/toolCalls.ts';
import { type TextEditorInput, textEditorTool } from '../index.ts';

test('is sent as the version that was asked for', () => {
  const run = () => 'ok';
  expect(JSON.parse(JSON.stringify(textEditorTool({ run, max_characters: 9, readOnly: true })))).toEqual({
    type: 'text_editor_20250728',
    name: 'str_replace_based_edit_tool',
    max_characters: 9,
  });
  const old = textEditorTool({ version: '20250124', run, cache_control: { type: 'ephemeral' } });
  expectTypeOf(old.name).toEqualTypeOf<'str_replace_editor'>();
  expect(JSON.parse(JSON.stringify(old))).toEqual({
    type: 'text_editor_20250124',
    name: 'str_replace_editor',
    cache_control: { type: 'ephemeral' },
  });
  // @ts-expect-error Only the newest version has a limit.
  textEditorTool({ version: '20250429', run, max_characters: 9 });
});

test('commands are told apart by type; only the oldest version takes edits back', () => {
  textEditorTool({
    run(command) {
      expectTypeOf(command.command).toEqualTypeOf<'view' | 'create' | 'str_replace' | 'insert'>();
      if (command.command === 'insert') expectTypeOf(command.insert_line).toEqualTypeOf<number>();
    },
  });
  textEditorTool({ version: '20250124', run: (command) => expectTypeOf(command).toEqualTypeOf<TextEditorInput>() });
});

describe('commands', () => {
  const path = '/a.ts';
  test.each<[object, '20250728' | '20250124', 'fits' | RegExp]>([
    [{ command: 'view', path }, '20250728', 'fits'],
    [{ command: 'view', path, view_range: [2, -1] }, '20250728', 'fits'],
    [{ command: 'view', path, view_range: [2, 2] }, '20250728', 'fits'],
    [{ command: 'view', path, view_range: [3, 2] }, '20250728', /view_range: ends before it begins/],
    [{ command: 'view', path, view_range: [0, 2] }, '20250728', /view_range.0/],
    [{ command: 'view', path, view_range: [1, 0] }, '20250728', /view_range.1: must be a line/],
    [{ command: 'view', path, view_range: [1] }, '20250728', /view_range/],
    [{ command: 'view' }, '20250728', /path/],
    [{ command: 'create', path, file_text: '' }, '20250728', 'fits'],
    [{ command: 'create', path }, '20250728', /file_text/],
    [{ command: 'str_replace', path, old_str: 'a' }, '20250728', 'fits'],
    [{ command: 'str_replace', path, old_str: 'a', new_str: '' }, '20250728', 'fits'],
    [{ command: 'str_replace', path, old_str: '' }, '20250728', /old_str/],
    [{ command: 'insert', path, insert_line: 0, insert_text: 'a' }, '20250728', 'fits'],
    [{ command: 'insert', path, insert_line: -1, insert_text: 'a' }, '20250728', /insert_line/],
    [{ command: 'insert', path, insert_line: 1.5, insert_text: 'a' }, '20250728', /insert_line/],
    [{ command: 'undo_edit', path }, '20250728', /command/],
    [{ command: 'undo_edit', path }, '20250124', 'fits'],
    [{ command: 'delete', path }, '20250124', /command/],
    [{}, '20250728', /command/],
  ])('%j, version %s: %s', async (input, version, expected) => {
    const seen: unknown[] = [];
    const result = await resultOf(textEditorTool({ version, run: (command) => void seen.push(command) }), input);
    if (expected === 'fits') expect(seen).toEqual([input]);
    else expect([seen, JSON.stringify(result)]).toEqual([[], expect.stringMatching(expected)]);
  });
});
