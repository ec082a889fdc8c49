/** Functions of published packages: real code to explain, whole files with the lines of one function each. */
import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { outlineOf } from '../../server/src/text/outline.ts';

export interface RealFunction {
  /** Below `node_modules`. */
  readonly file: string;
  readonly name: string;
  readonly languageId: string;
  /** The whole file. */
  readonly text: string;
  /** Zero-based. */
  readonly firstLine: number;
  readonly lastLine: number;
}

const modules = path.resolve(import.meta.dirname, '../../node_modules');
const folders = ['@anthropic-ai/sdk/src', 'undici/lib', 'zod/src', 'mdast-util-from-markdown/lib'];
const callable = new Set([6, 9, 12]);

/** At most two of a file, each of 6 to 60 lines. */
export function realFunctions(): readonly RealFunction[] {
  return folders.flatMap((folder) =>
    readdirSync(path.join(modules, folder), { recursive: true, encoding: 'utf8' })
      .filter((file) => /(?<!\.d)\.[jt]s$/.test(file) && !/test|min|llhttp/.test(file))
      .sort()
      .flatMap((file) => functionsIn(path.join(folder, file))),
  );
}

function functionsIn(file: string): readonly RealFunction[] {
  const text = readFileSync(path.join(modules, file), 'utf8');
  const languageId = file.endsWith('.ts') ? 'typescript' : 'javascript';
  return outlineOf(text, languageId)
    .filter(({ kind, range }) => callable.has(kind) && isFit(range.end.line - range.start.line))
    .slice(0, 2)
    .map(({ name, range }) => ({
      ...{ file: file.split(path.sep).join('/'), name, languageId, text },
      ...{ firstLine: range.start.line, lastLine: range.end.line },
    }));
}

function isFit(lines: number): boolean {
  return lines >= 6 && lines <= 60;
}
