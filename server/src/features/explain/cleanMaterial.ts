/** The material as it may leave: cleaned with the lines around it, before it is cut out and numbered. Pure. */
import type { Cleaned } from '../../ports.ts';
import type { NumberedLine } from '../../text/imports.ts';
import type { Material } from './material.ts';

export interface CleanMaterial {
  readonly material: Material;
  readonly replaced: readonly string[];
}

/** More than this is not cleaned with what is around it: a minified file is one line. In UTF-16 code units. */
const longestWindow = 400_000;
/** Longer than any private key, so that one is known when only a part of it is selected. */
const linesAround = 200;

export async function cleanMaterial(
  material: Material,
  text: string,
  clean: (text: string) => Promise<Cleaned>,
): Promise<CleanMaterial> {
  const lines = text.split(/(?<=\r\n|\n|\r(?!\n))/);
  const from = Math.max(0, material.firstLine - linesAround);
  const window = lines.slice(from, material.lastLine + 1 + linesAround);
  const isOneLine = material.isCut && material.linesLeftOut === 0;
  const code = await (isOneLine ? clean(material.code) : cutOut(window, material, from, clean));
  const others = [...material.imports, ...material.enclosing];
  const cleanedOthers = await Promise.all(others.map(({ text: line }) => clean(line)));
  const numbered = others.map(({ line }, index): NumberedLine => ({ line, text: cleanedOthers[index]?.text ?? '' }));
  return {
    material: {
      ...material,
      code: code.text,
      imports: numbered.slice(0, material.imports.length),
      enclosing: numbered.slice(material.imports.length),
    },
    replaced: [...new Set([...code.replaced, ...cleanedOthers.flatMap(({ replaced }) => replaced)])],
  };
}

/** The code's own lines out of the cleaned window. What was replaced elsewhere in the window is not told. */
async function cutOut(
  window: readonly string[],
  { code, firstLine, lastLine }: Material,
  from: number,
  clean: (text: string) => Promise<Cleaned>,
): Promise<Cleaned> {
  if (window.reduce((length, line) => length + line.length, 0) > longestWindow) return clean(code);
  const cleaned = await clean(window.join(''));
  const lines = cleaned.text.split(/(?<=\r\n|\n|\r(?!\n))/).slice(firstLine - from, lastLine + 1 - from);
  const text = lines.join('');
  return {
    text,
    replaced: text === window.slice(firstLine - from, lastLine + 1 - from).join('') ? [] : cleaned.replaced,
  };
}
