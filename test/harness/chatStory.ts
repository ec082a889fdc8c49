/** One conversation for every editor: it reads, searches, edits three files, runs a command, is stopped in the middle, and goes on after a restart. */
import { type Script, scripted } from './foreignService.ts';

/** The workspace that it is about. */
export const storyFiles = {
  'a.ts': 'export function one(x: number) {\n  return x;\n}\n',
  'src/b.ts': 'export function two(y: number) {\n  return y * 2;\n}\n',
  'src/c.ts': 'export const three = () => 3;\n',
} as const;

/** A call of the edit tool: the first text gives way to the other. */
export const edit = (path: string, from: string, to: string) => ({
  name: 'str_replace_based_edit_tool',
  input: { command: 'str_replace', path, old_str: from, new_str: to },
});

/**
 * What the model says: to the first question calls side by side, three edits and a command; the second answer never
 * ends; whatever comes after that is answered in words.
 */
export function chatStory(): Script {
  return scripted(
    {
      thinking: 'Look first.',
      text: 'I look around.',
      calls: [
        { name: 'read', input: { path: 'a.ts' } },
        { name: 'search', input: { pattern: 'return' } },
        { name: 'list', input: { path: '.' } },
      ],
    },
    {
      text: 'Three small edits.',
      calls: [
        edit('a.ts', '  return x;', '  return x + 1;'),
        edit('src/b.ts', '  return y * 2;', '  return y + y;'),
        edit('src/c.ts', 'export const three = () => 3;', 'export const three = () => 1 + 2;'),
      ],
    },
    { calls: [{ name: 'run', input: { command: 'echo three edits' } }] },
    { text: 'It is done, see a.ts:2.' },
    { text: 'Begun, and never ended.', hold: { after: 5, until: new Promise(() => {}) } },
    { text: 'Going on.' },
    { text: 'Still here.' },
  );
}
