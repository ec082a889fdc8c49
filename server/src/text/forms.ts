/** The shapes that comments and strings take, as small readers: each says where one ends that begins here. */
import { afterKeyword, isWordCode, startsRegex } from './around.ts';

/** What a reader sees: the text, and what came before. */
export interface Scan {
  readonly text: string;
  /** Index of the last character of code, -1 at the beginning. */
  readonly significant: number;
  /** Where the code in a string's hole ends: just behind the bracket that closes it. */
  skipHole(at: number, close: string): number;
  /** Up to here no regular expression begins: one was tried on this line, and it never ended. */
  noRegexBefore: number;
  /** How often the end of a here-document was looked for in vain, through the whole text. */
  lostHeredocs: number;
}

export interface Form {
  /** Characters that it can begin with. */
  readonly starts: string;
  readonly kind: 'comment' | 'string';
  /** The offset behind it, or undefined where it does not begin at `at`. */
  readonly read: (scan: Scan, at: number) => number | undefined;
}

type LineRule = 'word' | 'url' | 'attribute';

/** A comment to the end of the line. Rules: `word` only where a word could begin, `url` not in `https://`, `attribute` not in `#[`. */
export function line(open: string, rule?: LineRule): Form {
  return {
    starts: open.charAt(0),
    kind: 'comment',
    read: ({ text }, at) => (text.startsWith(open, at) && allows(rule, text, at) ? lineEnd(text, at) : undefined),
  };
}

/** A comment from one mark to the next. */
export function block(open: string, close: string): Form {
  return {
    starts: open.charAt(0),
    kind: 'comment',
    read: ({ text }, at) => (text.startsWith(open, at) ? behind(text, close, at + open.length) : undefined),
  };
}

/** A comment that may hold others of its kind. */
export function nested(open: string, close: string): Form {
  return {
    starts: open.charAt(0),
    kind: 'comment',
    read: ({ text }, at) => (text.startsWith(open, at) ? nestedEnd(text, at, open, close) : undefined),
  };
}

interface Quoting {
  /** Goes on over the line's end. Otherwise the line's end ends it. */
  readonly multiline?: boolean;
  /** A backslash takes the next character with it; true unless said otherwise. */
  readonly escape?: boolean;
  /** What opens a piece of code inside. */
  readonly hole?: string;
  /** What stands before the first quote. */
  readonly prefix?: string;
  /** Not behind a letter, as in the text of an element: "don't". */
  readonly when?: 'apostrophe';
}

/** A string between two equal quotes. */
export function quoted(quote: string, options: Quoting = {}): Form {
  const open = (options.prefix ?? '') + quote;
  return {
    starts: open.charAt(0),
    kind: 'string',
    read(scan, at) {
      if (!scan.text.startsWith(open, at)) return undefined;
      if (options.when === 'apostrophe' && isWordCode(scan.text.charCodeAt(at - 1)) && !afterKeyword(scan.text, at)) {
        return undefined;
      }
      return quotedEnd(scan, at + open.length, quote, options);
    },
  };
}

/** A string or comment whose end is spelled by what opened it: `$1` is the first group. No escapes, many lines. */
export function fenced(starts: string, open: RegExp, close: string, kind: Form['kind'] = 'string'): Form {
  return {
    starts,
    kind,
    read({ text }, at) {
      if (isWordCode(text.charCodeAt(at)) && isWordCode(text.charCodeAt(at - 1))) return undefined;
      open.lastIndex = at;
      const match = open.exec(text);
      return match === null ? undefined : behind(text, close.replace('$1', match[1] ?? ''), at + match[0].length);
    },
  };
}

/** Text up to a line that holds the second group only. What follows the opening on its line is taken with it. */
export function heredoc(open: RegExp): Form {
  return {
    starts: '<',
    kind: 'string',
    read(scan, at) {
      open.lastIndex = at;
      const match = scan.lostHeredocs < 8 ? open.exec(scan.text) : null;
      if (match === null) return undefined;
      const close = new RegExp(`[\\r\\n][ \\t]*${match[2]}\\b`, 'g');
      close.lastIndex = at + match[0].length;
      if (close.exec(scan.text) !== null) return close.lastIndex;
      scan.lostHeredocs++;
      return undefined;
    },
  };
}

