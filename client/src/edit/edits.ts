/** All pending edits of the window: what the server tells and asks, how they are shown, and what the person decides. */
import * as vscode from 'vscode';
import { afterChanges, type Change } from '#shared/anchor.ts';
import { type DecideParams, decideRequest, type EditParams, type Hunk, type Which } from '#shared/edits.ts';
import type { Problem } from '#shared/problem.ts';
import type { Ask } from '../ask.ts';
import type { Server } from '../languageClient.ts';
import type { StatusItem } from '../status.ts';
import { isDemo } from '../statusLook.ts';
import { createApply } from './apply.ts';
import { type Approved, type ApproveParams, createApprove } from './approve.ts';
import { type Compare, createCompare } from './compare.ts';
import { createDeltas, type Deltas } from './deltas.ts';
import { createMessages } from './messages.ts';
import { createPending, type Grown, type Pending } from './pending.ts';
import { plainMessage } from './plain.ts';
import { type Prepared, prepare } from './prepare.ts';
import { openDocument } from './ranges.ts';
import { createRuns, type Runs } from './runs.ts';
import { createTexts } from './texts.ts';
import { createViews, type Views } from './views.ts';
import { createWatch, type Watch } from './watch.ts';

export interface Edits {
  readonly pending: Pending;
  readonly compare: Compare;
  readonly runs: Runs;
  readonly deltas: Deltas;
  readonly apply: ReturnType<typeof createApply>;
  approve(params: ApproveParams): Promise<Approved>;
  prepare(uris: readonly string[]): Promise<Prepared[]>;
  /** The server's list of one document. */
  hear(uri: string, hunks: readonly Hunk[]): void;
  /** Settles hunks; what could not be settled is told. */
  decide(params: DecideParams): Promise<void>;
  /** Asks for an edit that fixes problems in place. */
  fix(uri: string, problems: readonly Problem[]): Promise<void>;
}

export interface EditsParts {
  readonly context: vscode.ExtensionContext;
  readonly log: vscode.LogOutputChannel;
  readonly ask: Ask;
  readonly server: Server;
  readonly status: StatusItem;
}

export function createEdits(parts: EditsParts): Edits {
  const { subscriptions } = parts.context;
  let views: Views | undefined;
  let isOwnEdit = false;
  const pending = createPending((uri, what) => {
    // Made with the first hunk: most windows never have one.
    views ??= createViews({
      subscriptions,
      pending,
      texts,
      deltas,
      toldOf: messages.of,
      isDemo: () => isDemo(parts.status.situation()),
    });
    if (what === 'hunks') deltas.look(uri);
    // What came with an edit of ours is known in a moment: painted before that, the right picture would wait its turn.
    if (!isOwnEdit) views.changed(uri, what);
  });
  const watch = createWatch({
    subscriptions,
    onEdited(document, changes, isOwn) {
      isOwnEdit = isOwn;
      pending.edited(document.uri.toString(), document.version, changes);
      isOwnEdit = false;
    },
    onClosed: (document) => forgetUntitled(pending, document),
  });
  const texts = createTexts(subscriptions, pending);
  const messages = createMessages({ pending, fix: (uri, problems) => fix(uri, problems) });
  const deltas = createDeltas({
    ...{ subscriptions, watch, pending },
    onMeasured(hunks, found) {
      views?.changed(hunks[0]?.uri ?? '', 'hunks');
      messages.measured(hunks, found);
    },
    onNews: (uri) => views?.changed(uri, 'hunks'),
  });
  const runs = createRuns({ ask: parts.ask, renewed: (params) => renewed(watch, params), onDone: messages.done });
  const fix = (uri: string, problems: readonly Problem[]): Promise<void> => runs.start(fixOf(uri, problems));
  subscriptions.push(
    parts.server.onState((state) => {
      if (state === 'running') return;
      deltas.clear();
      pending.drop(() => true);
    }),
  );
  return {
    ...{ pending, runs, deltas, fix },
    compare: createCompare(pending, texts),
    apply: createApply({
      ...{ watch, log: parts.log },
      onBefore(group, document, ids) {
        if (!ids.every((id) => isThere(pending.find(id)))) deltas.begin(group, document);
      },
      onApplied: (grown) => pending.grown(moved(watch, grown)),
    }),
    ...{ approve: createApprove(texts), prepare },
    hear: (uri, hunks) => pending.heard(uri, hunks, (version) => changesSince(watch, uri, version)),
    decide: (params) => decide(parts.ask, pending, params),
  };
}

/** What is done to text that is there already takes it back. */
function isThere(hunk: Hunk | undefined): boolean {
  return hunk !== undefined && hunk.place === 'buffer' && !hunk.growing;
}

async function decide(ask: Ask, pending: Pending, params: DecideParams): Promise<void> {
  const { failed } = await ask(decideRequest, params);
  const left = new Set(failed.map(({ id }) => id));
  // Of documents that are not open the server does not tell.
  pending.drop((hunk) => isIn(hunk, params.which) && !left.has(hunk.id) && openDocument(hunk.uri) === undefined);
  const messages = [...new Set(failed.map(({ message }) => message))];
  if (messages.length > 0) void vscode.window.showWarningMessage(plainMessage(messages.join(' ')));
}

function isIn({ id, uri }: Hunk, which: Which): boolean {
  switch (which.kind) {
    case 'all':
      return true;
    case 'document':
      return which.uri === uri;
    case 'hunks':
      return which.ids.includes(id);
  }
}

function changesSince(watch: Watch, uri: string, version: number): readonly Change[] | undefined {
  const document = openDocument(uri);
  return document === undefined ? undefined : watch.since(document, version)?.flatMap(({ changes }) => changes);
}

/** What an apply step put in, where it is now: the person may have typed since. */
function moved(watch: Watch, grown: Grown): Grown {
  const changes = changesSince(watch, grown.uri, grown.version) ?? [];
  return { ...grown, pieces: grown.pieces.map((piece) => ({ ...piece, range: afterChanges(piece.range, changes) })) };
}

/** The place of an edit, moved over what happened since it was chosen. */
function renewed(watch: Watch, params: EditParams): EditParams {
  const document = openDocument(params.uri);
  if (document === undefined || params.version === undefined) return params;
  const changes = changesSince(watch, params.uri, params.version);
  if (changes === undefined) return params;
  return { ...params, range: afterChanges(params.range, changes), version: document.version };
}

function fixOf(uri: string, problems: readonly Problem[]): EditParams {
  const some = problems.slice(0, 100);
  const lines = some.flatMap(({ range }) => [range.start.line, range.end.line]);
  const range = {
    start: { line: Math.min(...lines), character: 0 },
    end: { line: Math.max(...lines) + 1, character: 0 },
  };
  const document = openDocument(uri);
  return {
    action: 'fix',
    uri,
    range,
    problems: [...some],
    ...(document === undefined ? {} : { version: document.version }),
  };
}

/** An untitled document that is closed is gone. The hunks of files wait until they are opened again. */
function forgetUntitled(pending: Pending, document: vscode.TextDocument): void {
  if (document.isUntitled && document.isClosed) pending.drop(({ uri }) => uri === document.uri.toString());
}
