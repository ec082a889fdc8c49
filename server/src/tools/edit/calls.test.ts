/** However a model spells a call of the edit tool, what it means is understood, and what is missing is said. */
import { describe, expect, test } from 'vitest';
import { callOf, growingCall } from './calls.ts';

const here = 'src/a.ts';

describe('a whole call', () => {
  const replaced = { command: 'str_replace', path: here, old: 'a', text: 'b' };
  const inserted = { command: 'insert', path: here, line: 3, text: 'b' };
  const created = { command: 'create', path: 'n.ts', text: 'b' };

  test.each<[string, unknown, unknown]>([
    ['as the tool describes it', { command: 'str_replace', path: here, old_str: 'a', new_str: 'b' }, replaced],
    [
      'with names of another tool',
      { command: 'str_replace', file_path: here, old_string: 'a', new_string: 'b' },
      replaced,
    ],
    ['with names in camel case', { cmd: 'strReplace', path: here, oldString: 'a', newString: 'b' }, undefined],
    ['without a command', { path: here, old_str: 'a', new_str: 'b' }, replaced],
    ['with a command in words', { command: 'Str Replace', path: here, old_str: 'a', new_str: 'b' }, replaced],
    ['called replace', { command: 'replace', path: here, search: 'a', replace: 'b' }, replaced],
    ['called edit', { action: 'edit', file: here, old: 'a', new: 'b' }, replaced],
    ['without a path', { command: 'str_replace', old_str: 'a', new_str: 'b' }, replaced],
    ['with lines as a list', { old_str: ['a', 'c'], new_str: ['b', 'd'] }, { ...replaced, old: 'a\nc', text: 'b\nd' }],
    ['without the new text: it is deleted', { command: 'str_replace', old_str: 'a' }, { ...replaced, text: '' }],
    ['that inserts', { command: 'insert', path: here, insert_line: 3, insert_text: 'b' }, inserted],
    ['that inserts with the older name', { command: 'insert', path: here, insert_line: 3, new_str: 'b' }, inserted],
    ['that inserts without a command', { path: here, insert_line: '3', insert_text: 'b' }, inserted],
    ['that creates', { command: 'create', path: 'n.ts', file_text: 'b' }, created],
    ['that writes', { command: 'write', filename: 'n.ts', content: 'b' }, created],
    ['that creates without a command', { path: 'n.ts', file_text: 'b' }, created],
    ['that views', { command: 'view', path: here }, { command: 'view', path: here, range: undefined }],
    ['that views a part', { command: 'view', view_range: [2, -1] }, { command: 'view', path: here, range: [2, -1] }],
    ['that views an odd part', { command: 'view', view_range: [2] }, { command: 'view', path: here, range: undefined }],
  ])('%s', (_what, value, expected) => {
    const call = callOf(value, here);
    if (expected === undefined) expect(call).toHaveProperty('problem');
    else expect(call).toEqual(expected);
  });

  test.each<[string, unknown, string]>([
    ['no object', 'str_replace', 'not a JSON object'],
    ['a list', [], 'not a JSON object'],
    ['null', null, 'not a JSON object'],
    ['nothing', {}, 'none of view, str_replace, insert, create'],
    ['another command', { command: 'undo_edit', path: here }, 'none of view'],
    ['no old text', { command: 'str_replace', new_str: 'b' }, 'old_str is missing'],
    ['old text that is no text', { command: 'str_replace', old_str: 5, new_str: 'b' }, 'old_str is missing'],
    ['a list that is no lines', { command: 'str_replace', old_str: ['a', 5] }, 'old_str is missing'],
    ['no line', { command: 'insert', insert_text: 'b' }, 'insert needs'],
    ['an empty line number', { command: 'insert', insert_line: '', insert_text: 'b' }, 'insert needs'],
    ['a list as line number', { command: 'insert', insert_line: [], insert_text: 'b' }, 'insert needs'],
    ['a negative line', { command: 'insert', insert_line: -1, insert_text: 'b' }, 'insert needs'],
    ['half a line', { command: 'insert', insert_line: 1.5, insert_text: 'b' }, 'insert needs'],
    ['nothing to insert', { command: 'insert', insert_line: 1 }, 'insert needs'],
    ['no file', { command: 'create', path: 'n.ts' }, 'create needs file_text'],
    ['fields of the prototype', JSON.parse('{"__proto__":{"command":"create","file_text":"x"}}'), 'none of view'],
  ])('S35: %s is told to the model', (_what, value, problem) => {
    expect(callOf(value, here)).toEqual({ problem: expect.stringContaining(problem) });
  });
});

describe('a call on its way', () => {
  test.each<[string, unknown]>([
    ['the new text may still grow', { command: 'str_replace', path: here, old_str: 'a', new_str: '' }],
    ['by its other names too', { file_path: here, old_string: 'a', new_string: 'b' }],
    ['an insertion', { command: 'insert', path: here, insert_line: 0, insert_text: 'b' }],
  ])('its place is settled: %s', (_what, value) => {
    expect(growingCall(value, here)).toEqual(callOf(value, here));
  });

  test.each<[string, unknown]>([
    ['the old text may still grow', { command: 'str_replace', path: here, old_str: 'a' }],
    ['the new text came first', { new_str: 'b', path: here, old_str: 'a' }],
    ['the path may still come', { command: 'str_replace', old_str: 'a', new_str: 'b' }],
    ['the line may still come', { command: 'insert', path: here, insert_text: 'b' }],
    ['a new file is put in as a whole', { command: 'create', path: 'n.ts', file_text: 'b' }],
    ['it only looks', { command: 'view', path: here, view_range: [1, 2] }],
    ['nothing is there yet', {}],
    ['it is no object', undefined],
  ])('its place is not settled: %s', (_what, value) => {
    expect(growingCall(value, here)).toBeUndefined();
  });
});
