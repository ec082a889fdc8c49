/** How a file is written: its quotes and its semicolons, so that what the rules add looks like the rest. */
import type { Source } from './source.ts';

interface Style {
  readonly quote: string;
  /** Ends a statement; empty where the file has none. */
  readonly end: string;
}

const known = new WeakMap<Source, Style>();

export function styleOf(source: Source): Style {
  const style = known.get(source) ?? readStyle(source);
  known.set(source, style);
  return style;
}

function readStyle({ text, masked, syntax }: Source): Style {
  const isScript = syntax.family === 'script';
  const isBare =
    ['python', 'go', 'swift', 'other'].includes(syntax.family) ||
    ['kotlin', 'scala', 'groovy'].includes(syntax.language);
  const noSemicolons = isScript && !/;[ \t]*$/m.test(masked) && /\n/.test(masked);
  const counts = { "'": 0, '"': 0 };
  for (const { index } of masked.slice(0, 40_000).matchAll(/"+/g)) {
    const mark = text.charAt(index);
    if (mark === '"' || mark === "'") counts[mark]++;
  }
  const usesDouble = counts['"'] > counts["'"] || !(isScript || syntax.byIndent);
  const isEven = counts['"'] === counts["'"] && syntax.byIndent;
  return { quote: usesDouble || isEven ? '"' : "'", end: isBare || noSemicolons ? '' : ';' };
}

/** The text as a string of the file's own kind. */
export function quoted(source: Source, text: string): string {
  const { quote } = styleOf(source);
  return `${quote}${text.replaceAll('\\', '\\\\').replaceAll(quote, `\\${quote}`)}${quote}`;
}