/** A regular expression between slashes, where a value is expected. */
export const regexLiteral: Form = {
  starts: '/',
  kind: 'string',
  read(scan, at) {
    const next = scan.text.charAt(at + 1);
    if (next === '/' || next === '*' || at < scan.noRegexBefore || !startsRegex(scan.text, at, scan.significant))
      return undefined;
    const end = regexEnd(scan.text, at + 1);
    if (end === undefined) scan.noRegexBefore = lineEnd(scan.text, at);
    return end;
  },
};

/** A character between apostrophes, where an apostrophe may mean something else: a lifetime, a digit's separator, a label. */
export function charOf(other: 'lifetime' | 'digits' | 'short'): Form {
  return {
    starts: "'",
    kind: 'string',
    read(scan, at) {
      const { text } = scan;
      if (other !== 'digits') return shortCharEnd(text, at);
      return isInNumber(text, at) ? undefined : quotedEnd(scan, at + 1, "'", {});
    },
  };
}

function allows(rule: LineRule | undefined, text: string, at: number): boolean {
  if (rule === 'word') return at === 0 || ' \t\r\n;({'.includes(text.charAt(at - 1));
  if (rule === 'url') return text.charAt(at - 1) !== ':' || !/https?:$/.test(text.slice(Math.max(0, at - 6), at));
  return rule !== 'attribute' || text.charAt(at + 1) !== '[';
}

function lineEnd(text: string, from: number): number {
  for (let at = from; at < text.length; at++) if (isBreak(text.charCodeAt(at))) return at;
  return text.length;
}

function isBreak(code: number): boolean {
  return code === 10 || code === 13;
}

function behind(text: string, close: string, from: number): number {
  const found = text.indexOf(close, from);
  return found < 0 ? text.length : found + close.length;
}

function nestedEnd(text: string, from: number, open: string, close: string): number {
  let depth = 0;
  for (let at = from; at < text.length; ) {
    if (text.startsWith(open, at)) {
      depth++;
      at += open.length;
    } else if (text.startsWith(close, at)) {
      at += close.length;
      if (--depth === 0) return at;
    } else at++;
  }
  return text.length;
}

function quotedEnd(scan: Scan, from: number, close: string, options: Quoting): number {
  const { text } = scan;
  const first = close.charCodeAt(0);
  const hole = options.hole ?? '';
  for (let at = from; at < text.length; at++) {
    const code = text.charCodeAt(at);
    if (code === first && (close.length === 1 || text.startsWith(close, at))) return at + close.length;
    if (hole !== '' && code === hole.charCodeAt(0) && text.startsWith(hole, at)) {
      at = scan.skipHole(at + hole.length, hole.endsWith('(') ? ')' : '}') - 1;
    } else if (code === 92 && options.escape !== false) {
      at += text.charCodeAt(at + 1) === 13 && text.charCodeAt(at + 2) === 10 ? 2 : 1;
    } else if (options.multiline !== true && isBreak(code)) return at;
  }
  return text.length;
}

function regexEnd(text: string, from: number): number | undefined {
  let inClass = false;
  for (let at = from; at < text.length; at++) {
    const code = text.charCodeAt(at);
    if (isBreak(code)) return undefined;
    if (code === 92) at++;
    else if (code === 91) inClass = true;
    else if (code === 93) inClass = false;
    else if (code === 47 && !inClass) return at + 1;
  }
  return undefined;
}

/** `'x'`, `'\n'`, `'\u{1F600}'`: one character, or one escape of at most twelve. */
function shortCharEnd(text: string, at: number): number | undefined {
  if (text.charAt(at + 1) === '\\') {
    const close = text.slice(at, at + 14).indexOf("'", 3);
    return close < 0 ? undefined : at + close + 1;
  }
  const width = (text.codePointAt(at + 1) ?? 0) > 0xffff ? 2 : 1;
  return text.charAt(at + 1 + width) === "'" && !isBreak(text.charCodeAt(at + 1)) ? at + width + 2 : undefined;
}

function isInNumber(text: string, at: number): boolean {
  let start = at;
  while (start > 0 && at - start < 24 && isWordCode(text.charCodeAt(start - 1))) start--;
  const code = text.charCodeAt(start);
  return start < at && code >= 48 && code <= 57;
}
