/** The editor as the ledger sees it: one that keeps pending edits by `gloss/*`, or any LSP client by whole edits (product decisions 10.2, 10.3). */
import { createHash } from 'node:crypto';
import { type ClientCapabilities, type Connection, MessageType, type WorkspaceEdit } from 'vscode-languageserver/node';
import {
  type ApplyParams,
  type ApplyResult,
  type Approval,
  applyRequest,
  approveRequest,
  hunksNotification,
  prepareRequest,
} from '#shared/edits.ts';
import type { GlossCapabilities } from '#shared/initialization.ts';
import type { Editor, WholeEdit } from '../editing.ts';
import { type Log, Refusal } from '../ports.ts';
import { toWorkspaceEdit } from './workspaceEdit.ts';

export interface EditorParts {
  readonly connection: Connection;
  readonly client: ClientCapabilities;
  readonly gloss: GlossCapabilities;
  readonly log: Log;
}

export function createEditor(parts: EditorParts): Editor {
  return parts.gloss.pendingEdits ? pendingEditor(parts) : plainEditor(parts);
}

function pendingEditor({ connection, client, log }: EditorParts): Editor {
  const failed = (what: string) => (error: unknown) => log.warn(`${what}: ${String(error)}`);
  return {
    keepsPending: true,
    async apply(params) {
      try {
        return applyRequest.result.parse(await connection.sendRequest(applyRequest.method, params));
      } catch (error) {
        failed('an edit could not be made')(error);
        return { applied: false, versions: [], reason: 'failed', message: 'The editor did not answer.' };
      }
    },
    async prepare(uris) {
      const found = new Map<string, string | undefined>();
      for (let at = 0; at < uris.length; at += mostPrepared) {
        const some = uris.slice(at, at + mostPrepared);
        const answer: unknown = await connection.sendRequest(prepareRequest.method, { uris: some });
        for (const { uri, refusal } of prepareRequest.result.parse(answer)) found.set(uri, refusal);
      }
      return found;
    },
    async approve(group, title, files) {
      const hash = hashOf(files);
      const answer: unknown = await connection.sendRequest(approveRequest.method, { group, title, files, hash });
      const { approved, hash: shown } = approveRequest.result.parse(answer);
      return approved && shown === hash;
    },
    hand: (whole) => applyWhole(connection, client, whole),
    show(uri, version, hunks) {
      // A list that cannot be sent means that the client is gone.
      void connection.sendNotification(hunksNotification.method, { uri, version, hunks }).catch(failed('hunks'));
    },
  };
}

/** Documents in one request. */
const mostPrepared = 200;

function plainEditor({ connection, client }: EditorParts): Editor {
  return {
    keepsPending: false,
    apply: (params) => applyWhole(connection, client, params),
    hand: (whole) => applyWhole(connection, client, whole),
    prepare: async (uris) => new Map(uris.map((uri) => [uri, undefined])),
    async approve(_group, title, files) {
      if (client.window?.showMessage === undefined) return false;
      const apply = { title: 'Apply' };
      const message = `${title} changes files that run or configure something. ${files.map(sentenceOf).join(' ')}`;
      const answer: unknown = await connection.sendRequest('window/showMessageRequest', {
        type: MessageType.Warning,
        message,
        actions: [{ title: 'Cancel' }, apply],
      });
      return typeof answer === 'object' && answer !== null && 'title' in answer && answer.title === apply.title;
    },
    show() {},
  };
}

function sentenceOf({ target, link, reasons }: Approval): string {
  return `${target}${link === undefined ? '' : ` (by the link ${link})`}: ${reasons.join(' ')}`;
}

async function applyWhole(
  connection: Connection,
  client: ClientCapabilities,
  params: ApplyParams | WholeEdit,
): Promise<ApplyResult> {
  const unmade = (message: string): ApplyResult => ({ applied: false, versions: [], reason: 'failed', message });
  if (client.workspace?.applyEdit !== true) return unmade('This editor takes no edits from a language server.');
  let edit: WorkspaceEdit;
  try {
    edit = toWorkspaceEdit(params, client, { needsConfirmation: false });
  } catch (error) {
    if (error instanceof Refusal) return unmade(error.message);
    throw error;
  }
  const answer = await connection.workspace.applyEdit({ label: params.title, edit });
  const message = answer.failureReason === undefined ? {} : { message: answer.failureReason };
  return { applied: answer.applied, versions: [], ...(answer.applied ? {} : { reason: 'failed', ...message }) };
}

/** Names exactly what is shown (threats S4). */
function hashOf(files: readonly Approval[]): string {
  return createHash('sha256').update(JSON.stringify(files)).digest('hex');
}
