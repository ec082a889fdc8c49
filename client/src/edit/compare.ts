/** Shows pending hunks beside what was there: one hunk, a file, or everything in one editor. */
import * as vscode from 'vscode';
import type { Hunk } from '#shared/edits.ts';
import type { Pending } from './pending.ts';
import { plainLine } from './plain.ts';
import { editorRange, nameOf } from './ranges.ts';
import { openPlain, type Texts } from './texts.ts';

export interface Compare {
  hunk(hunk: Hunk): Promise<void>;
  /** All hunks of a document. */
  file(uri: string): Promise<void>;
  all(): Promise<void>;
}

export function createCompare(pending: Pending, texts: Texts): Compare {
  return {
    hunk: (hunk) => (hunk.place === 'buffer' ? compareInside(texts, hunk) : compareAside(texts, hunk)),
    async file(text) {
      const uri = vscode.Uri.parse(text);
      const [first, ...others] = pending.of(text);
      if (first === undefined) return;
      if (first.place === 'aside' && others.length === 0) await compareAside(texts, first);
      else await diff(texts.original(uri), uri, vscode.l10n.t('{0} (pending edits)', nameOf(uri)));
    },
    all: () => compareAll(pending, texts),
  };
}

async function compareInside(texts: Texts, { id, uri: text, range, title }: Hunk): Promise<void> {
  const uri = vscode.Uri.parse(text);
  const selection = editorRange({ start: range.start, end: range.start });
  await diff(texts.original(uri, id), uri, titleFor(uri, title), { selection });
}

async function compareAside(texts: Texts, { id, uri: text, title }: Hunk): Promise<void> {
  const uri = vscode.Uri.parse(text);
  const sides = [texts.side('before', uri, id), texts.side('after', uri, id)] as const;
  await Promise.all(sides.map(openPlain));
  await diff(...sides, titleFor(uri, title));
}

async function compareAll(pending: Pending, texts: Texts): Promise<void> {
  const rows: Row[] = [];
  for (const { uri: text, hunks } of pending.documents()) {
    const uri = vscode.Uri.parse(text);
    if (hunks.some(({ place }) => place === 'buffer')) rows.push([uri, texts.original(uri), uri]);
    for (const { id } of hunks.filter(({ place }) => place === 'aside')) {
      const sides = [texts.side('before', uri, id), texts.side('after', uri, id)] as const;
      await Promise.all(sides.map(openPlain));
      rows.push([uri, ...sides]);
    }
  }
  await vscode.commands.executeCommand('vscode.changes', vscode.l10n.t('Pending Edits'), rows);
}

/** What a row is named by, and its two sides. */
type Row = readonly [vscode.Uri, vscode.Uri, vscode.Uri];

function titleFor(uri: vscode.Uri, title: string): string {
  return vscode.l10n.t('{0} ({1})', nameOf(uri), plainLine(title, 60));
}

async function diff(
  left: vscode.Uri,
  right: vscode.Uri,
  title: string,
  options: vscode.TextDocumentShowOptions = {},
): Promise<void> {
  await vscode.commands.executeCommand('vscode.diff', left, right, title, { preview: true, ...options });
}
