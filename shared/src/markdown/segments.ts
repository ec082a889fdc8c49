/**
 * Takes a Markdown text apart while it grows, line by line: into pieces that can be parsed, drawn and forgotten each by itself.
 * Where a piece ends depends on the text alone, never on how it came. Linear, and keeps only what it was given.
 */

/** Of a piece that is still the last one, `lines`, `length` and `isOpen` change. */
export interface Segment {
  /** `plain`: too large to be parsed at one go. */
  readonly kind: 'markdown' | 'code' | 'plain';
  /** What stands behind the opening fence of code. */
  readonly info: string;
  /** Of code without its fences. */
  readonly lines: readonly string[];
  /** Lines that go on in the next one: a long line is cut. */
  readonly cut: ReadonlySet<number>;
  /** UTF-16 code units, line breaks included. */
  readonly length: number;
  /** Code whose end has not come. */
  readonly isOpen: boolean;
  /** Another one after each change, and in each piece. */
  readonly version: number;
}

export interface Segments {
  /** All pieces so far. The list is the same one each time. */
  readonly all: readonly Segment[];
  append(text: string): void;
}

/** Of a piece that is parsed: beyond that a parser would hold up whoever waits. */
const longestParsed = 12_000;
/** A list goes on in another piece from here on. */
const longList = 4_000;
const longestPlain = 60_000;
const longestLine = 20_000;

interface Growing {
  kind: Segment['kind'];
  info: string;
  readonly lines: string[];
  readonly cut: Set<number>;
  length: number;
  isOpen: boolean;
  version: number;
}

/** What the lines so far mean for the next one. */
interface Place {
  readonly in: 'nothing' | 'text' | 'list' | 'indented' | 'fence';
  /** The mark that ends the code, and how far its lines are indented. */
  readonly mark: string;
  readonly indent: number;
  readonly isAfterBlank: boolean;
}

const start: Place = { in: 'nothing', mark: '', indent: 0, isAfterBlank: false };

