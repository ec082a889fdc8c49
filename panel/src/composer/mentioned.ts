/** Mentions in what is written: the one at the cursor, one more, one less. Pure. */

/** A part of the text, and what takes its place. */
export interface Change {
  readonly start: number;
  readonly end: number;
  readonly text: string;
}

/** The word that suggestions are for. */
export interface Word {
  readonly start: number;
  readonly end: number;
  /** From the beginning of its line to the cursor, as `gloss/chatComplete` wants it. */
  readonly line: string;
}

const longestLine = 10_000;

/** `@…` anywhere where a word may begin, `/…` as the first word of all. Undefined: nothing to suggest. */
export function wordAt(text: string, cursor: number): Word | undefined {
  const before = text.slice(0, cursor);
  const line = before.slice(before.lastIndexOf('\n') + 1);
  if (line.length > longestLine) return undefined;
  const written = /^\s*(\/\S*)$/.exec(before)?.[1] ?? /(?:^|[\s([{])(@"[^"\n]*|@[^\s"`<>@]*)$/.exec(line)?.[1];
  if (written === undefined) return undefined;
  const rest = written.startsWith('@"') ? /^[^"\n]*"?/ : /^[^\s"`<>@]*/;
  const behind = rest.exec(text.slice(cursor))?.[0] ?? '';
  return { start: cursor - written.length, end: cursor + behind.length, line };
}

/** Puts a suggestion in the place of a word, with a space behind it where it is whole. */
export function accepted(text: string, { start, end }: Word, insert: string): Change {
  const goesOn = /[/:]"?$/.test(insert);
  const isFollowed = /^\s/.test(text.slice(end));
  return { start, end, text: goesOn || isFollowed ? insert : `${insert} ` };
}

/** Puts mentions at the cursor, apart from what stands around. */
export function mentioning(text: string, cursor: number, mentions: readonly string[]): Change {
  const before = /\S$/.test(text.slice(0, cursor)) ? ' ' : '';
  const behind = /^\s/.test(text.slice(cursor)) ? '' : ' ';
  return { start: cursor, end: cursor, text: `${before}${mentions.join(' ')}${behind}` };
}

/** Puts words at the end, apart from what stands before. */
export function appending(text: string, more: string): Change {
  return { start: text.length, end: text.length, text: text === '' || /\s$/.test(text) ? more : ` ${more}` };
}

/** Takes a mention out wherever it stands, the last one first, so that none moves another. */
export function without(text: string, name: string): readonly Change[] {
  if (!name.startsWith('@')) return [];
  const found: Change[] = [];
  for (let at = text.lastIndexOf(name); at >= 0; at = at === 0 ? -1 : text.lastIndexOf(name, at - 1)) {
    const end = at + name.length;
    if (/[\p{L}\p{N}_@/.\\-]$/u.test(text.slice(0, at)) || isLonger(text.slice(end, end + 2), name)) continue;
    const isSpaced = (at === 0 || /[ \t\n]$/.test(text.slice(0, at))) && /^[ \t]/.test(text.slice(end));
    found.push({ start: at, end: isSpaced ? end + 1 : end, text: '' });
  }
  return found;
}

/** `@src/a.ts` is not meant by `@src/a.tsx` nor by `@src/a.ts#L5`; a full stop may end a sentence. */
function isLonger(behind: string, name: string): boolean {
  if (name.endsWith('"')) return behind.startsWith('#');
  return /^(?:[\p{L}\p{N}_#/\\@-]|[.:][\p{L}\p{N}_/])/u.test(behind);
}

/** A text after changes that do not touch each other, the last one first. */
export function changed(text: string, changes: readonly Change[]): string {
  return changes.reduce((so, { start, end, text: put }) => so.slice(0, start) + put + so.slice(end), text);
}
