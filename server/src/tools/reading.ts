/** How tools come to the text of a file: as the editor has it, else from the disk, and only what may leave (threats S12, S25). */
import { Refusal, type Source } from '../ports.ts';
import type { Effective, ToolAnswer, ToolContext } from '../tool.ts';
import { shownPath } from './paths.ts';

type Parts = Pick<ToolContext, 'documents' | 'files' | 'settings' | 'outgoing'>;

/** As it may leave. */
export interface ReadText {
  readonly lines: readonly string[];
  readonly replaced: readonly string[];
}

/**
 * The lines of a file as they may leave.
 * @throws Refusal when it stays on this machine, or cannot be read: in words for the model, without the folder's place.
 */
export async function cleanLinesOf(parts: Parts, uri: string): Promise<ReadText> {
  const text = await textOf(parts, uri);
  const cleaned = await parts.outgoing.clean(text);
  return { lines: linesOf(cleaned.text), replaced: cleaned.replaced };
}

/** The text of a file that may leave, not cleaned yet. @throws Refusal as `cleanLinesOf`. */
export async function textOf(parts: Parts, uri: string): Promise<string> {
  const shown = shownPath(parts.files, uri);
  if (!(await mayLeave(parts, uri)))
    throw new Refusal(
      `${shown} stays on this machine: its name, an ignore file or a setting keeps it back. Go on without it.`,
      'excluded',
    );
  const open = parts.documents.get(uri);
  if (open !== undefined) return open.text;
  try {
    return await parts.files.read(uri);
  } catch (error) {
    if (!(error instanceof Refusal)) throw error;
    throw new Refusal(shortened(parts, uri, error.message), error.kind);
  }
}

export async function mayLeave({ outgoing, settings }: Parts, uri: string): Promise<boolean> {
  const { excludedFiles } = await settings.forDocument(uri);
  return outgoing.mayLeave(uri, excludedFiles);
}

/** The folder is the person's own business: the model knows files by their paths below it. */
function shortened({ files }: Parts, uri: string, message: string): string {
  const root = files.home(uri)?.root;
  return root === undefined ? message : message.replaceAll(`${root}/`, '').replaceAll(`${root}\\`, '');
}

export function linesOf(text: string): readonly string[] {
  return text.split(/\r\n|\r|\n/);
}

/** Of a call that looks at something. */
export function looking(tool: string, title: string, more: Partial<Effective> = {}): Effective {
  return { tool, effect: 'reads', title, facts: [], subjects: [], isRememberable: true, mustAsk: [], ...more };
}

/** What a tool says when something cannot be done: it goes on by itself. */
export async function orFailed(answer: () => Promise<ToolAnswer>): Promise<ToolAnswer> {
  try {
    return await answer();
  } catch (error) {
    // Refusals quote what the model wrote, and names of files.
    if (error instanceof Refusal) return { text: error.message, failed: true, isData: true };
    throw error;
  }
}

/** Lines of a document, counted from 0, both included. */
export function sourceOf(uri: string, firstLine: number, lastLine: number, part: string): Source {
  return { uri, firstLine, lastLine: Math.max(firstLine, lastLine), part };
}

export function plural(count: number, one: string, many = `${one}s`): string {
  return `${count} ${count === 1 ? one : many}`;
}
