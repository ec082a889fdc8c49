/** Answers `codeAction/resolve` and the `gloss.edit` command: the whole edit, with progress, and nothing before it is whole. */
import type {
  ClientCapabilities,
  CodeAction,
  Connection,
  WorkDoneProgressReporter,
  WorkspaceEdit,
} from 'vscode-languageserver/node';
import type { EditParams, EditResult } from '#shared/edits.ts';
import type { GlossCapabilities } from '#shared/initialization.ts';
import { type Context, Refusal, type World } from '../ports.ts';
import { targetOf } from './editSurfaces.ts';
import { type LateProgress, lateProgress } from './lateProgress.ts';
import { toWorkspaceEdit } from './workspaceEdit.ts';

interface Parts {
  readonly connection: Connection;
  readonly client: ClientCapabilities;
  readonly gloss: GlossCapabilities;
  readonly world: World;
}

/** Fills in the edit of an action that the person has chosen. */
export async function resolveEdit(parts: Parts, action: CodeAction, signal: AbortSignal): Promise<CodeAction> {
  // Actions that are whole already come here as well.
  if (action.data === undefined) return action;
  const progress =
    parts.client.window?.workDoneProgress === true
      ? lateProgress(parts.connection.window.createWorkDoneProgress())
      : undefined;
  const { result, edit } = await wholeEdit(parts, targetOf(action), signal, progress);
  if (edit === undefined) throw nothing(result);
  return { ...action, edit };
}

/** Makes the edit through the client. */
export async function editByCommand(
  parts: Parts,
  target: EditParams,
  { signal, progress }: { readonly signal: AbortSignal; readonly progress: WorkDoneProgressReporter | undefined },
): Promise<EditResult> {
  const { world, client, connection } = parts;
  if (world.trust() === 'restricted')
    throw new Refusal(
      'This workspace is not trusted, so commands from elsewhere are off. Trust it first.',
      'restricted',
    );
  if (client.workspace?.applyEdit !== true)
    throw new Refusal('This editor takes no edits from a language server.', 'noApplyEdit');
  const { result, edit, title } = await wholeEdit(parts, target, signal, progress);
  if (edit === undefined) throw nothing(result);
  const answer = await connection.workspace.applyEdit({ label: title, edit });
  if (!answer.applied)
    throw new Refusal(
      `The editor did not make the change${answer.failureReason === undefined ? '' : `: ${answer.failureReason}`}. The text is as it was.`,
      'notApplied',
      ['retry'],
    );
  return result;
}

interface Whole {
  readonly result: EditResult;
  readonly edit: WorkspaceEdit | undefined;
  readonly title: string;
}

async function wholeEdit(
  { world, client, gloss }: Parts,
  target: EditParams,
  signal: AbortSignal,
  progress: LateProgress | undefined,
): Promise<Whole> {
  const context: Context = { ...world, signal };
  progress?.begin('Gloss', undefined, 'Writing the edit', true);
  try {
    const { runEdit } = await import('../features/refactor/run.ts');
    const { result, whole } = await runEdit(context, target, true);
    const hasEdits = whole !== undefined && whole.documents.length + whole.files.length > 0;
    const needsConfirmation = gloss.pendingEdits || (whole?.files.length ?? 0) > 0;
    const edit = hasEdits ? toWorkspaceEdit(whole, client, { needsConfirmation }) : undefined;
    return { result, edit, title: whole?.title ?? 'Gloss' };
  } finally {
    progress?.done();
  }
}

/** The person asked for a change, and there is none: what the model says tells why. */
function nothing({ failures, markdown }: EditResult): Refusal {
  const why = [...failures, markdown].filter((text) => text !== '').join(' ');
  return new Refusal(why === '' ? 'The model made no change.' : why, 'noEdit');
}
