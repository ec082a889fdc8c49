/** What about a place is explained, when it is asked for again: that of this session, or after a restart what the editor shows there now. */
import * as vscode from 'vscode';
import type { ExplanationKind, Subject } from '#shared/explain.ts';
import type { Range } from '#shared/place.ts';
import { problemsOf } from '../edit/problems.ts';
import { Failed } from '../failed.ts';

export interface Subjects {
  readonly uri: vscode.Uri;
  readonly code: Range;
  readonly subject?: Subject | undefined;
}

/** @throws Failed where only the person can say it: the store does not keep earlier versions of files. */
export function subjectAgain({ uri, code, subject }: Subjects, kind: ExplanationKind): Subject | undefined {
  if (subject !== undefined || kind === 'code') return subject;
  const problem = problemsOf(uri).find(
    ({ range }) => range.start.line <= code.end.line && code.start.line <= range.end.line,
  );
  if (kind === 'problem' && problem !== undefined) return { kind, problem };
  throw new Failed(
    kind === 'problem'
      ? vscode.l10n.t('The problem that this explained is not there any more.')
      : vscode.l10n.t('This is from an earlier session. Ask for the explanation again where you asked for it first.'),
    'subject',
  );
}
