/** Says what of the code, and of what stands around it, was not sent. Pure. */
import type { MaterialDocument } from './documents.ts';
import type { Material } from './material.ts';

/** Of material that is cut. */
export function cutNotice({ kind, linesLeftOut }: Material): string {
  const lines = linesLeftOut === 1 ? 'line was' : `${linesLeftOut} lines were`;
  if (kind === 'terminal')
    return linesLeftOut === 0
      ? 'The line is long: its beginning was left out.'
      : `The text is long: its first ${lines} left out.`;
  if (kind === 'change') return `The change is long: its last ${lines} left out.`;
  const what = kind === 'file' ? 'The file' : 'The code';
  return `${what} is long: ${linesLeftOut === 0 ? 'the end of its last line was' : `its last ${lines}`} left out.`;
}

/** What stands around the code and found no room in the budget; nothing where all did. */
export function leftOutNotice(documents: readonly MaterialDocument[]): readonly string[] {
  const definitions = documents.filter(({ part }) => part.startsWith('definition')).length;
  const parts = [
    ...(definitions === 0 ? [] : [definitions === 1 ? 'a definition' : `${definitions} definitions`]),
    ...(documents.some(({ part }) => part === 'imports') ? ['the imports'] : []),
    ...(documents.some(({ part }) => part === 'enclosing') ? ['the declarations around it'] : []),
    ...(documents.some(({ part }) => part === 'problems') ? ['its problems'] : []),
  ];
  return parts.length === 0 ? [] : [`Not sent with the code, to stay within the budget: ${parts.join(', ')}.`];
}
