/** Tells the pages what is selected in the editor that the person was in last, as a mention. */
import * as vscode from 'vscode';
import { chatMentionRequest } from '#shared/panelRequests.ts';
import type { Ask } from '../ask.ts';
import { lastEditor } from '../chat/lastEditor.ts';
import { plainRange } from '../edit/ranges.ts';

export interface SelectionParts {
  ask: Ask;
  /** Somebody sees a page: else nothing is asked. */
  isWanted(): boolean;
  tell(mention: string | undefined): void;
}

export interface Selection extends vscode.Disposable {
  /** The newest that is known. */
  mention(): string | undefined;
  /** Looks again, soon. */
  request(): void;
}

/** Milliseconds without another move. */
const quiet = 150;

export function followSelection({ ask, isWanted, tell }: SelectionParts): Selection {
  let mention: string | undefined;
  let timer: NodeJS.Timeout | undefined;
  let looks = 0;
  const look = async (): Promise<void> => {
    looks += 1;
    const mine = looks;
    const next = await mentionOfSelection(ask);
    if (mine !== looks || next === mention) return;
    mention = next;
    tell(mention);
  };
  const request = (): void => {
    clearTimeout(timer);
    if (isWanted()) timer = setTimeout(() => void look(), quiet);
  };
  const listening = vscode.Disposable.from(
    vscode.window.onDidChangeTextEditorSelection(({ textEditor }) => {
      if (textEditor === lastEditor()) request();
    }),
    vscode.window.onDidChangeActiveTextEditor(request),
    vscode.workspace.onDidCloseTextDocument(request),
  );
  return {
    mention: () => mention,
    request,
    dispose() {
      clearTimeout(timer);
      listening.dispose();
    },
  };
}

/** Undefined where nothing is selected, and while the server does not answer. */
async function mentionOfSelection(ask: Ask): Promise<string | undefined> {
  const editor = lastEditor();
  if (editor === undefined || editor.selection.isEmpty) return undefined;
  const place = { uri: editor.document.uri.toString(), range: plainRange(editor.selection) };
  const { mentions } = await ask(chatMentionRequest, { places: [place] }).catch(() => ({ mentions: [] }));
  return mentions[0] === '' ? undefined : mentions[0];
}
