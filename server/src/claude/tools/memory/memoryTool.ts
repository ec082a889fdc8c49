/** The memory whose commands the model knows (API reference, "Memory"), over any store. */
import type { ClientToolOptions, MemoryTool20250818 } from '../../schema/requestClientTools.ts';
import { lazySchema } from '../../schema/standard.ts';
import type { InsertInput, MemoryInput, RenameInput, StrReplaceInput } from '../../schema/toolInputs.ts';
import type { Runnable } from '../runnable.ts';
import { preparing, traitsOf, withBehaviour } from '../tool.ts';
import { ToolError } from '../toolError.ts';
import { memoryPath, memoryRoot } from './memoryPath.ts';
import type { MemoryEntry, MemoryStore } from './memoryStore.ts';
import { directoryView, fileView, numbered } from './memoryView.ts';

/** Characters of one file, at most. */
const longestFile = 1_000_000;

/**
 * A memory for the model: it looks there before it answers, and writes down what it wants to know next time. Results
 * and errors are worded as the model expects them. What is written may be anything that the model has read: treat it
 * so.
 */
export function memoryTool(store: MemoryStore, options: ClientToolOptions = {}): MemoryTool20250818 & Runnable {
  const schema = lazySchema<MemoryInput>(async () => (await import('../commands.ts')).memoryCommand);
  let last: Promise<unknown> = Promise.resolve();
  // One after the other: calls of one answer may be about the same file.
  const inTurn = (input: MemoryInput): Promise<string> => {
    const done = last.then(() => doneIn(store, input));
    last = done.catch(() => {});
    return done;
  };
  return withBehaviour(
    { type: 'memory_20250818', name: 'memory', ...options },
    { ...traitsOf({}), prepare: preparing(schema, inTurn) },
  );
}

async function doneIn(store: MemoryStore, input: MemoryInput): Promise<string> {
  switch (input.command) {
    case 'view': {
      const { path, entry } = await found(store, input.path, ' Please provide a valid path.');
      if (entry.kind === 'directory') return directoryView(store, path, entry);
      return fileView(path, await store.read(path), input.view_range);
    }
    case 'create':
      return created(store, memoryPath(input.path), input.file_text);
    case 'str_replace':
      return replaced(store, input);
    case 'insert':
      return inserted(store, input);
    case 'delete': {
      const { path } = await found(store, input.path);
      if (path === memoryRoot) throw failed(`Cannot delete the ${memoryRoot} directory itself`);
      await store.remove(path);
      return `Successfully deleted ${path}`;
    }
    case 'rename':
      return renamed(store, input);
  }
}

function failed(what: string): ToolError {
  return new ToolError(`Error: ${what}`);
}

/** @throws ToolError when nothing is there. */
async function found(
  store: MemoryStore,
  given: string,
  advice = '',
): Promise<{ readonly path: string; readonly entry: MemoryEntry }> {
  const path = memoryPath(given);
  const entry = await store.find(path);
  if (entry === undefined) throw failed(`The path ${path} does not exist${advice === '' ? '' : `.${advice}`}`);
  return { path, entry };
}

async function fileAt(store: MemoryStore, given: string): Promise<{ readonly path: string; readonly text: string }> {
  const { path, entry } = await found(store, given, ' Please provide a valid path.');
  if (entry.kind === 'directory') throw failed(`The path ${path} is not a file.`);
  return { path, text: await store.read(path) };
}

async function written(store: MemoryStore, path: string, text: string): Promise<void> {
  if (text.length > longestFile)
    throw failed(`The file ${path} would be too long: ${text.length} of at most ${longestFile} characters.`);
  await store.write(path, text);
}

async function created(store: MemoryStore, path: string, text: string): Promise<string> {
  if ((await store.find(path)) !== undefined) throw failed(`File ${path} already exists`);
  await mustHaveRoom(store, path);
  await written(store, path, text);
  return `File created successfully at: ${path}`;
}

/** @throws ToolError when a file is where the path needs a directory. */
async function mustHaveRoom(store: MemoryStore, path: string): Promise<void> {
  const parts = path.split('/');
  for (let length = 3; length < parts.length; length++) {
    const parent = parts.slice(0, length).join('/');
    if ((await store.find(parent))?.kind === 'file') throw failed(`The path ${parent} is not a directory`);
  }
}

const linesAround = 2;

async function replaced(store: MemoryStore, { path: given, old_str: old, new_str: text = '' }: StrReplaceInput) {
  const { path, text: before } = await fileAt(store, given);
  const lines = linesWith(old, before);
  const [line] = lines;
  if (line === undefined)
    throw failed(`No replacement was performed, old_str \`${old}\` did not appear verbatim in ${path}.`);
  if (lines.length > 1)
    throw failed(
      `No replacement was performed. Multiple occurrences of old_str \`${old}\` in lines: ${lines.join(', ')}. Please ensure it is unique`,
    );
  const after = before.replace(old, () => text);
  await written(store, path, after);
  const first = Math.max(1, line - linesAround);
  const shown = after.split('\n').slice(first - 1, line + text.split('\n').length - 1 + linesAround);
  return `The memory file has been edited. Here is the snippet showing the change (with line numbers):\n${numbered(shown, first)}`;
}

/** The numbers of the lines in which a text begins, one for each time. */
function linesWith(part: string, text: string): readonly number[] {
  const lines: number[] = [];
  let line = 1;
  for (let from = 0, at = text.indexOf(part); at >= 0; at = text.indexOf(part, at + 1)) {
    line += text.slice(from, at).split('\n').length - 1;
    from = at;
    lines.push(line);
  }
  return lines;
}

async function inserted(store: MemoryStore, { path: given, insert_line: line, insert_text: text }: InsertInput) {
  const { path, text: before } = await fileAt(store, given);
  const lines = before.split('\n');
  if (line < 0 || line > lines.length)
    throw failed(
      `Invalid \`insert_line\` parameter: ${line}. It should be within the range of lines of the file: [0, ${lines.length}]`,
    );
  await written(store, path, lines.toSpliced(line, 0, text.replace(/\n$/, '')).join('\n'));
  return `The file ${path} has been edited.`;
}

async function renamed(store: MemoryStore, { old_path: from, new_path: to }: RenameInput): Promise<string> {
  const { path } = await found(store, from);
  const target = memoryPath(to);
  if (path === memoryRoot) throw failed(`Cannot rename the ${memoryRoot} directory itself`);
  if ((await store.find(target)) !== undefined) throw failed(`The destination ${target} already exists`);
  if (target.startsWith(`${path}/`)) throw failed(`Cannot move ${path} into itself`);
  await mustHaveRoom(store, target);
  await store.rename(path, target);
  return `Successfully renamed ${path} to ${target}`;
}
