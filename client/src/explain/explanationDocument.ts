/** One explanation in a document: its conversation, and the text that the document has at each moment. */
import * as vscode from 'vscode';
import type { ExplainTarget, Explanation } from '#shared/explain.ts';
import type { Ask } from '../ask.ts';
import { Failed } from '../failed.ts';
import type { Server } from '../languageClient.ts';
import { inertSource } from '../markdown.ts';
import { showFailure } from '../notify.ts';
import { askFor } from './asking.ts';
import { citeWords } from './citeWords.ts';
import { type Conversation, createConversation } from './conversation.ts';
import { type Explained, titleOf } from './documentAddress.ts';
import { createDocumentText } from './documentText.ts';
import { asMarkdown } from './labels.ts';
import { createPainter } from './painter.ts';
import { isOpen, shownText, type Turn } from './turns.ts';

export interface ExplanationDocument extends Pick<Conversation, 'stop' | 'refresh' | 'isBusy'> {
  /** Explains, or explains again. */
  explain(target: ExplainTarget): void;
  /** Shows what the store has; without a target it cannot be asked for again. */
  restore(turns: readonly Turn[], target: ExplainTarget | undefined): void;
  text(): string;
  markdown(): string;
  /** The receipt of the last answer. */
  receipt(): string | undefined;
  end(): void;
}

export interface DocumentParts {
  readonly ask: Ask;
  readonly server: Server;
  readonly explained: Explained;
  /** There is another text. */
  onChange(): void;
}

export function createExplanationDocument({ ask, server, explained, onChange }: DocumentParts): ExplanationDocument {
  let asked: ExplainTarget | undefined;
  const turns = () => conversation.turns();
  const painter = createPainter({
    paint: onChange,
    length: () => turns().reduce((length, turn) => length + shownText(turn).length, 0),
    now: () => performance.now(),
    later: after,
  });
  const conversation = createConversation({
    async request({ followUp, fresh }, onPiece, signal): Promise<Explanation> {
      // Trying again is of no use before the server runs.
      if (server.state() === 'failed') await server.restart();
      if (asked === undefined) throw notKept();
      const params = { ...asked, ...(followUp === undefined ? {} : { followUp }), ...(fresh ? { fresh } : {}) };
      return askFor(ask, { params, signal, onPiece });
    },
    onChange: (urgent) => (urgent ? painter.flush() : painter.request()),
    onAnswered() {},
    onFailed: (failure) => void showFailure(failure, () => conversation.refresh()),
    words: vscode.l10n,
  });
  const { uri } = explained;
  const title = titleOf(explained);
  const root = vscode.workspace.workspaceFolders?.[0]?.uri.toString();
  const textOf = createDocumentText({ title, uri, words: vscode.l10n, citeWords: citeWords(vscode.l10n), root });
  return {
    ...conversation,
    explain(next) {
      asked = next;
      conversation.explain();
    },
    restore(stored, target) {
      asked ??= target;
      conversation.revise(() => stored);
    },
    isBusy: () => turns().some(isOpen),
    text: () => textOf(turns()),
    markdown: () => asMarkdown(turns(), vscode.l10n, inertSource(uri)),
    receipt: () => turns().findLast(({ answer }) => answer?.receipt !== undefined)?.answer?.receipt,
    end() {
      conversation.end();
      painter.dispose();
    },
  };
}

/** The store keeps neither earlier versions of files nor texts of terminals. */
function notKept(): Failed {
  const message = vscode.l10n.t(
    'This is from an earlier session. Ask for the explanation again where you asked for it first.',
  );
  return new Failed(message, 'subject');
}

function after(run: () => void, delay: number): () => void {
  const timer = setTimeout(run, delay);
  return () => clearTimeout(timer);
}
