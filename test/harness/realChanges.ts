/** Edits that really happened: what changed between two published versions of a package, as a model would send it. */
import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { diffArrays } from 'diff';

/** `old_str` is in the text once, where all edits before it were made. */
export interface RealEdit {
  readonly old_str: string;
  readonly new_str: string;
}

export interface RealChange {
  /** Below the package's folder, with `/`. */
  readonly path: string;
  readonly before: string;
  readonly after: string;
  /** From top to bottom; one after the other they turn `before` into `after`. */
  readonly edits: readonly RealEdit[];
}

interface Hunk {
  readonly removed: readonly string[];
  readonly added: readonly string[];
  /** Number of the first line, in the text in which the hunks above are done. */
  readonly at: number;
}

const packages = path.resolve(import.meta.dirname, '../../node_modules/@anthropic-ai');
const sources = /\.(?:[cm]?ts|[cm]?js|md|json)$/;

/** Every source file of which the two versions of the SDK differ. */
export function realChanges(): readonly RealChange[] {
  const files = readdirSync(path.join(packages, 'sdk'), { recursive: true, encoding: 'utf8' });
  return files
    .filter((file) => sources.test(file))
    .sort()
    .flatMap((file) => {
      const [before, after] = ['sdk', 'sdk-newest'].map((name) => textOf(path.join(packages, name, file)));
      if (before === undefined || after === undefined || before === after) return [];
      return [{ path: file.split(path.sep).join('/'), before, after, edits: editsOf(before, after) }];
    });
}

function textOf(file: string): string | undefined {
  try {
    return readFileSync(file, 'utf8');
  } catch {
    return undefined;
  }
}

function editsOf(before: string, after: string): readonly RealEdit[] {
  let lines = linesOf(before);
  return hunksOf(lines, linesOf(after)).map((hunk, index) => {
    const edit = editOf(lines, hunk, index % 2 === 0);
    lines = lines.toSpliced(hunk.at, hunk.removed.length, ...hunk.added);
    return edit;
  });
}

function linesOf(text: string): readonly string[] {
  return text.match(/.*\n|.+/g) ?? [];
}

function hunksOf(before: readonly string[], after: readonly string[]): readonly Hunk[] {
  const hunks: Hunk[] = [];
  let [at, removed]: [number, readonly string[]] = [0, []];
  for (const change of diffArrays([...before], [...after])) {
    if (change.removed) removed = change.value;
    else if (change.added) hunks.push({ removed, added: change.value, at });
    else if (removed.length > 0) hunks.push({ removed, added: [], at });
    if (!change.removed) removed = [];
    if (!change.removed) at += change.count;
  }
  return removed.length === 0 ? hunks : [...hunks, { removed, added: [], at }];
}

/** With as few lines around it as make it the only one. Half of them are written without the last line end, as models do. */
function editOf(lines: readonly string[], { removed, added, at }: Hunk, isEnded: boolean): RealEdit {
  const text = lines.join('');
  for (let around = removed.length === 0 ? 1 : 0; around <= lines.length; around++) {
    for (let above = Math.min(around, at); above >= 0; above--) {
      const head = lines.slice(at - above, at);
      const tail = lines.slice(at + removed.length, at + removed.length + around - above);
      const [old_str, new_str] = [removed, added].map((middle) => [...head, ...middle, ...tail].join('')) as [
        string,
        string,
      ];
      const edit =
        isEnded || new_str === '' ? { old_str, new_str } : { old_str: unended(old_str), new_str: unended(new_str) };
      if (edit.old_str !== '' && text.indexOf(edit.old_str) === text.lastIndexOf(edit.old_str)) return edit;
    }
  }
  throw new Error('No lines around a change make it the only one.');
}

function unended(text: string): string {
  return text.replace(/\n$/, '');
}
