/** The rows of the list of explanations as the editor draws them. */
import * as vscode from 'vscode';
import { clientCommands } from '#shared/commands.ts';
import { nameOf } from '../edit/ranges.ts';
import type { Node } from './asked.ts';
import type { Known } from './known.ts';
import { explanationRow, fileRow, type Row } from './rows.ts';

export function childrenOf(known: Known, node: Node | undefined): Node[] {
  if (node?.kind === 'explanation') return [];
  if (node !== undefined) return known.of(node.uri).map(({ id }) => ({ kind: 'explanation', id }));
  return [...new Set(known.all().map(({ uri }) => uri))].map((uri) => ({ kind: 'file', uri }));
}

export function itemOf(known: Known, node: Node): vscode.TreeItem {
  return node.kind === 'file' ? fileItem(known, node.uri) : explanationItem(known, node.id);
}

/** All that is drawn: when it is the same as before there is nothing to draw. */
export function drawn(known: Known): string {
  return JSON.stringify(known.all().map((summary) => [summary.id, summary.uri, explanationRow(summary, vscode.l10n)]));
}

function fileItem(known: Known, text: string): vscode.TreeItem {
  const uri = vscode.Uri.parse(text);
  const { Expanded } = vscode.TreeItemCollapsibleState;
  // A terminal's text is of no file: the editor would make one of its address.
  const name = uri.scheme === 'terminal' ? vscode.l10n.t('Terminal') : nameOf(uri);
  const item = uri.scheme === 'terminal' ? new vscode.TreeItem(name, Expanded) : new vscode.TreeItem(uri, Expanded);
  const icon = uri.scheme === 'terminal' ? new vscode.ThemeIcon('terminal') : vscode.ThemeIcon.File;
  return Object.assign(item, { id: text, ...looks(fileRow(name, known.of(text), vscode.l10n)), iconPath: icon });
}

function explanationItem(known: Known, id: string): vscode.TreeItem {
  const summary = known.find(id);
  // Dismissed just now: the list is drawn again in a moment.
  if (summary === undefined) return new vscode.TreeItem('');
  const row = explanationRow(summary, vscode.l10n);
  const node: Node = { kind: 'explanation', id };
  return Object.assign(new vscode.TreeItem(row.label), {
    id,
    ...looks(row),
    iconPath: new vscode.ThemeIcon(row.icon),
    command: { title: '', command: clientCommands.showExplanation, arguments: [node] },
  });
}

function looks({ kind, label, description, tooltip }: Row) {
  const accessibilityInformation = { label: `${label}, ${description}` };
  return { contextValue: kind, description, tooltip, accessibilityInformation };
}
