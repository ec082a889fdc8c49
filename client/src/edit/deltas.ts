/** What the hunks of an action fixed and broke, by the editor's own diagnostics before and after (product section 4). */
import * as vscode from 'vscode';
import { afterChanges } from '#shared/anchor.ts';
import { areSameProblems, type Delta, diagnosticsDelta, foundAgain } from '#shared/diagnosticsDelta.ts';
import type { Hunk } from '#shared/edits.ts';
import type { Problem } from '#shared/problem.ts';
import { placesOfOthers } from './journal.ts';
import { createMeasure, type Measure } from './measure.ts';
import type { Pending } from './pending.ts';
import { problemsOf } from './problems.ts';
import { openDocument } from './ranges.ts';
import { later } from './throttle.ts';
import type { Watch } from './watch.ts';

export interface Deltas {
  /** Text of an action is about to come into a document: its problems are remembered. */
  begin(group: string, document: vscode.TextDocument): void;
  /** The hunks of a document are others now. */
  look(uri: string): void;
  of(hunk: string): Delta | undefined;
  /** The server is gone. */
  clear(): void;
}

export interface DeltasParts {
  readonly subscriptions: vscode.Disposable[];
  readonly watch: Watch;
  readonly pending: Pending;
  onMeasured(hunks: readonly Hunk[], deltas: readonly Delta[]): void;
  /** What a hunk of the document broke may be mended. */
  onNews(uri: string): void;
}

/** A document before the first text of an action came. */
interface Start {
  readonly group: string;
  readonly uri: string;
  readonly version: number;
  readonly before: readonly Problem[];
}

const mostRemembered = 200;

export function createDeltas({ subscriptions, watch, pending, onMeasured, onNews }: DeltasParts): Deltas {
  /** Those that have ended stay, so that taking a hunk back does not begin them again. */
  const measures = new Map<string, { readonly uri: string; readonly measure: Measure | undefined }>();
  const deltas = new Map<string, Delta>();
  const hunksOf = ({ group, uri }: Start): readonly Hunk[] =>
    pending.of(uri).filter((hunk) => hunk.group === group && hunk.place === 'buffer');
  const take = (start: Start): void => {
    const hunks = hunksOf(start);
    const found = measured(watch, start, hunks);
    for (const [id, delta] of found ?? []) deltas.set(id, delta);
    if (found !== undefined) onMeasured(hunks, [...found.values()]);
  };
  const forDocument = (uri: string, run: (measure: Measure) => void): void => {
    for (const { uri: own, measure } of [...measures.values()]) if (own === uri && measure !== undefined) run(measure);
  };
  const clear = (): void => {
    for (const { measure } of [...measures.values()]) measure?.end();
    deltas.clear();
  };
  const onDiagnostics = ({ uris }: vscode.DiagnosticChangeEvent): void => {
    for (const uri of uris) {
      forDocument(uri.toString(), (measure) => measure.news());
      if (pending.of(uri.toString()).some(({ id }) => (deltas.get(id)?.broke.length ?? 0) > 0)) onNews(uri.toString());
    }
  };
  subscriptions.push(vscode.languages.onDidChangeDiagnostics(onDiagnostics), { dispose: clear });
  return {
    begin(group, document) {
      const uri = document.uri.toString();
      const key = `${group} ${uri}`;
      if (measures.has(key)) return;
      const start: Start = { group, uri, version: document.version, before: problemsOf(document.uri) };
      const onEnd = (): void => void measures.set(key, { uri, measure: undefined });
      measures.set(key, {
        uri,
        measure: measureOf(
          () => hunksOf(start),
          () => take(start),
          onEnd,
        ),
      });
      for (const oldest of [...measures.keys()].slice(0, -mostRemembered)) measures.delete(oldest);
    },
    look(uri) {
      forDocument(uri, (measure) => measure.look());
      for (const id of [...deltas.keys()]) if (pending.find(id) === undefined) deltas.delete(id);
    },
    of: (hunk) => stillThere(deltas.get(hunk), pending.find(hunk)),
    clear,
  };
}

/** New problems that somebody has mended since are not told any more. */
function stillThere(delta: Delta | undefined, hunk: Hunk | undefined): Delta | undefined {
  if (delta === undefined || hunk === undefined || delta.broke.length === 0) return delta;
  return { ...delta, broke: foundAgain(delta.broke, problemsOf(vscode.Uri.parse(hunk.uri))) };
}

function measureOf(hunks: () => readonly Hunk[], take: () => void, onEnd: () => void): Measure {
  return createMeasure({ hunks, take, onEnd, now: () => performance.now(), later });
}

/** Undefined when it cannot be told, or the language's support has not said anything new. */
function measured(
  watch: Watch,
  { uri, version, before }: Start,
  hunks: readonly Hunk[],
): ReadonlyMap<string, Delta> | undefined {
  const document = openDocument(uri);
  const steps = document === undefined ? undefined : watch.since(document, version);
  if (document === undefined || steps === undefined) return undefined;
  const after = problemsOf(document.uri);
  if (areSameProblems(before, after)) return undefined;
  const changes = steps.flatMap((step) => step.changes);
  const moved = before.map((problem) => ({ ...problem, range: afterChanges(problem.range, changes) }));
  return diagnosticsDelta({ before: moved, after, hunks, elsewhere: placesOfOthers(steps) });
}
