/** How a place is mentioned in a question, so that it is read as the same place. Pure. */
import { type MeantLines, mentionsIn } from './mentions.ts';

/** `@src/a.ts#L5-10`, in quotes where it needs them; undefined for a path that no mention can spell. */
export function mentionOf(path: string, lines?: MeantLines): string | undefined {
  if (path === '') return undefined;
  const behind = lines === undefined ? '' : linesOf(lines);
  const spelled = [`@${path}${behind}`, `@./${path}${behind}`, `@"${path}"${behind}`];
  return spelled.find((written) => isReadAs(written, path, lines));
}

export function symbolMention(name: string, path?: string): string | undefined {
  const written = path === undefined ? `@symbol:${name}` : `@symbol:${path}#${name}`;
  const [found] = mentionsIn(written);
  const isSame =
    found?.written === written &&
    found.meant.kind === 'symbol' &&
    found.meant.name === name &&
    found.meant.path === path;
  return isSame ? written : undefined;
}

function linesOf({ first, last }: MeantLines): string {
  return first === last ? `#L${first + 1}` : `#L${first + 1}-${last + 1}`;
}

function isReadAs(written: string, path: string, lines: MeantLines | undefined): boolean {
  const [found, ...more] = mentionsIn(written);
  if (found?.written !== written || more.length > 0 || found.meant.kind !== 'path') return false;
  const { meant } = found;
  const isPlace = meant.path === path || meant.path === `./${path}`;
  return isPlace && meant.lines?.first === lines?.first && meant.lines?.last === lines?.last;
}
