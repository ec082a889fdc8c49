/** How memories are shown to the model (API reference, "Memory", `view`). */
import { ToolError } from '../toolError.ts';
import type { MemoryEntry, MemoryStore } from './memoryStore.ts';

/** The number of the last line that has room beside the text. */
const mostLines = 999_999;
const numberWidth = String(mostLines).length;
/** Characters in one view, about: the model asks for more with a range. */
const longestView = 16_000;
const deepestListed = 2;

/** Lines with their numbers. @param first The number of the first one. */
export function numbered(lines: readonly string[], first: number): string {
  return lines.map((line, at) => `${String(first + at).padStart(numberWidth)}\t${line}`).join('\n');
}

/** A file, or the range of it that was asked for, with line numbers. */
export function fileView(path: string, text: string, [first, last]: readonly [number, number] = [1, -1]): string {
  const lines = text.split('\n');
  if (lines.length > mostLines)
    throw new ToolError(`Error: File ${path} exceeds maximum line limit of ${mostLines.toLocaleString('en')} lines.`);
  if (first > lines.length)
    throw new ToolError(
      `Error: Invalid \`view_range\` parameter: [${first}, ${last}]. It should be within the range of lines of the file: [1, ${lines.length}]`,
    );
  const wanted = lines.slice(first - 1, last === -1 ? undefined : last);
  const shown = upTo(longestView, wanted);
  const next = first + shown.length;
  const rest = shown.length < wanted.length ? `\n[Cut here: use view_range to see the file from line ${next} on.]` : '';
  return `Here's the content of ${path} with line numbers:\n${numbered(shown, first)}${rest}`;
}

/** As many lines as there is room for, and at least one, cut if it is too long. */
function upTo(room: number, [line = '', ...lines]: readonly string[]): readonly string[] {
  const shown = [line.slice(0, room)];
  let length = line.length;
  for (const next of lines) {
    length += next.length + numberWidth + 2;
    if (length > room) break;
    shown.push(next);
  }
  return shown;
}

/** A directory and what lies in it, two levels deep, with sizes. */
export async function directoryView(store: MemoryStore, path: string, { size }: MemoryEntry): Promise<string> {
  const header = `Here're the files and directories up to ${deepestListed} levels deep in ${path}, excluding hidden items and node_modules:`;
  const lines = await listed(store, path, 1);
  return [header, `${sizeOf(size)}\t${path}`, ...lines].join('\n');
}

async function listed(store: MemoryStore, path: string, depth: number): Promise<readonly string[]> {
  const entries = (await store.list(path)).filter(({ name }) => !name.startsWith('.') && name !== 'node_modules');
  const lines: string[] = [];
  for (const { name, kind, size } of entries.toSorted((a, b) => (a.name < b.name ? -1 : 1))) {
    const place = `${path}/${name}`;
    lines.push(`${sizeOf(size)}\t${kind === 'directory' ? `${place}/` : place}`);
    if (kind === 'directory' && depth < deepestListed) lines.push(...(await listed(store, place, depth + 1)));
  }
  return lines;
}

/** `512B`, `1.5K`, `3M`. */
function sizeOf(bytes: number): string {
  const power = bytes === 0 ? 0 : Math.min(3, Math.floor(Math.log2(bytes) / 10));
  const size = bytes / 1024 ** power;
  return `${Number.isInteger(size) ? size : size.toFixed(1)}${'BKMG'[power]}`;
}
