/** Answers `gloss/approve`: shows the change of files that run or configure something, and asks (threats S10, S11, S17). */
import * as vscode from 'vscode';
import type { Approval } from '#shared/edits.ts';
import { questionFor, visible, visibleLine } from './approvalText.ts';
import { createQueues } from './queues.ts';
import { openPlain, type Texts } from './texts.ts';

export interface ApproveParams {
  readonly title: string;
  readonly files: readonly Approval[];
  readonly hash: string;
}

/** The hash is that of the request whose texts were shown: whoever uses the approval compares it with what is to be done. */
export interface Approved {
  approved: boolean;
  hash: string;
}

export function createApprove(texts: Texts): (params: ApproveParams) => Promise<Approved> {
  // One question at a time.
  const queued = createQueues();
  return (params) =>
    queued(['approve'], async () => {
      const preview = await show(texts, params);
      try {
        return { approved: await ask(params, preview), hash: params.hash };
      } finally {
        await preview.close();
      }
    });
}

interface Preview {
  /** Brings it to the front. */
  look(): Promise<void>;
  close(): Promise<void>;
}

async function ask({ files, title }: ApproveParams, preview: Preview): Promise<boolean> {
  const look = vscode.l10n.t('Look at the Change');
  const apply = vscode.l10n.t('Apply');
  const { message, detail } = questionFor(files, title, vscode.l10n);
  for (;;) {
    // The first button is the one that Enter presses: it must not be the one that applies.
    const choice = await vscode.window.showWarningMessage(message, { modal: true, detail }, look, apply);
    if (choice === apply) return true;
    if (choice !== look) return false;
    await preview.look();
    const decide = vscode.l10n.t('Decide …');
    const waiting = vscode.l10n.t('A change waits for your decision.');
    const answer = await vscode.window.showInformationMessage(waiting, decide, vscode.l10n.t('Do Not Apply'));
    if (answer !== decide) return false;
  }
}

async function show(texts: Texts, { files, title }: ApproveParams): Promise<Preview> {
  const rows = files.map(({ target, before, after }): Row => {
    const name = visibleLine(target);
    return [texts.fixed(name, visible(before)), texts.fixed(name, visible(after))];
  });
  const uris = rows.flat();
  await Promise.all(uris.map(openPlain));
  const label = vscode.l10n.t('{0}: change to approve', visibleLine(title));
  const open = (preserveFocus: boolean) => openPreview(rows, label, preserveFocus);
  await open(true);
  return {
    look: () => open(false),
    async close() {
      const tabs = vscode.window.tabGroups.all.flatMap((group) => group.tabs);
      await vscode.window.tabGroups.close(
        tabs.filter((tab) => tab.label === label),
        true,
      );
      for (const uri of uris) texts.forget(uri);
    },
  };
}

/** A file before and after. */
type Row = readonly [vscode.Uri, vscode.Uri];

async function openPreview(rows: readonly Row[], label: string, preserveFocus: boolean): Promise<void> {
  const [only, ...others] = rows;
  if (only === undefined) return;
  if (others.length === 0)
    await vscode.commands.executeCommand('vscode.diff', ...only, label, { preview: true, preserveFocus });
  else
    await vscode.commands.executeCommand(
      'vscode.changes',
      label,
      rows.map(([before, after]) => [after, before, after]),
    );
}
