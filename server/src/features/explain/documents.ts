/** What goes into a request as documents, line by line, and how it is cut into blocks that can be cited. Pure. */
import { terminalUri } from '#shared/explain.ts';
import type { Source } from '../../ports.ts';

/** A line and where it stands, zero-based. */
export interface MaterialLine {
  readonly uri: string;
  readonly line: number;
  readonly text: string;
}

/** A document of the request: the code, or something that makes it easier to understand. */
export interface MaterialDocument {
  /** The file as the person knows it. */
  readonly title: string;
  /** Why it is there, in a word, for the model and the receipt: `code`, `imports`, `enclosing`, `definition`. */
  readonly part: string;
  /** More for the model, each a name and a value. */
  readonly about?: Readonly<Record<string, string>>;
  readonly lines: readonly MaterialLine[];
}

/** Lines that are cited together: the service takes no blank block, so blank lines stand with the one before. */
export type Block = readonly MaterialLine[];

export function blocksOf(lines: readonly MaterialLine[]): readonly Block[] {
  const blocks: MaterialLine[][] = [];
  for (const line of lines) {
    const last = blocks.at(-1);
    const isOpen = last !== undefined && (line.text.trim() === '' || last.every(({ text }) => text.trim() === ''));
    if (isOpen) last.push(line);
    else blocks.push([line]);
  }
  return blocks.filter((block) => block.some(({ text }) => text.trim() !== ''));
}

/** Where all lines come from, neighbours together. A terminal is no place that could be excluded. */
export function sourcesOf(documents: readonly MaterialDocument[]): readonly Source[] {
  const sources: Source[] = [];
  for (const { part, lines } of documents)
    for (const { uri, line } of lines.filter((each) => each.uri !== terminalUri)) {
      const last = sources.at(-1);
      if (last?.part === part && last.uri === uri && last.lastLine + 1 === line)
        sources[sources.length - 1] = { ...last, lastLine: line };
      else sources.push({ uri, firstLine: line, lastLine: line, part });
    }
  return sources;
}
