/** The material as it may leave: cleaned with the lines around it, before it is cut out and numbered. Pure. */
import type { Cleaned } from '../../ports.ts';
import { cleanCut } from './cleanCut.ts';
import { cleanLines } from './cleanLines.ts';
import type { MaterialDocument } from './documents.ts';
import type { Material } from './material.ts';

export interface CleanMaterial {
  readonly documents: readonly MaterialDocument[];
  readonly replaced: readonly string[];
}

/** More than this is not cleaned with what is around it: a minified file is one line. In UTF-16 code units. */
const longestWindow = 400_000;
/** Longer than any private key, so that one is known when only a part of it is selected. */
const linesAround = 200;

/** @param text the whole document of the code. */
export async function cleanMaterial(
  material: Material,
  text: string,
  clean: (text: string) => Promise<Cleaned>,
): Promise<CleanMaterial> {
  let lines: readonly string[] | undefined;
  const linesOnce = () => (lines ??= text.split(/\r\n|\n|\r/));
  return together(
    material.documents.map((document) => {
      if (document.part === 'code') return cleanCode(document, material, text, clean);
      return cutLines.has(document.part) ? cleanLinesOf(document, linesOnce(), clean) : cleanAlone(document, clean);
    }),
  );
}

/** Parts whose lines are lines of the document, of which long ones are cut. */
const cutLines: ReadonlySet<string> = new Set(['imports', 'enclosing', 'outline']);

/** Documents of which each line stands for itself. */
export function cleanDocuments(
  documents: readonly MaterialDocument[],
  clean: (text: string) => Promise<Cleaned>,
): Promise<CleanMaterial> {
  return together(documents.map((document) => cleanAlone(document, clean)));
}

async function together(cleaning: readonly Promise<CleanDocument>[]): Promise<CleanMaterial> {
  const cleaned = await Promise.all(cleaning);
  return {
    documents: cleaned.map(({ document }) => document),
    replaced: [...new Set(cleaned.flatMap(({ replaced }) => replaced))],
  };
}

interface CleanDocument {
  readonly document: MaterialDocument;
  readonly replaced: readonly string[];
}

async function cleanCode(
  document: MaterialDocument,
  material: Material,
  text: string,
  clean: (text: string) => Promise<Cleaned>,
): Promise<CleanDocument> {
  if (material.kind === 'change') return cleanChange(document, text, clean);
  const lines = text.split(/(?<=\r\n|\n|\r(?!\n))/);
  const from = Math.max(0, material.firstLine - linesAround);
  const window = lines.slice(from, material.lastLine + 1 + linesAround);
  const isOneLine = material.isCut && material.linesLeftOut === 0;
  const code = await (isOneLine
    ? cleanCut(lines.slice(material.firstLine).join(''), material.code.length, clean)
    : cutOut(window, material, from, clean));
  const texts = code.text.split(/\r\n|\n|\r/);
  return {
    document: {
      ...document,
      lines: document.lines.map((line, index) => ({ ...line, text: texts[index] ?? '' })),
    },
    replaced: code.replaced,
  };
}

/** Each for itself, with what was cut off behind it. */
async function cleanLinesOf(
  document: MaterialDocument,
  all: readonly string[],
  clean: (text: string) => Promise<Cleaned>,
): Promise<CleanDocument> {
  const cleaned = await Promise.all(
    document.lines.map((line) => {
      const whole = all[line.line] ?? '';
      return whole.startsWith(line.text) ? cleanCut(whole, line.text.length, clean) : clean(line.text);
    }),
  );
  return {
    document: {
      ...document,
      lines: document.lines.map((line, index) => ({ ...line, text: cleaned[index]?.text ?? '' })),
    },
    replaced: cleaned.flatMap(({ replaced }) => replaced),
  };
}

/** Lines with others between them. */
async function cleanChange(
  document: MaterialDocument,
  text: string,
  clean: (text: string) => Promise<Cleaned>,
): Promise<CleanDocument> {
  const numbers = document.lines.map(({ line }) => line);
  const { lines, replaced } = await cleanLines(text.split(/\r\n|\n|\r/), numbers, clean);
  const texts = document.lines.map((line, index) => ({ ...line, text: lines[index]?.text ?? '' }));
  return { document: { ...document, lines: texts }, replaced };
}

async function cleanAlone(
  document: MaterialDocument,
  clean: (text: string) => Promise<Cleaned>,
): Promise<CleanDocument> {
  const cleaned = await Promise.all(document.lines.map(({ text }) => clean(text)));
  return {
    document: {
      ...document,
      lines: document.lines.map((line, index) => ({ ...line, text: cleaned[index]?.text ?? '' })),
    },
    replaced: cleaned.flatMap(({ replaced }) => replaced),
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
