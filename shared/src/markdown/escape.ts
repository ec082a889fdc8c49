/** Writes text into Markdown so that every renderer reads it back as the same text, with as few backslashes as that takes. */

/** What the text's paragraph, heading or table holds besides, and so what could come together with the text. */
export interface Surroundings {
  readonly kind: 'paragraph' | 'heading' | 'table';
  /** A bracket could belong to a link or a definition. */
  readonly brackets: boolean;
  /** The mark finds a partner. */
  readonly stars: boolean;
  readonly underscores: boolean;
  readonly tildes: boolean;
  /** Inline code holds what must not get out of it. */
  readonly fragile: boolean;
}

/** The characters beside a text in the output. */
export interface Edges {
  readonly before: string;
  readonly after: string;
}

/** Text that starts after a line break, or with nothing before it, starts a line: there more characters have a meaning. */
export function escapeText(text: string, edges: Edges, around: Surroundings): string {
  if (around.kind !== 'paragraph') return escapeInline(oneLine(text, edges, around.kind), edges, around);
  const startsLine = edges.before === '' || edges.before === '\n';
  const lines = text.split('\n');
  const last = lines.length - 1;
  const escaped = lines.map((line, index) => {
    const starts = index > 0 || startsLine;
    const ends = index < last || edges.after === '\n';
    const inner = { before: starts ? '\n' : edges.before, after: ends ? '\n' : edges.after };
    const inline = escapeInline(trimmed(line, starts, ends), inner, around);
    return starts ? escapeStart(inline) : inline;
  });
  // A blank line would end the paragraph.
  const isJoint = (index: number) => (index === 0 && !startsLine) || (index === last && edges.after !== '\n');
  return escaped.filter((line, index) => line !== '' || isJoint(index)).join('\n');
}

function oneLine(text: string, edges: Edges, kind: 'heading' | 'table'): string {
  const parts = text.split('\n');
  if (parts.length === 1 && kind === 'table') return text;
  const line = parts.map((part, index) => trimmed(part, index > 0, index < parts.length - 1)).join(' ');
  return kind === 'heading' ? trimmed(line, edges.before === ' ', edges.after === '\n') : line;
}

function trimmed(line: string, start: boolean, end: boolean): string {
  const cut = start ? line.trimStart() : line;
  return end ? cut.trimEnd() : cut;
}

function escapeInline(text: string, { before, after }: Edges, around: Surroundings): string {
  return text.replace(/_+|#+$|[\\`*~<&[|]/g, (found: string, at: number) => {
    const neighbours = { before: text.charAt(at - 1) || before, after: text.charAt(at + found.length) || after };
    if (!hasMeaning(found, neighbours, around, text.slice(at, at + 40))) return found;
    if (found === '`' && around.fragile) return '&#96;';
    return `\\${[...found].join('\\')}`;
  });
}

function hasMeaning(found: string, { before, after }: Edges, around: Surroundings, rest: string): boolean {
  switch (found.charAt(0)) {
    case '\\':
      return /[!-/:-@[-`{-~\n]|^$/.test(after) || rest === '\\';
    case '`':
      return true;
    case '*':
      return around.stars && !(isBlank(before) && isBlank(after));
    case '~':
      return around.tildes && !(isBlank(before) && isBlank(after));
    case '_':
      return around.underscores && !(isWord(before) && isWord(after));
    case '<':
      return /[a-z/!?\\]/i.test(after) || rest === '<';
    case '&':
      return /^&(?:#x?[0-9a-f]{1,8}|[a-z][a-z0-9]{0,31});/i.test(rest);
    case '[':
      return around.brackets || (before === '\n' && /^\[[ x]\](?:\s|$)/i.test(rest));
    case '|':
      return around.kind === 'table';
    default:
      return around.kind === 'heading' && after === '\n' && isBlank(before);
  }
}

/** Whether an underscore run between these two can never open or close emphasis. */
export function isWord(character: string): boolean {
  return /^[\p{L}\p{N}]$/u.test(character);
}

function isBlank(character: string): boolean {
  return /^\s?$/.test(character);
}

/** What starts a block, or makes a heading or a table of the line above. */
const blockStart = /^(?:#{1,6}(?=[ \t]|$)|>|[-+*](?=[ \t]|$)|~~~|(?=[|:\-=_*~+])[|:\-=_*~+ \t]+$)/;

function escapeStart(line: string): string {
  const ordered = /^(\d{1,9})([.)])(?=[ \t]|$)/.exec(line);
  if (ordered !== null) return `${ordered[1]}\\${line.slice(ordered[1]?.length)}`;
  return blockStart.test(line) ? `\\${line}` : line;
}
