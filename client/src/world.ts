/** What commands and views may use: made once in `extension.ts`. */
import type * as vscode from 'vscode';
import type { Ask } from './ask.ts';
import type { ConnectionAnswers } from './connection.ts';
import type { Edits } from './edit/edits.ts';
import type { ExplanationDocuments } from './explain/explanationDocuments.ts';
import type { Explanations } from './explain/explanations.ts';
import type { LineNotes } from './explain/lineNotes.ts';
import type { KeyStore } from './keyStore.ts';
import type { Server } from './languageClient.ts';
import type { Panel } from './panel/panel.ts';
import type { StatusItem } from './status.ts';

export interface World {
  readonly context: vscode.ExtensionContext;
  readonly log: vscode.LogOutputChannel;
  readonly server: Server;
  readonly ask: Ask;
  readonly keys: KeyStore;
  readonly connection: ConnectionAnswers;
  readonly status: StatusItem;
  /** The person has started the demo in this window, and not stopped it: it goes on when the server starts again. */
  readonly demo: { isWanted: boolean };
  /** Made when first needed. */
  explanations(): Promise<Explanations>;
  /** Made when first needed. */
  explanationDocuments(): Promise<ExplanationDocuments>;
  /** Made when first needed. */
  lineNotes(): Promise<LineNotes>;
  /** Made when first needed. */
  edits(): Promise<Edits>;
  /** Made when first shown, or when a chat runs. */
  panel(): Promise<Panel>;
}
