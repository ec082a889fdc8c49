/** What the model is told of its edits: what was made, what was not and why, and who decides now. */
import type { EndedGroup } from '../../editing.ts';
import type { ToolAnswer, ToolContext } from '../../tool.ts';
import type { StepResult } from './work.ts';

type AnswerContext = Pick<ToolContext, 'ledger' | 'session'>;

export function failure(text: string): ToolAnswer {
  return { text, failed: true, isData: false };
}

/** Words of the editor to the developer, as the model hears them. */
export function saidByEditor(failures: readonly string[]): string {
  return `The editor says to the developer: ${failures.map((text) => `"${text}"`).join(' ')}`;
}

/** What becomes of a change that was made. */
export function fateOf({ ledger, session }: AnswerContext): string {
  if (!ledger.keepsPending) return 'The editor has made it.';
  return session.mode === 'acceptEdits'
    ? 'It is accepted.'
    : 'The file has it now; the developer has not decided yet, and may accept, change or reject it.';
}

/** Of a change that an editor was given, and that may be made, or still come. */
export const unknownFate =
  'The editor was given the change and has not told whether it made it. Look before you go on.';

/** In mode `acceptEdits` what is in its document is not asked about any more. */
export async function settled({ ledger, session }: AnswerContext, hunks: readonly string[]): Promise<void> {
  if (session.mode === 'acceptEdits' && ledger.keepsPending && hunks.length > 0)
    await ledger.settle({ decision: 'accept', which: { kind: 'hunks', ids: [...hunks] } });
}

export interface Ending {
  readonly path: string;
  readonly group: string;
  readonly results: readonly StepResult[];
  readonly ended: EndedGroup;
}

export function answerOf(context: AnswerContext, ending: Ending): ToolAnswer {
  const { path, group, results, ended } = ending;
  const made = results.filter(({ kind }) => kind === 'done').length;
  const standing = ended.hunks.filter((id) => context.ledger.find(id)?.hunk.state !== 'conflicted');
  const isMade = made > 0 && standing.length > 0;
  const parts = [
    ...(made > 0 && !isMade && ended.failures.length === 0 ? [`Nothing is different in ${path}.`] : []),
    ...(isMade ? [madeOf(context, ending, standing)] : []),
    ...(ended.failures.length === 0
      ? []
      : [`${isMade ? 'Not all of it' : 'It'} was ${isMade ? '' : 'not '}made. ${saidByEditor(ended.failures)}`]),
    ...results.flatMap((result, index) => lineOf(result, results.length === 1 ? '' : `Edit ${index + 1}: `)),
  ];
  const sources = results.flatMap((result) => result.sources ?? []);
  const replaced = results.flatMap((result) => result.replaced ?? []);
  const isWhole = isMade && made === results.length && ended.failures.length === 0 && !ended.isUnknown;
  return {
    text: parts.join('\n'),
    isData: sources.length > 0,
    ...(isWhole ? {} : { failed: true }),
    ...(sources.length === 0 ? {} : { sources, replaced: [...new Set(replaced)] }),
    ...(isMade ? { groups: [group] } : {}),
  };
}

function madeOf(context: AnswerContext, { path, results, ended }: Ending, standing: readonly string[]): string {
  const made = results.filter(({ kind }) => kind === 'done').length;
  const where = `${path}${linesOf(context, standing)}`;
  if (ended.isUnknown) return `Not known: ${where}. ${unknownFate}`;
  return `${made === results.length ? 'Done' : `${made} of ${results.length} edits are done`}: ${where}. ${fateOf(context)}`;
}

function lineOf({ kind, text }: StepResult, lead: string): readonly string[] {
  if (kind === 'done') return [];
  return [kind === 'failed' ? `${lead}${text}` : `${lead}the developer has taken over. ${saidByEditor([text])}`];
}

/** Such as ", lines 3 to 9 and 14". */
function linesOf({ ledger }: AnswerContext, hunks: readonly string[]): string {
  const ranges = hunks.flatMap((id) => {
    const range = ledger.find(id)?.hunk.range;
    if (range === undefined) return [];
    const last = range.end.character === 0 ? Math.max(range.start.line, range.end.line - 1) : range.end.line;
    return [range.start.line === last ? `${last + 1}` : `${range.start.line + 1} to ${last + 1}`];
  });
  const shown = ranges.length > mostRanges ? [...ranges.slice(0, mostRanges), 'others'] : ranges;
  const list = [shown.slice(0, -1).join(', '), ...shown.slice(-1)].filter((text) => text !== '').join(' and ');
  return list === '' ? '' : `, ${ranges.length === 1 && /^\d+$/.test(list) ? 'line' : 'lines'} ${list}`;
}

const mostRanges = 20;
