/** Finds, in a conversation, the code that was sent to be explained, and what is asked of it. */
import { type SentDocument, sentDocumentIn } from './sentDocument.ts';

export interface SentCode {
  readonly text: string;
  /** One-based number of the first line. */
  readonly firstLine: number;
  readonly language: string;
  readonly level: 'line' | 'normal' | 'deep';
  /** Of a follow-up. */
  readonly question: string | undefined;
  /** Where the code stands in a document: what can be cited. */
  readonly document?: SentDocument;
}

export interface Turn {
  readonly role: string;
  readonly content: unknown;
}

/** Characters of code that are read; what follows is not looked at. */
const longestCode = 4_000_000;

/** The last document or block that says it is code; else the last with numbered lines; else the last fence; else all the text. */
export function sentCodeIn(turns: readonly Turn[]): SentCode {
  const contents = turns.filter(({ role }) => role === 'user').map(({ content }) => content);
  const users = contents.map(textsOf);
  const blocks = users.flat();
  const document = sentDocumentIn(contents);
  if (document !== undefined) {
    const { text, firstLine, language } = document;
    return { text: text.slice(0, longestCode), firstLine, language, ...askedIn(blocks, users.at(-1) ?? []), document };
  }
  const block =
    blocks.findLast((text) => /^\s*<code\b/.test(text)) ??
    blocks.findLast((text) => numbered.test(text)) ??
    blocks.findLast((text) => text.includes('```')) ??
    blocks.join('\n');
  return {
    ...codeOf(block.slice(0, longestCode)),
    language: languageOf(block),
    ...askedIn(withoutCode(blocks, block), withoutCode(users.at(-1) ?? [], block)),
  };
}

/** @param last the texts of the last turn: a question stands there. */
function askedIn(all: readonly string[], last: readonly string[]): Pick<SentCode, 'level' | 'question'> {
  const level = between(all.join('\n'), '<level>', '</level>')?.trim();
  return {
    level: level === 'line' || level === 'deep' ? level : 'normal',
    question: between(last.join('\n'), '<question>', '</question>')?.trim(),
  };
}

/** What the code says of levels and questions does not count. */
function withoutCode(blocks: readonly string[], code: string): readonly string[] {
  return blocks.filter((text) => text !== code || !/^\s*<code\b/.test(text));
}

const numbered = /^ *\d+\| /m;

function codeOf(block: string): { readonly text: string; readonly firstLine: number } {
  const lines = block
    .split(/\r\n|\r|\n/)
    .map((line) => /^ *(\d+)\| ?(.*)$/.exec(line))
    .filter((match) => match !== null);
  if (lines.length > 0)
    return { text: lines.map((match) => match[2] ?? '').join('\n'), firstLine: Number(lines[0]?.[1]) };
  return { text: fencedIn(block) ?? block, firstLine: 1 };
}

/** What the last fence holds, to the text's end where it is not closed. */
function fencedIn(block: string): string | undefined {
  const parts = block.split(/^ {0,3}```.*$/m);
  // Parts at odd places are inside.
  return parts.findLast((part, index) => index % 2 === 1 && part.trim() !== '')?.replace(/^\r?\n/, '');
}

function languageOf(block: string): string {
  const heading = block.trimStart().split('\n')[0] ?? '';
  const attribute = heading.startsWith('<code') ? between(heading, ' language="', '"') : undefined;
  return attribute ?? aliases.get(fenceWord(block)) ?? (fenceWord(block) || 'unknown');
}

function fenceWord(block: string): string {
  return /^ {0,3}```([\w+#-]+)/m.exec(block)?.[1]?.toLowerCase() ?? '';
}

/** What people write behind a fence, as language ids. */
const aliases: ReadonlyMap<string, string> = new Map([
  ['ts', 'typescript'],
  ['tsx', 'typescriptreact'],
  ['js', 'javascript'],
  ['jsx', 'javascriptreact'],
  ['py', 'python'],
  ['rs', 'rust'],
  ['sh', 'shellscript'],
  ['bash', 'shellscript'],
  ['c++', 'cpp'],
  ['cs', 'csharp'],
  ['c#', 'csharp'],
  ['rb', 'ruby'],
  ['kt', 'kotlin'],
]);

/** The text between the last opening mark and the closing one behind it. */
function between(text: string, open: string, close: string): string | undefined {
  const start = text.lastIndexOf(open);
  const end = start < 0 ? -1 : text.indexOf(close, start + open.length);
  return end < 0 ? undefined : text.slice(start + open.length, end);
}

function textsOf(content: unknown): readonly string[] {
  if (typeof content === 'string') return [content];
  if (!Array.isArray(content)) return [];
  return content.flatMap((block: unknown) =>
    typeof block === 'object' && block !== null && 'text' in block && typeof block.text === 'string'
      ? [block.text]
      : [],
  );
}
