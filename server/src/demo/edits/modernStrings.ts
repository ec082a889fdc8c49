/** `'a' + b + 'c'` becomes a template literal, on one line and with simple parts only. */
import type { Change } from './changes.ts';
import { inserted } from './insertions.ts';
import { isLong, type Source } from './source.ts';

export function templateLiterals(source: Source, from: number, to: number): readonly Change[] {
  const changes: Change[] = [];
  for (let line = from; line <= to && line < source.lines.length; line++) {
    const masked = source.maskedLine(line);
    const text = source.lines[line] ?? '';
    if (
      isLong(text) ||
      !masked.includes('"') ||
      !masked.includes('+') ||
      source.layers[line]?.inString === true ||
      goesOn(source, line)
    )
      continue;
    const own = withTemplates(text, masked);
    if (own !== text) changes.push({ from: line, to: line + 1, lines: [own] });
  }
  return changes;
}

/** A sum over several lines is left. */
function goesOn(source: Source, line: number): boolean {
  return (
    /[+]\s*$/.test(source.maskedLine(line)) ||
    /^\s*\+/.test(source.maskedLine(line + 1)) ||
    /\+\s*$/.test(source.maskedLine(line - 1))
  );
}

const string = '"{2,}';
const atom = '[A-Za-z_$][\\w$]*(?:\\.[A-Za-z_$][\\w$]*|\\[\\d+\\]|\\((?:[\\w$.]+(?:, [\\w$.]+)*)?\\))*';
const sum = new RegExp(
  `(?<=(?:^|[=([,?:]|=>|\\breturn|\\bthrow)\\s*)(?:${string}|${atom})(?:\\s*\\+\\s*(?:${string}|${atom}))+(?=\\s*(?:[;,)\\]}:]|$))`,
  'g',
);

function withTemplates(text: string, masked: string): string {
  const insertions = [...masked.matchAll(sum)].flatMap((match) => {
    const template = templateOf(text.slice(match.index, match.index + match[0].length), match[0]);
    return template === undefined ? [] : [{ at: match.index, text: template, drop: match[0].length }];
  });
  return inserted(text, insertions);
}

/** Undefined where adding may mean numbers, or where a string holds what means something in a template. */
function templateOf(text: string, masked: string): string | undefined {
  const parts: { readonly isString: boolean; readonly text: string }[] = [];
  for (const match of masked.matchAll(new RegExp(`${string}|${atom}`, 'g')))
    parts.push({ isString: match[0].startsWith('"'), text: text.slice(match.index, match.index + match[0].length) });
  const strings = parts.filter(({ isString }) => isString);
  if (strings.length === parts.length || parts.slice(0, 2).every(({ isString }) => !isString)) return undefined;
  if (strings.some((part) => !/^(?:'[^'\\`]*'|"[^"\\`]*")$/.test(part.text) || part.text.includes('${')))
    return undefined;
  if (parts.some((part) => !part.isString && /^(?:new|await|typeof|void|return|throw)$/.test(part.text)))
    return undefined;
  return `\`${parts.map((part) => (part.isString ? part.text.slice(1, -1) : `\${${part.text}}`)).join('')}\``;
}
