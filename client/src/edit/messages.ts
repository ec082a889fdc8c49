/** What is told of an edit besides its hunks: one message when something needs a word, and what the model said for the hover. */

import * as vscode from 'vscode';
import type { Delta } from '#shared/diagnosticsDelta.ts';
import type { EditResult, Hunk } from '#shared/edits.ts';
import { keepNewest } from '#shared/newest.ts';
import type { Problem } from '#shared/problem.ts';
import type { Told } from './hovers.ts';
import { breakageOf, outcomeOf } from './outcome.ts';
import type { Pending } from './pending.ts';
import { plainLine } from './plain.ts';
import { showMessage } from './runs.ts';
import { showTree } from './tree.ts';

export interface Messages {
  done(result: EditResult): void;
  /** The problems of an action's hunks in one document were compared. */
  measured(hunks: readonly Hunk[], deltas: readonly Delta[]): void;
  of(group: string): Told;
}

export interface MessagesParts {
  readonly pending: Pending;
  fix(uri: string, problems: readonly Problem[]): Promise<void>;
}

const nothing: Told = { said: '', notes: [] };
const mostGroups = 200;

export function createMessages({ pending, fix }: MessagesParts): Messages {
  const told = new Map<string, Told>();
  const warned = new Set<string>();
  return {
    done(result) {
      told.set(result.group, toldBy(result));
      for (const oldest of [...told.keys()].slice(0, -mostGroups)) told.delete(oldest);
      void tell(pending, result);
    },
    measured(hunks, deltas) {
      const [first] = hunks;
      const text = first === undefined ? undefined : breakageOf(plainLine(first.title, 60), deltas, vscode.l10n);
      if (first === undefined || text === undefined || warned.has(first.group)) return;
      warned.add(first.group);
      keepNewest(warned, mostGroups);
      const problems = deltas.flatMap(({ broke }) => broke);
      void showMessage(text, true, [
        { title: vscode.l10n.t('Fix'), run: () => fix(first.uri, problems) },
        { title: vscode.l10n.t('Show'), run: showTree },
      ]);
    },
    of: (group) => told.get(group) ?? nothing,
  };
}

function toldBy({ markdown, notices, demo }: EditResult): Told {
  const demoNote = demo ? [vscode.l10n.t('Demo: made by rules, no model is running.')] : [];
  return { said: markdown, notes: [...demoNote, ...notices] };
}

async function tell(pending: Pending, result: EditResult): Promise<void> {
  const conflicts = result.hunks.filter((id) => pending.find(id)?.state === 'conflicted').length;
  const message = outcomeOf(result, conflicts, vscode.l10n);
  if (message === undefined) return;
  const show = message.isWarning && message.hasEdits ? [{ title: vscode.l10n.t('Show'), run: showTree }] : [];
  await showMessage(message.text, message.isWarning, show);
}
