/** All explanations of the workspace, or of one document, as one Markdown text: grouped by file, in the order of their places. */
import type { ExplanationSummary } from '#shared/explanations.ts';
import type { Explanations, Files } from '../ports.ts';
import { explanationSection, nameOf } from './explanationText.ts';
import { inlineCode } from './plainWords.ts';

export interface ExportParts {
  readonly explanations: Pick<Explanations, 'get' | 'list'>;
  readonly files: Pick<Files, 'place'>;
  readonly signal: AbortSignal;
}

export interface Exported {
  readonly markdown: string;
  readonly count: number;
}

/** Characters: more than an editor opens with ease. */
const longest = 20_000_000;

/** Line notes are not among them: they stand beside their lines. @param uri only those of this document. */
export async function exportedExplanations(parts: ExportParts, uri: string | undefined): Promise<Exported> {
  const wanted = (await parts.explanations.list()).filter((each) => isWanted(each, uri));
  const pieces: string[] = ['# Explanations'];
  let [count, length] = [0, 0];
  for (const [heading, summaries] of groupsOf(wanted, parts.files)) {
    pieces.push(heading);
    for (const summary of summaries) {
      // Thousands take their time; other requests are answered in between.
      await new Promise((resolve) => void setImmediate(resolve));
      parts.signal.throwIfAborted();
      const record = await parts.explanations.get(summary.id);
      if (record === undefined) continue;
      const section = explanationSection(summary, record.turns);
      length += section.length;
      if (length > longest) return finished([...pieces, tooLong(wanted.length - count)], count);
      pieces.push(section);
      count++;
    }
  }
  return finished(pieces, count);
}

function isWanted(each: ExplanationSummary, uri: string | undefined): boolean {
  return each.kind !== 'notes' && (uri === undefined || each.uri === uri);
}

/** By the path below the workspace folder, then by place. */
function groupsOf(
  summaries: readonly ExplanationSummary[],
  files: Pick<Files, 'place'>,
): ReadonlyMap<string, readonly ExplanationSummary[]> {
  const headings = new Map([...new Set(summaries.map(({ uri }) => uri))].map((uri) => [uri, headingOf(uri, files)]));
  const headingFor = ({ uri }: ExplanationSummary) => headings.get(uri) ?? '';
  const sorted = summaries.toSorted(
    (a, b) => compare(headingFor(a), headingFor(b)) || a.range.start.line - b.range.start.line || compare(a.at, b.at),
  );
  return Map.groupBy(sorted, headingFor);
}

function headingOf(uri: string, files: Pick<Files, 'place'>): string {
  return `## ${inlineCode(files.place(uri)?.path ?? nameOf(uri), 1_000)}`;
}

function compare(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}

function tooLong(count: number): string {
  return `*${count} more are left out: this text is long enough.*`;
}

function finished(pieces: readonly string[], count: number): Exported {
  return { markdown: `${pieces.join('\n\n')}\n`, count };
}