export function createSegments(): Segments {
  const all: Growing[] = [];
  let place = start;
  /** The last line, as long as its end has not come. */
  let rest = '';
  let restIsCut = false;
  let takeBack = (): void => undefined;

  let changes = 0;
  /** One that was taken back is the same again when it comes back: whoever draws it knows it. */
  let spare: Growing | undefined;

  const open = (kind: Growing['kind'], info = ''): void => {
    changes += 1;
    const empty = { kind, info, length: 0, isOpen: kind === 'code', version: changes };
    all.push(spare === undefined ? { ...empty, lines: [], cut: new Set() } : Object.assign(spare, empty));
    spare = undefined;
  };
  const add = (line: string, isCut: boolean): void => {
    const last = all.at(-1);
    if (last === undefined) return;
    if (isCut) last.cut.add(last.lines.length);
    last.lines.push(line);
    last.length += line.length + (isCut ? 0 : 1);
    changes += 1;
    last.version = changes;
    if (last.kind === 'markdown' && last.length > longestParsed) last.kind = 'plain';
  };
  const take = (line: string, isCut: boolean, goesOn: boolean): void => {
    const last = all.at(-1);
    if (place.in === 'fence') {
      if (!goesOn && !isCut && isEnd(line, place.mark)) {
        if (last !== undefined) {
          last.isOpen = false;
          changes += 1;
          last.version = changes;
        }
        place = start;
      } else add(goesOn ? line : withoutIndent(line, place.indent), isCut);
      return;
    }
    if (goesOn) {
      add(line, isCut);
      return;
    }
    if (isBlank(line)) {
      if (place.in !== 'nothing') add('', false);
      place = { ...place, isAfterBlank: true };
      return;
    }
    const indent = indentOf(line);
    const fence = isCut ? null : opening.exec(line);
    if (fence !== null && (place.in !== 'list' || indent < 2)) {
      const [, , mark = '', info = ''] = fence;
      open('code', info.trim());
      place = { in: 'fence', mark, indent, isAfterBlank: false };
      return;
    }
    const isItem = marker.test(line);
    if (last === undefined || beginsPiece(place, { indent, isItem }, last)) {
      open('markdown');
      place = { ...start, in: isItem ? 'list' : indent >= 4 ? 'indented' : 'text' };
    } else if (last.kind === 'plain' && last.length > longestPlain) open('plain');
    else if (isItem && place.in === 'text') place = { ...place, in: 'list' };
    place = { ...place, isAfterBlank: false };
    add(line, isCut);
  };
  /** As if its end had come: taken back when more of it comes. */
  const takeRest = (): void => {
    const count = all.length;
    const last = all.at(-1);
    const before = {
      place,
      lines: last?.lines.length ?? 0,
      length: last?.length ?? 0,
      kind: last?.kind,
      open: last?.isOpen,
    };
    take(rest, false, restIsCut);
    takeBack = () => {
      takeBack = () => undefined;
      spare = all.at(count);
      if (spare !== undefined) spare.lines.length = 0;
      all.length = count;
      place = before.place;
      if (last === undefined || (last.lines.length === before.lines && last.isOpen === before.open)) return;
      last.lines.length = before.lines;
      last.length = before.length;
      last.kind = before.kind ?? last.kind;
      last.isOpen = before.open ?? false;
      changes += 1;
      last.version = changes;
    };
  };
  return {
    all,
    append(text) {
      if (text === '') return;
      takeBack();
      const more = rest + text;
      let from = 0;
      for (;;) {
        const end = more.indexOf('\n', from);
        const stop = end < 0 ? more.length : end;
        // A line break may be two characters, of which the second has not come.
        while (stop - from > longestLine + 1) {
          const to = cutBefore(more, from + longestLine);
          take(more.slice(from, to), true, restIsCut);
          restIsCut = true;
          from = to;
        }
        if (end < 0) break;
        take(withoutReturn(more.slice(from, end)), false, restIsCut);
        restIsCut = false;
        from = end + 1;
      }
      rest = more.slice(from);
      if (rest !== '') takeRest();
    },
  };
}

/** Up to here a blank line has closed whatever came before, or a fence starts. */
function beginsPiece(
  place: Place,
  line: { readonly indent: number; readonly isItem: boolean },
  last: Growing,
): boolean {
  if (last.kind === 'code' || place.in === 'nothing') return true;
  if (place.in === 'list') {
    if (line.indent >= 2) return false;
    return line.isItem ? last.length > longList : place.isAfterBlank;
  }
  return place.isAfterBlank && !(place.in === 'indented' && line.indent >= 4);
}

const opening = /^( {0,3})(`{3,}|~{3,})((?<=~)[^\n]*|[^`\n]*)$/;
const marker = /^ {0,3}(?:[-+*]|\d{1,9}[.)])(?:[ \t]|$)/;

function isEnd(line: string, mark: string): boolean {
  const text = line.trim();
  return text.length >= mark.length && indentOf(line) < 4 && text === mark.charAt(0).repeat(text.length);
}

function isBlank(line: string): boolean {
  return /^[ \t]*$/.test(line);
}

function indentOf(line: string): number {
  let indent = 0;
  for (const character of line) {
    if (character === ' ') indent += 1;
    else if (character === '\t') indent += 4 - (indent % 4);
    else break;
  }
  return indent;
}

function withoutIndent(line: string, most: number): string {
  let from = 0;
  while (from < most && line.charAt(from) === ' ') from += 1;
  return line.slice(from);
}

function withoutReturn(line: string): string {
  return line.endsWith('\r') ? line.slice(0, -1) : line;
}

/** Not between the halves of a character. */
function cutBefore(text: string, at: number): number {
  return /[\udc00-\udfff]/.test(text.charAt(at)) ? at - 1 : at;
}
