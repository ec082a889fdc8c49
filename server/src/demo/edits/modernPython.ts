/** `"%s" % a` and `"{}".format(a)` become f-strings, with simple parts only. */
import type { Change } from './changes.ts';
import { inserted } from './insertions.ts';
import { isLong, type Source } from './source.ts';

export function formattedStrings(source: Source, from: number, to: number): readonly Change[] {
  const changes: Change[] = [];
  for (let line = from; line <= to && line < source.lines.length; line++) {
    const masked = source.maskedLine(line);
    const text = source.lines[line] ?? '';
    if (isLong(text) || !masked.includes('"') || source.layers[line]?.inString === true) continue;
    const own = replaced(replaced(text, masked, percent, percentOf), masked, format, formatOf, text);
    if (own !== text) changes.push({ from: line, to: line + 1, lines: [own] });
  }
  return changes;
}

const atom = '[A-Za-z_]\\w*(?:\\.[A-Za-z_]\\w*|\\[\\d+\\]|\\((?:[\\w.]+(?:, [\\w.]+)*)?\\))*';
const named = `(?:[A-Za-z_]\\w*=)?${atom}`;
const percent = new RegExp(
  `(?<![\\w"])("{3,}) % (?:\\((${atom}(?:, ${atom})*),?\\)|(${atom}))(?=\\s*(?:[,)\\]}:]|$))`,
  'g',
);
const format = new RegExp(`(?<![\\w"])("{3,})\\.format\\((${named}(?:, ${named})*),?\\)`, 'g');

function replaced(
  current: string,
  masked: string,
  pattern: RegExp,
  to: (string: string, parts: readonly string[]) => string | undefined,
  text = current,
): string {
  // One way of writing per line: offsets are those of the line as it was.
  if (current !== text) return current;
  const insertions = [...masked.matchAll(pattern)].flatMap((match) => {
    const end = match.index + match[0].length;
    const string = text.slice(match.index, match.index + (match[1] ?? '').length);
    const inner = text.slice(match.index + string.length, end).replace(/^ % \(?|^\.format\(|,?\)$/g, '');
    const parts = match[3] === undefined ? argumentsIn(inner) : [text.slice(end - match[3].length, end)];
    const made = to(string, parts);
    return made === undefined ? [] : [{ at: match.index, text: made, drop: match[0].length }];
  });
  return inserted(current, insertions);
}

function argumentsIn(text: string): readonly string[] {
  return text.split(/, (?![^(]*\))/).map((part) => part.trim());
}

/** The text between the quotes of a string that has nothing special. */
function contentOf(string: string): { readonly quote: string; readonly text: string } | undefined {
  const match = /^(["'])((?:(?!\1)[^\\])*)\1$/.exec(string);
  return match === null ? undefined : { quote: match[1] ?? '', text: match[2] ?? '' };
}

/** `%s` and `%r` only: the other forms treat numbers in a way of their own. */
function percentOf(string: string, parts: readonly string[]): string | undefined {
  const content = contentOf(string);
  if (content === undefined) return undefined;
  const marks = content.text.match(/%./g) ?? [];
  if (marks.some((mark) => !/^%[sr%]$/.test(mark)) || marks.filter((mark) => mark !== '%%').length !== parts.length)
    return undefined;
  let next = 0;
  const text = content.text.replace(/%.|[{}]/g, (mark) => {
    if (mark === '%%') return '%';
    if (mark === '{' || mark === '}') return mark + mark;
    return `{${parts[next++]}${mark === '%r' ? '!r' : ''}}`;
  });
  return `f${content.quote}${text}${content.quote}`;
}

function formatOf(string: string, parts: readonly string[]): string | undefined {
  const content = contentOf(string);
  if (content === undefined) return undefined;
  const byName = new Map(
    parts.flatMap((part) =>
      /^\w+=/.test(part) ? [[part.split('=')[0] ?? '', part.slice(part.indexOf('=') + 1)] as const] : [],
    ),
  );
  const positional = parts.filter((part) => !/^\w+=/.test(part));
  let next = 0;
  let isKnown = true;
  const used = new Set<string>();
  const text = content.text.replace(/\{\{|\}\}|\{([^{}]*)\}/g, (whole, field: string | undefined) => {
    if (field === undefined) return whole;
    const [, key = '', more = ''] = /^(\w*)((?:![rsa])?(?::[^{}]*)?)$/.exec(field) ?? [undefined, '?'];
    const value =
      key === '' ? positional[next++] : (byName.get(key) ?? (/^\d+$/.test(key) ? positional[Number(key)] : undefined));
    if (value === undefined) isKnown = false;
    else used.add(value);
    return `{${value}${more}}`;
  });
  // A part that the text does not use was called all the same.
  const isComplete = isKnown && used.size === new Set([...positional, ...byName.values()]).size;
  return isComplete && !/(?<!\{)\{(?:[^{}]*)$/.test(content.text)
    ? `f${content.quote}${text}${content.quote}`
    : undefined;
}
