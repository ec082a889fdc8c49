/** Paints pending hunks in every editor that shows their document. */
import * as vscode from 'vscode';
import { type Plan, planFor } from './decorationPlan.ts';
import type { Pending } from './pending.ts';
import { createThrottle, later } from './throttle.ts';

export interface Decorations {
  /** Something is new: painted at once, but never more often than the eye can see. */
  changed(): void;
}

const shortestGap = 33;

export function createDecorations(subscriptions: vscode.Disposable[], pending: Pending): Decorations {
  const types = makeTypes();
  const painted = new WeakSet<vscode.TextEditor>();
  const paint = (): void => {
    for (const editor of vscode.window.visibleTextEditors) {
      const plan = planFor(pending.of(editor.document.uri.toString()), pending.tip);
      const isBare = plan.added.length + plan.removed.length + plan.writing.length === 0;
      if (isBare && !painted.has(editor)) continue;
      paintEditor(editor, types, plan);
      if (isBare) painted.delete(editor);
      else painted.add(editor);
    }
  };
  const throttle = createThrottle({ run: paint, gap: shortestGap, now: () => performance.now(), later });
  subscriptions.push(throttle, ...Object.values(types), vscode.window.onDidChangeVisibleTextEditors(throttle.request));
  return { changed: throttle.request };
}

type Types = Readonly<Record<keyof Plan, vscode.TextEditorDecorationType>>;

function makeTypes(): Types {
  const border = new vscode.ThemeColor('gloss.pendingBorder');
  const rule = { overviewRulerColor: border, overviewRulerLane: vscode.OverviewRulerLane.Left, isWholeLine: true };
  const closed = { ...rule, rangeBehavior: vscode.DecorationRangeBehavior.ClosedClosed, borderColor: border };
  return {
    added: vscode.window.createTextEditorDecorationType({
      ...closed,
      backgroundColor: new vscode.ThemeColor('gloss.pendingAddedBackground'),
      borderStyle: 'solid',
      borderWidth: '0 0 0 3px',
    }),
    removed: vscode.window.createTextEditorDecorationType({
      ...closed,
      borderStyle: 'dashed',
      borderWidth: '1px 0 0 0',
    }),
    writing: vscode.window.createTextEditorDecorationType({
      rangeBehavior: vscode.DecorationRangeBehavior.ClosedClosed,
      after: { contentText: ' ▍', color: border },
    }),
  };
}

function paintEditor(editor: vscode.TextEditor, types: Types, { added, removed, writing }: Plan): void {
  editor.setDecorations(
    types.added,
    added.map(({ first, last }) => new vscode.Range(first, 0, last, 0)),
  );
  editor.setDecorations(
    types.removed,
    removed.map((line) => new vscode.Range(line, 0, line, 0)),
  );
  editor.setDecorations(
    types.writing,
    writing.map((line) => endOfLine(editor.document, line)),
  );
}

function endOfLine(document: vscode.TextDocument, line: number): vscode.Range {
  const { end } = document.lineAt(Math.min(line, document.lineCount - 1)).range;
  return new vscode.Range(end, end);
}
