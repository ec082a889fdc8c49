/** Checks what the model calls the text editor and the memory with: these inputs have no schema in the request. */
import * as z from 'zod';
import type { MemoryInput, TextEditorInput, UndoEditInput } from '../schema/toolInputs.ts';

const path = z.string().min(1);
const firstLine = z.int().min(1);
const lastLine = z.int().refine((line) => line === -1 || line > 0, 'must be a line, or -1 for the end');

const view = z.object({
  command: z.literal('view'),
  path,
  view_range: z
    .tuple([firstLine, lastLine])
    .refine(([first, last]) => last === -1 || last >= first, 'ends before it begins')
    .exactOptional(),
});
const create = z.object({ command: z.literal('create'), path, file_text: z.string() });
const strReplace = z.object({
  command: z.literal('str_replace'),
  path,
  old_str: z.string().min(1),
  new_str: z.string().exactOptional(),
});
const insert = z.object({
  command: z.literal('insert'),
  path,
  insert_line: z.int().min(0),
  insert_text: z.string(),
});
const undo = z.object({ command: z.literal('undo_edit'), path });

/** Commands of the versions from 20250429 on. */
export const editorCommand: z.ZodType<Exclude<TextEditorInput, UndoEditInput>> = z.discriminatedUnion('command', [
  view,
  create,
  strReplace,
  insert,
]);

/** Commands of version 20250124. */
export const oldEditorCommand: z.ZodType<TextEditorInput> = z.discriminatedUnion('command', [
  view,
  create,
  strReplace,
  insert,
  undo,
]);

/** Where lines lie outside of the file, the memory says so in its own words. */
export const memoryCommand: z.ZodType<MemoryInput> = z.discriminatedUnion('command', [
  view,
  create,
  strReplace,
  insert.extend({ insert_line: z.int() }),
  z.object({ command: z.literal('delete'), path }),
  z.object({ command: z.literal('rename'), old_path: path, new_path: path }),
]);
