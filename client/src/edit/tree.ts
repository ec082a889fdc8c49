/** The list of pending edits: files and their hunks, with a number on the icon of the view. */
import * as vscode from 'vscode';
import { clientCommands } from '#shared/commands.ts';
import type { Delta } from '#shared/diagnosticsDelta.ts';
import type { Hunk } from '#shared/edits.ts';
import type { FileNode, HunkNode, Node } from './asked.ts';
import type { Pending } from './pending.ts';
import { editorRange, nameOf } from './ranges.ts';
import { fileRow, hunkRow } from './rows.ts';
import { createThrottle, later } from './throttle.ts';

export interface Tree {
  changed(): void;
}

const viewId = 'gloss.pendingEdits';
/** Milliseconds between two looks of the list: while a hunk grows its numbers change all the time. */
const shortestGap = 200;

export function createTree(
  subscriptions: vscode.Disposable[],
  pending: Pending,
  deltaOf: (hunk: string) => Delta | undefined,
): Tree {
  const changes = new vscode.EventEmitter<undefined>();
  const provider: vscode.TreeDataProvider<Node> = {
    onDidChangeTreeData: changes.event,
    getChildren: (node) => childrenOf(pending, node),
    getTreeItem: (node) => (node.kind === 'file' ? fileItem(pending, node) : hunkItem(pending, deltaOf, node)),
  };
  const view = vscode.window.createTreeView(viewId, { treeDataProvider: provider, showCollapseAll: true });
  let told = '';
  const show = (): void => {
    const count = pending.documents().reduce((sum, { hunks }) => sum + hunks.length, 0);
    const tooltip = count === 1 ? vscode.l10n.t('1 pending edit') : vscode.l10n.t('{0} pending edits', count);
    view.badge = count === 0 ? undefined : { value: count, tooltip };
    // While somebody types, most of the time nothing of it is another way.
    const now = JSON.stringify(rowsOf(pending, deltaOf));
    if (now !== told) changes.fire(undefined);
    told = now;
  };
  const throttle = createThrottle({ run: show, gap: shortestGap, now: () => performance.now(), later });
  subscriptions.push(changes, view, throttle);
  return { changed: throttle.request };
}

/** Brings the list to the front. */
export async function showTree(): Promise<void> {
  await vscode.commands.executeCommand(`${viewId}.focus`);
}

function rowsOf(pending: Pending, deltaOf: (hunk: string) => Delta | undefined): readonly unknown[] {
  return pending
    .documents()
    .map(({ uri, hunks }) => [uri, hunks.map((hunk) => [hunk.id, hunkRow(hunk, deltaOf(hunk.id), vscode.l10n)])]);
}

function childrenOf(pending: Pending, node: Node | undefined): Node[] {
  if (node === undefined) return pending.documents().map(({ uri }): FileNode => ({ kind: 'file', uri }));
  return node.kind === 'file' ? pending.of(node.uri).map(({ id }): HunkNode => ({ kind: 'hunk', id })) : [];
}

function fileItem(pending: Pending, { uri: text }: FileNode): vscode.TreeItem {
  const uri = vscode.Uri.parse(text);
  const row = fileRow(nameOf(uri), pending.of(text), vscode.l10n);
  const item = new vscode.TreeItem(uri, vscode.TreeItemCollapsibleState.Expanded);
  return Object.assign(item, {
    id: text,
    contextValue: row.kind,
    description: row.description,
    tooltip: row.tooltip,
    iconPath: vscode.ThemeIcon.File,
    accessibilityInformation: { label: `${row.label}, ${row.description}` },
  });
}

function hunkItem(pending: Pending, deltaOf: (hunk: string) => Delta | undefined, { id }: HunkNode): vscode.TreeItem {
  const hunk = pending.find(id);
  // Settled just now: the list is drawn again in a moment.
  if (hunk === undefined) return new vscode.TreeItem('');
  const row = hunkRow(hunk, deltaOf(id), vscode.l10n);
  return Object.assign(new vscode.TreeItem(row.label), {
    id,
    contextValue: row.kind,
    description: row.description,
    tooltip: row.tooltip,
    iconPath: new vscode.ThemeIcon(row.icon),
    accessibilityInformation: { label: `${row.label}, ${row.description}` },
    command: opening(hunk),
  });
}

/** What is in the document is shown there; what waits outside of it is compared. */
function opening({ id, uri, range, place, file }: Hunk): vscode.Command {
  if (place === 'aside' && file === undefined)
    return { title: '', command: clientCommands.compareHunk, arguments: [id] };
  const selection = editorRange({ start: range.start, end: range.start });
  return { title: '', command: 'vscode.open', arguments: [vscode.Uri.parse(uri), { selection, preview: true }] };
}
