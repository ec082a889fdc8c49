/** Answers what the server asks and hears what it tells about edits. Loaded with its first message about them. */
import type * as vscode from 'vscode';
import {
  applyRequest,
  approveRequest,
  extractRequest,
  hunksNotification,
  prepareRequest,
  renameRequest,
} from '#shared/edits.ts';
import { answered, heard } from '../answer.ts';
import type { Edits } from './edits.ts';
import { extract, rename } from './refactorings.ts';

/** The requests of the server that are about edits. */
export type EditMethod = 'gloss/apply' | 'gloss/prepare' | 'gloss/approve' | 'gloss/rename' | 'gloss/extract';

export interface EditMessage {
  readonly params: unknown;
  readonly token: vscode.CancellationToken;
  readonly edits: Edits;
}

export function answerEdit(method: EditMethod, { params, token, edits }: EditMessage): Promise<unknown> {
  const message = { params, token };
  switch (method) {
    case 'gloss/apply':
      return answered(applyRequest, message, edits.apply);
    case 'gloss/prepare':
      return answered(prepareRequest, message, ({ uris }) => edits.prepare(uris));
    case 'gloss/approve':
      return answered(approveRequest, message, edits.approve);
    case 'gloss/rename':
      return answered(renameRequest, message, rename);
    case 'gloss/extract':
      return answered(extractRequest, message, extract);
  }
}

export function hearHunks(params: unknown, edits: Edits, warn: (message: string) => void): void {
  heard(hunksNotification, { params, warn }, ({ uri, hunks }) => edits.hear(uri, hunks));
}
