/** What a call of the edit tool would really do: the file that is meant, and the change as it is shown before it is made. */
import type { Fact } from '../../ports.ts';
import type { Effective, Impossible } from '../../tool.ts';
import type { Step } from './calls.ts';
import type { ChatCall } from './chatCalls.ts';
import { editTool } from './editTool.ts';
import { lateRestorer } from './lateRestorer.ts';
import { secretMarkIn } from './secrets.ts';
import { changeFacts, tryOut } from './trial.ts';
import { type Aim, aimAt, type EditContext, missing, whyClosed } from './work.ts';

export async function effectiveEdit(context: EditContext, call: ChatCall): Promise<Effective | Impossible> {
  if (call.kind === 'view') return { impossible: 'This tool only changes files. Use the tool that reads them.' };
  const aim = await aimAt(context, call.path);
  if ('message' in aim) return { impossible: aim.message };
  if (call.kind === 'create') return creation(context, aim, call.text);
  if (aim.text === undefined) return { impossible: missing(aim.path) };
  const closed = await whyClosed(context, aim);
  return closed === undefined ? change(context, { ...aim, text: aim.text }, call.steps) : { impossible: closed };
}

async function change(
  context: EditContext,
  { uri, path, text }: Aim & { readonly text: string },
  steps: readonly Step[],
): Promise<Effective> {
  const title = steps.length === 1 ? `Edit ${path}` : `Make ${steps.length} edits in ${path}`;
  const file = { name: 'File', value: path };
  // Some of it may be in the document by now, and the person sees it there: the edits as they were written tell enough.
  if (context.ledger.keepsPending)
    return {
      ...effectiveChange(context, { uri, before: '', after: '' }),
      ...{ title, facts: [file, ...steps.flatMap(stepFacts)], subjects: [path] },
    };
  const restorer = lateRestorer(text, (whole) => context.outgoing.clean(whole));
  for (const step of steps) await restorer.ready(step.command === 'insert' ? step.text : `${step.old}\n${step.text}`);
  const { after, failed } = await tryOut(text, steps, restorer);
  const left = `${failed} of ${steps.length} find no place and are left out`;
  return {
    ...effectiveChange(context, { uri, before: text, after }),
    title,
    facts: [file, ...(failed === 0 ? [] : [{ name: 'Edits', value: left }]), ...changeFacts(text, after)],
    subjects: [path],
  };
}

function stepFacts(step: Step): readonly Fact[] {
  if (step.command === 'str_replace') return changeFacts(step.old, step.text);
  return [{ name: 'After line', value: `${step.line}` }, ...changeFacts('', step.text)];
}

function creation(context: EditContext, { uri, path, text }: Aim, fresh: string): Effective | Impossible {
  if (text !== undefined) return { impossible: `${path} is there already: change it with str_replace.` };
  const mark = secretMarkIn(fresh);
  if (mark !== undefined)
    return { impossible: `${mark} stands for a secret, which cannot be written to another file.` };
  return {
    ...effectiveChange(context, { uri, before: '', after: fresh }),
    title: `Create ${path}`,
    facts: [{ name: 'New file', value: path }, ...changeFacts('', fresh)],
    subjects: [path],
  };
}

/** What holds for every edit. Where the change waits in the editor, the ledger itself asks about protected files, with a preview. */
function effectiveChange(
  { ledger }: Pick<EditContext, 'ledger'>,
  { uri, before, after }: { readonly uri: string; readonly before: string; readonly after: string },
): Omit<Effective, 'title' | 'facts' | 'subjects'> {
  const { kind, reasons } = ledger.judge(uri, before, after);
  return {
    tool: editTool.name,
    effect: 'edits',
    isRememberable: false,
    mustAsk: kind === 'ask' && !ledger.keepsPending && before !== after ? reasons : [],
    // Nobody is asked about a change that comes to nothing: the call fails, and tells the model why.
    isReviewed: ledger.keepsPending || before === after,
  };
}
