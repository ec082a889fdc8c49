/** Answers `gloss/apply`: one request at a time for each document, moved over what was typed meanwhile, all or nothing. */
import * as vscode from 'vscode';
import type { ApplyParams, ApplyResult, HunkEdit } from '#shared/edits.ts';
import { applyAcross } from './across.ts';
import type { Part } from './allOrNothing.ts';
import { applyInEditor, closeUndoStep } from './applyInEditor.ts';
import { partOfFile } from './fileParts.ts';
import type { Grown } from './pending.ts';
import { type DocumentPlan, planDocuments, problemWith, type Refused } from './plan.ts';
import { createQueues } from './queues.ts';
import { editorsOf, nameOf } from './ranges.ts';
import { placesAfter } from './textEdits.ts';
import type { Watch } from './watch.ts';

export interface ApplyParts {
  readonly watch: Watch;
  readonly log: vscode.LogOutputChannel;
  /** Text of these hunks of a group is about to come into a document. */
  onBefore(group: string, document: vscode.TextDocument, hunks: readonly string[]): void;
  /** Text has come into a document. */
  onApplied(grown: Grown): void;
}

export function createApply(parts: ApplyParts): (params: ApplyParams) => Promise<ApplyResult> {
  const queued = createQueues();
  return (params) => queued(keysOf(params), () => applyNow(parts, params));
}

function keysOf({ documents, files }: ApplyParams): readonly string[] {
  const renamed = files.flatMap((file) => (file.kind === 'rename' ? [file.to] : []));
  return [...new Set([...documents.map(({ uri }) => uri), ...files.map(({ uri }) => uri), ...renamed])];
}

/** The person types between our look at a document and the edit: so often we look again. */
const mostAttempts = 5;

async function applyNow(parts: ApplyParts, params: ApplyParams): Promise<ApplyResult> {
  const problem = await problemWith(params);
  if (problem !== undefined) return refusal(problem);
  const fileParts = await Promise.all(params.files.map(partOfFile));
  for (let attempt = 1; attempt <= mostAttempts; attempt++) {
    const plans = planDocuments(parts.watch, params.documents);
    if ('refused' in plans) return refusal(plans);
    const result = await attemptOnce(parts, params, { plans, fileParts });
    if (result !== 'again') return result;
  }
  parts.log.warn(`gloss/apply: the document did not hold still (group ${params.group}, step ${params.seq})`);
  return refusal({ refused: 'changed' });
}

interface Attempt {
  readonly plans: readonly DocumentPlan[];
  readonly fileParts: readonly Part[];
}

async function attemptOnce(parts: ApplyParts, params: ApplyParams, attempt: Attempt): Promise<ApplyResult | 'again'> {
  const [plan, ...others] = attempt.plans;
  for (const { document, edits } of attempt.plans)
    parts.onBefore(
      params.group,
      document,
      edits.map(({ hunk }) => hunk),
    );
  if (plan === undefined || others.length > 0 || params.files.length > 0) return everywhere(parts, params, attempt);
  const [editor] = editorsOf(plan.document);
  if (plan.edits.length === 0) {
    if (params.undo === 'last' && editor !== undefined) await closeUndoStep(editor);
    return done(parts, params, [plan], [plan.document.version]);
  }
  // Steps are for those who watch: the server comes again with the whole.
  if (editor === undefined && params.undo !== 'whole') return refusal({ refused: 'closed' });
  if (editor === undefined) return everywhere(parts, params, attempt);
  const version = await applyInEditor(parts.watch, editor, plan, params.undo);
  if (version === 'again') return version;
  if (version === 'nothing')
    return refusal({
      refused: 'readOnly',
      message: vscode.l10n.t('{0} is read-only in the editor, so it was not changed.', nameOf(plan.document.uri)),
    });
  return done(parts, params, [plan], [version]);
}

async function everywhere(
  parts: ApplyParts,
  params: ApplyParams,
  { plans, fileParts }: Attempt,
): Promise<ApplyResult | 'again'> {
  const { outcome, versions } = await applyAcross(parts.watch, { documents: plans, files: params.files, fileParts });
  switch (outcome.kind) {
    case 'all':
      return withNewFiles(params, done(parts, params, plans, versions));
    case 'stuck':
      return refusal({
        refused: 'failed',
        message: vscode.l10n.t(
          'Not all could be changed, and this could not be put back: {0}.',
          outcome.names.join(', '),
        ),
      });
    case 'none':
      // A document was newer than we knew: the editor takes an edit for one version only.
      if (plans.some(({ document, version }) => document.version !== version)) return 'again';
      return refusal({ refused: 'failed', message: vscode.l10n.t('The editor did not make the change.') });
    case 'undone':
      return refusal({
        refused: 'failed',
        message: vscode.l10n.t('Not all of it could be changed, so everything was put back.'),
      });
  }
}

function done(
  parts: ApplyParts,
  { group, title, undo }: ApplyParams,
  plans: readonly DocumentPlan[],
  versions: readonly number[],
): ApplyResult {
  const growing = undo === 'first' || undo === 'middle';
  const told = plans.map(({ document, edits }, index) => {
    const uri = document.uri.toString();
    const version = versions[index] ?? document.version;
    parts.onApplied({ uri, version, group, title, growing, pieces: piecesOf(edits) });
    return { uri, version };
  });
  return { applied: true, versions: told };
}

function piecesOf(edits: readonly HunkEdit[]): Grown['pieces'] {
  return placesAfter(edits).flatMap((range, index) => {
    const edit = edits[index];
    return edit === undefined ? [] : [{ hunk: edit.hunk, range }];
  });
}

/** New files are opened without being shown: their hunks wait in them. */
async function withNewFiles({ files }: ApplyParams, result: ApplyResult): Promise<ApplyResult> {
  const created = files.flatMap((file) => (file.kind === 'create' ? [file.uri] : []));
  const opened = await Promise.allSettled(
    created.map((uri) => vscode.workspace.openTextDocument(vscode.Uri.parse(uri))),
  );
  const versions = opened.flatMap((open, index) => {
    const uri = created[index];
    return open.status === 'fulfilled' && uri !== undefined ? [{ uri, version: open.value.version }] : [];
  });
  return { ...result, versions: [...result.versions, ...versions] };
}

function refusal({ refused, message }: Refused): ApplyResult {
  return { applied: false, versions: [], reason: refused, ...(message === undefined ? {} : { message }) };
}
