/** Problems that the editor shows, as lines for the model. Pure. */
import type { Range } from '#shared/place.ts';
import type { Problem } from '#shared/problem.ts';
import type { Cleaned } from '../../ports.ts';
import { problemLine } from '../../text/problemLine.ts';
import type { MaterialDocument } from './documents.ts';
import type { MaterialSource } from './material.ts';

const mostProblems = 20;
const longestMessage = 600;

/** The problems of some lines as a document: the worst first, each once. None: undefined. */
export function problemsDocument(
  { uri, title }: Pick<MaterialSource, 'uri' | 'title'>,
  problems: readonly Problem[],
  { part, longest = longestMessage }: { readonly part: string; readonly longest?: number },
): MaterialDocument | undefined {
  const worstFirst = [...problems].sort((one, other) => (one.severity ?? 1) - (other.severity ?? 1));
  const lines = new Map(
    worstFirst.map((problem) => {
      const text = problemLine(problem, longest);
      return [text, { uri, line: problem.range.start.line, text }];
    }),
  );
  if (lines.size === 0) return undefined;
  return { title, part, lines: [...lines.values()].slice(0, mostProblems) };
}

/** The same with messages that may leave: cleaned before they are put on one line and cut. */
export async function cleanProblems(
  problems: readonly Problem[],
  clean: (text: string) => Promise<Cleaned>,
): Promise<{ readonly problems: readonly Problem[]; readonly replaced: readonly string[] }> {
  const messages = await Promise.all(problems.map(({ message }) => clean(message)));
  return {
    problems: problems.map((problem, index) => ({ ...problem, message: messages[index]?.text ?? '' })),
    replaced: messages.flatMap(({ replaced }) => replaced),
  };
}

/** Whether a problem touches the lines. */
export function touchesLines({ start, end }: Range, firstLine: number, lastLine: number): boolean {
  return start.line <= lastLine && end.line >= firstLine;
}

export function isSameProblem(one: Problem, other: Problem): boolean {
  return one.message === other.message && one.range.start.line === other.range.start.line;
}
