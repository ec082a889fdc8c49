/** Finds, in a conversation, the code that was sent to be explained, and what is asked of it. */

export interface SentCode {
  readonly text: string;
  /** One-based number of the first line. */
  readonly firstLine: number;
  readonly language: string;
  readonly level: 'line' | 'normal' | 'deep';
  /** Of a follow-up. */
  readonly question: string | undefined;
}

type Turn = { readonly role: string; readonly content: unknown };

export function sentCodeIn(turns: readonly Turn[]): SentCode {
  const users = turns.filter(({ role }) => role === 'user').map(({ content }) => textsOf(content));
  const blocks = users.flat();
  const block =
    blocks.findLast((text) => /^<code\b/.test(text)) ??
    blocks.findLast((text) => numbered.test(text)) ??
    blocks.join('\n');
  const level = /<level>(line|normal|deep)<\/level>/.exec(blocks.join('\n'))?.[1];
  return {
    ...codeOf(block),
    language: /^<code\b[^>]*\blanguage="([^"]*)"/.exec(block)?.[1] ?? /^```([\w+#-]+)/m.exec(block)?.[1] ?? 'plaintext',
    level: level === 'line' || level === 'deep' ? level : 'normal',
    question: /<question>\n?([\s\S]*?)\n?<\/question>/.exec((users.at(-1) ?? []).join('\n'))?.[1],
  };
}

const numbered = /^ *\d+\| /m;

function codeOf(block: string): { readonly text: string; readonly firstLine: number } {
  const lines = block
    .split('\n')
    .map((line) => /^ *(\d+)\| ?(.*)$/.exec(line))
    .filter((match) => match !== null);
  if (lines.length > 0)
    return { text: lines.map((match) => match[2] ?? '').join('\n'), firstLine: Number(lines[0]?.[1]) };
  const fenced = /^```[^\n]*\n([\s\S]*?)^```/m.exec(block)?.[1];
  return { text: fenced ?? block, firstLine: 1 };
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
