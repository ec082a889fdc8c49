/** What the extension itself does for a page: all of `panelHost.ts`, each the person's own act, none beyond the workspace unasked. */
import * as vscode from 'vscode';
import {
  applyCodeRequest,
  attachRequest,
  confirmRequest,
  copyRequest,
  droppedRequest,
  keepDraftRequest,
  newFileRequest,
  openPlaceRequest,
  openUrlRequest,
  readyRequest,
  rememberRequest,
  reviewRequest,
  runRequest,
  type Welcome,
} from '#shared/panelHost.ts';
import { chatApplyRequest } from '#shared/panelRequests.ts';
import { lastEditor } from '../chat/lastEditor.ts';
import { plainRange } from '../edit/ranges.ts';
import { Failed } from '../failed.ts';
import type { World } from '../world.ts';
import { webAddressOf } from './addresses.ts';
import { attach, dropped } from './attach.ts';
import { languageFor } from './languages.ts';
import type { Memory } from './memory.ts';
import { type Deed, deed } from './relay.ts';
import { type PageCommand, runFor } from './run.ts';

export interface DeedParts {
  readonly world: World;
  readonly memory: Memory;
  /** What this page is told when it begins. */
  welcome(): Welcome;
  openTab(chat: string | undefined): void;
}

export function createDeeds({ world, memory, welcome, openTab }: DeedParts): readonly Deed[] {
  return [
    deed(readyRequest, async () => welcome()),
    deed(copyRequest, async ({ text }) => done(await vscode.env.clipboard.writeText(text))),
    deed(newFileRequest, async (asked) => done(await openNew(asked))),
    deed(openPlaceRequest, async (asked) => done(await openPlace(asked))),
    deed(openUrlRequest, async ({ url }) => done(await openUrl(url))),
    deed(applyCodeRequest, async (asked) => apply(world, asked)),
    deed(reviewRequest, async ({ uri }) => done(await review(world, uri))),
    deed(keepDraftRequest, async ({ chat, draft }) => done(memory.keep(chat, draft))),
    deed(rememberRequest, async ({ text }) => done(memory.remember(text))),
    deed(attachRequest, async () => attach(world.ask)),
    deed(droppedRequest, async ({ uris }) => dropped(world.ask, uris)),
    deed(confirmRequest, async ({ title }) => ({ yes: await confirmRemoval(title) })),
    deed(runRequest, async ({ command, chat }) => ({
      done: (await run(world, command, { chat, openTab })) === true,
    })),
  ];
}

/** Of a deed without a result. */
function done(_: unknown): object {
  return {};
}

async function openNew({ language, text }: { readonly language: string; readonly text: string }): Promise<void> {
  const known = languageFor(language, await vscode.languages.getLanguages());
  const document = await vscode.workspace.openTextDocument({
    content: text,
    ...(known === undefined ? {} : { language: known }),
  });
  await vscode.window.showTextDocument(document, besidePage());
}

/** A tab of the panel stays in sight: what it opens goes where the person's code is, or beside. */
function besidePage(): vscode.TextDocumentShowOptions {
  const { activeTab } = vscode.window.tabGroups.activeTabGroup;
  if (!(activeTab?.input instanceof vscode.TabInputWebview)) return {};
  return { viewColumn: lastEditor()?.viewColumn ?? vscode.ViewColumn.Beside };
}

async function openPlace({
  uri: text,
  line,
}: {
  readonly uri: string;
  readonly line?: number | undefined;
}): Promise<void> {
  const uri = vscode.Uri.parse(text);
  if (vscode.workspace.getWorkspaceFolder(uri) === undefined)
    throw new Failed(vscode.l10n.t('This is not in the folders that are open.'), 'outside');
  const place = line === undefined ? {} : { selection: new vscode.Range(line, 0, line, 0) };
  try {
    await vscode.window.showTextDocument(uri, { ...besidePage(), ...place });
  } catch {
    throw new Failed(vscode.l10n.t('The file could not be opened. It may be gone.'), 'gone');
  }
}

async function openUrl(text: string): Promise<void> {
  const address = webAddressOf(text);
  if (address === undefined)
    throw new Failed(vscode.l10n.t('Only addresses of the web can be opened from here.'), 'refused');
  const open = vscode.l10n.t('Open');
  const chosen = await vscode.window.showWarningMessage(
    vscode.l10n.t('Open this address in the browser?'),
    { modal: true, detail: address.shown },
    open,
  );
  if (chosen === open) await vscode.env.openExternal(vscode.Uri.parse(address.href, true));
}

async function apply(
  { ask }: World,
  asked: { readonly chat: string; readonly item: string; readonly code: string; readonly how: 'apply' | 'insert' },
): Promise<{ message: string }> {
  const editor = lastEditor();
  if (editor === undefined)
    throw new Failed(vscode.l10n.t('Open the file first that the code is to go into.'), 'noEditor');
  const uri = editor.document.uri.toString();
  return ask(chatApplyRequest, { ...asked, uri, selection: plainRange(editor.selection) });
}

async function review(world: World, uri: string | undefined): Promise<void> {
  const { compare } = await world.edits();
  await (uri === undefined ? compare.all() : compare.file(uri));
}

async function confirmRemoval(title: string): Promise<boolean> {
  const remove = vscode.l10n.t('Delete');
  const chosen = await vscode.window.showWarningMessage(
    vscode.l10n.t('Delete this chat?'),
    {
      modal: true,
      detail: vscode.l10n.t('{0}\n\nIt is deleted from this machine, and cannot be brought back.', title),
    },
    remove,
  );
  return chosen === remove;
}

async function run(
  world: World,
  command: PageCommand,
  { chat, openTab }: { readonly chat: string | undefined; openTab(chat: string | undefined): void },
): Promise<unknown> {
  if (command !== 'openInEditor') return runFor(world, command, chat);
  openTab(chat);
  return undefined;
}
