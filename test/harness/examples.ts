/** The examples of a documentation page: each block of TypeScript becomes a program of its own. */
import { readFile } from 'node:fs/promises';

/** A block of code under its heading. */
export interface Example {
  /** The nearest heading above it. */
  readonly title: string;
  readonly code: string;
  /** What its output must contain, from `// → text` comments in the code, in this order. */
  readonly prints: readonly string[];
}

/** The `ts` blocks of a page; those marked `ts only-types` are not run. */
export async function examplesOf(file: string): Promise<readonly (Example & { readonly runs: boolean })[]> {
  const text = await readFile(file, 'utf8');
  let title = '';
  return [...text.matchAll(/^#{1,4} (.+)$|^```ts( only-types)?\n([\s\S]*?)^```$/gm)].flatMap((match) => {
    const [, heading, onlyTypes, code] = match;
    if (heading !== undefined) title = heading;
    if (code === undefined) return [];
    const prints = [...code.matchAll(/\/\/ → (.+)$/gm)].map(([, said = '']) => said);
    return [{ title, code, prints, runs: onlyTypes === undefined }];
  });
}
