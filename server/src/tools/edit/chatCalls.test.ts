/** What a call of the chat's edit tool is read as, whole and on its way. */
import { describe, expect, test } from 'vitest';
import { chatCallOf, growingChatCall } from './chatCalls.ts';

const one = { old_str: 'a', new_str: 'b' };

test.each<[object, object]>([
  [
    { command: 'str_replace', path: 'a.ts', ...one },
    { kind: 'change', path: 'a.ts', steps: [{ command: 'str_replace', old: 'a', text: 'b' }] },
  ],
  [
    { command: 'insert', path: 'a.ts', insert_line: '3', insert_text: ['x', 'y'] },
    { kind: 'change', path: 'a.ts', steps: [{ command: 'insert', line: 3, text: 'x\ny' }] },
  ],
  [
    { command: 'edits', file_path: 'a.ts', edits: [one, { insert_line: 0, insert_text: 'x' }] },
    {
      kind: 'change',
      path: 'a.ts',
      steps: [
        { old: 'a', text: 'b' },
        { command: 'insert', line: 0, text: 'x' },
      ],
    },
  ],
  // Another command, and a list that is text.
  [
    { command: 'str_replace', path: 'a.ts', edits: JSON.stringify([one]) },
    { kind: 'change', steps: [{ old: 'a', text: 'b' }] },
  ],
  [
    { command: 'create', path: 'a.ts', content: 'x' },
    { kind: 'create', path: 'a.ts', text: 'x' },
  ],
  [
    { command: 'view', path: 'a.ts' },
    { kind: 'view', path: 'a.ts' },
  ],
])('reads %j', (input, expected) => {
  expect(chatCallOf(input)).toMatchObject(expected);
});

test.each<[unknown, string]>([
  [{ command: 'str_replace', ...one }, 'path is missing: name the file from the workspace folder.'],
  [{ command: 'edits', edits: [one] }, 'path is missing: name the file from the workspace folder.'],
  [{ command: 'edits', path: 'a.ts', edits: [] }, 'edits is empty: give at least one { old_str, new_str }.'],
  [
    { command: 'edits', path: 'a.ts', edits: [one, { new_str: 'x' }] },
    'edits[1] is no edit: each needs old_str and new_str, or insert_line and insert_text.',
  ],
  [{ command: 'delete', path: 'a.ts' }, 'The command is none of view, str_replace, insert, create, edits.'],
  [
    { command: 'edits', path: 'a.ts', edits: Array.from({ length: 501 }, () => one) },
    'edits has 501 parts; at most 500 go in one call.',
  ],
  ['text', 'The input is not a JSON object.'],
])('tells what is wrong with %j', (input, problem) => {
  expect(chatCallOf(input)).toEqual({ problem });
});

describe('on its way', () => {
  test('a replacement grows when its place and its file are settled', () => {
    expect(growingChatCall({ command: 'str_replace', path: 'a.ts', old_str: 'a' })).toBeUndefined();
    expect(growingChatCall({ command: 'str_replace', old_str: 'a', new_str: 'b' })).toBeUndefined();
    expect(growingChatCall({ command: 'str_replace', path: 'a.ts', ...one })).toMatchObject({ isOpen: true });
  });

  test('of several the last one grows, and those before it are whole', () => {
    const growing = (...edits: object[]) => growingChatCall({ command: 'edits', path: 'a.ts', edits });
    expect(growing(one, { old_str: 'c' })).toMatchObject({ isOpen: false, steps: [{ old: 'a' }] });
    expect(growing(one, { old_str: 'c', new_str: 'd' })).toMatchObject({
      isOpen: true,
      steps: [{ old: 'a' }, { text: 'd' }],
    });
    expect(growing({ new_str: 'x' }, one)).toBeUndefined();
  });

  test('a new file does not grow', () => {
    expect(growingChatCall({ command: 'create', path: 'a.ts', file_text: 'x' })).toBeUndefined();
  });
});
