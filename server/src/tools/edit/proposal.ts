/** Files that go or move: proposed to the person in an editor that keeps edits pending, done at once where they have agreed before. */
import type { FileChange } from '#shared/edits.ts';
import type { Judgement } from '../../editing.ts';
import type { Effective, ToolAnswer, ToolContext } from '../../tool.ts';
import { failure, saidByEditor } from './editAnswer.ts';
import { isAsShown } from './shown.ts';
import { beginGroup } from './work.ts';

type ProposalContext = Pick<ToolContext, 'ledger' | 'session' | 'signal'>;

/** Whether the person's leave is all that it takes: nothing waits in the editor afterwards. */
function isAtOnce({ ledger, session }: Pick<ToolContext, 'ledger' | 'session'>): boolean {
  return !ledger.keepsPending || session.mode === 'acceptEdits';
}

/** What holds for every such call. A proposal that waits shows its own warnings; what is done at once asks before. */
export function effectiveProposal(
  context: Pick<ToolContext, 'ledger' | 'session'>,
  tool: string,
  judgements: readonly Judgement[],
): Pick<Effective, 'tool' | 'effect' | 'isRememberable' | 'mustAsk' | 'isReviewed'> {
  const reasons = judgements.flatMap((each) => (each.kind === 'ask' ? each.reasons : []));
  return {
    tool,
    effect: 'edits',
    isRememberable: false,
    mustAsk: isAtOnce(context) ? [...new Set(reasons)] : [],
    isReviewed: context.ledger.keepsPending,
  };
}

export interface Proposal {
  readonly change: Exclude<FileChange, { readonly kind: 'create' }>;
  /** What was shown to the person, and the same as it is now. */
  readonly shown: Effective;
  readonly now: Effective;
  /** Such as "Deleted a.ts", and "a.ts is deleted". */
  readonly done: string;
  readonly proposed: string;
}

export async function propose(context: ProposalContext, proposal: Proposal): Promise<ToolAnswer> {
  const { ledger, session, signal } = context;
  const { change, shown, now, done, proposed } = proposal;
  if (!isAsShown(shown.facts, now)) return failure('The file has changed since this was shown to the developer.');
  signal.throwIfAborted();
  const group = beginGroup(context);
  const problem = group.propose(change);
  const { hunks } = await group.end(problem === undefined ? {} : { discard: true });
  if (problem !== undefined) return failure(`Nothing was done. ${saidByEditor([problem])}`);
  if (!isAtOnce(context))
    return {
      text: `${proposed} when the developer accepts it; until then it is as it was.`,
      isData: false,
      groups: [group.id],
    };
  const which = { kind: 'hunks' as const, ids: [...hunks] };
  const { failed } = await ledger.settle({ decision: 'accept', which });
  if (failed.length > 0) {
    await ledger.settle({ decision: 'reject', which });
    return failure(`It did not work. ${saidByEditor(failed.map(({ message }) => message))}`);
  }
  if (change.kind === 'rename') session.changed.add(change.to);
  return { text: `${done}.`, isData: false, groups: [group.id] };
}
