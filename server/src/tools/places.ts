/** Shows places in files to a model: the lines with their numbers, grouped by file, only of files that may leave. */
import type { Source, TextMatch } from '../ports.ts';
import type { ToolContext } from '../tool.ts';
import { shownPath } from './paths.ts';
import { mayLeave, sourceOf } from './reading.ts';

export interface PlacesText {
  readonly text: string;
  readonly sources: readonly Source[];
}

/** UTF-16 code units. */
const largestText = 60_000;
const longestLine = 500;

/**
 * `12: ` stands before a line that is meant, `13- ` before one around it.
 * @param matches lines as they may leave, file by file.
 */
export async function placesText(
  context: Pick<ToolContext, 'documents' | 'files' | 'settings' | 'outgoing'>,
  matches: readonly TextMatch[],
  part: string,
): Promise<PlacesText> {
  const texts: string[] = [];
  const sources: Source[] = [];
  let size = 0;
  let left = 0;
  for (const [uri, inFile] of Map.groupBy(matches, (match) => match.uri)) {
    if (!(await mayLeave(context, uri))) continue;
    const text = `${shownPath(context.files, uri)}\n${fileText(inFile)}`;
    size += text.length;
    if (size > largestText && texts.length > 0) {
      left += inFile.length;
      continue;
    }
    texts.push(text.length > largestText ? `${text.slice(0, largestText).toWellFormed()}…` : text);
    sources.push(...inFile.map(({ firstLine, lines }) => sourceOf(uri, firstLine, firstLine + lines.length - 1, part)));
  }
  if (left > 0) texts.push(`${left} more places are not shown, for want of room. Ask for less at once.`);
  return { text: texts.join('\n'), sources };
}

/** Each line once, though it is around several matches; a gap is a line `…`. */
function fileText(matches: readonly TextMatch[]): string {
  const meant = new Set(matches.map(({ line }) => line));
  const lines = new Map(
    matches.flatMap(({ firstLine, lines: all }) => all.map((text, index) => [firstLine + index, text] as const)),
  );
  const numbers = [...lines.keys()].sort((one, other) => one - other);
  const isSpaced = matches.some(({ lines: all }) => all.length > 1);
  return numbers
    .flatMap((number, index) => {
      const text = lines.get(number) ?? '';
      const cut = text.length > longestLine ? `${text.slice(0, longestLine).toWellFormed()}…` : text;
      const shown = `  ${number + 1}${meant.has(number) ? ':' : '-'} ${cut}`;
      const isGap = isSpaced && index > 0 && numbers[index - 1] !== number - 1;
      return isGap ? ['  …', shown] : [shown];
    })
    .join('\n');
}
