/** Documents of a conversation that are not on the disk as the editor has them: a command would not see what was changed (product decision 10.7). */
import { Refusal } from '../../ports.ts';
import type { ToolContext } from '../../tool.ts';
import { shownPath } from '../paths.ts';

/** Those that the conversation has changed and that differ from their files. */
export async function unsavedOf({ session, documents, files }: ToolContext): Promise<readonly string[]> {
  const found: string[] = [];
  for (const uri of session.changed) {
    const text = documents.get(uri)?.text;
    if (text !== undefined && text !== (await onDisk(files, uri))) found.push(uri);
  }
  return found.toSorted();
}

/** Undefined where there is no such file; what cannot be read as text differs from any text. */
async function onDisk(files: ToolContext['files'], uri: string): Promise<string | undefined> {
  try {
    return await files.read(uri);
  } catch (error) {
    if (error instanceof Refusal) return undefined;
    throw error;
  }
}

/** Saves them where the editor can be asked. @returns a sentence for the model when some are not on the disk. */
export async function saveFirst(context: ToolContext, uris: readonly string[]): Promise<string | undefined> {
  if (uris.length === 0) return undefined;
  const saved = new Set(await context.documents.save?.(uris));
  const behind = uris.filter((uri) => !saved.has(uri)).map((uri) => shownPath(context.files, uri));
  if (behind.length === 0) return undefined;
  return `The disk is behind: your changes to ${behind.join(', ')} are in the editor and not saved, so the command did not see them.`;
}
