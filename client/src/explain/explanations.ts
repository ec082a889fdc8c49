/** All explanations of the window: those of this session and those of the store are one list, known by their ids. */
import * as vscode from 'vscode';
import type { Level, Subject } from '#shared/explain.ts';
import { dismissExplanationsRequest, type ExplanationSummary, listExplanationsRequest } from '#shared/explanations.ts';
import type { Range } from '#shared/place.ts';
import type { Ask } from '../ask.ts';
import { openDocument } from '../edit/ranges.ts';
import type { Failed } from '../failed.ts';
import type { Server } from '../languageClient.ts';
import { showFailure } from '../notify.ts';
import type { Authors } from './comments.ts';
import { createContextKeys } from './contextKeys.ts';
import { isAt, isDouble, nearest, ownerOf } from './find.ts';
import { endAll, follow } from './follow.ts';
import { createKnown, type Known } from './known.ts';
import { createReadAhead } from './readAhead.ts';
import { makeRoom, spotIn } from './room.ts';
import { spotFor } from './spot.ts';
import { createExplanationThread, type ExplanationThread, type Place } from './thread.ts';

export interface Explanations {
  readonly known: Known;
  readonly onDidChange: vscode.Event<unknown>;
  /** Explains a range of a document; an empty one means the function or class around it. The same code again goes on in its thread. */
  explain(document: vscode.TextDocument, asked: AskedFor): void;
  /** The explanation that an object of the editor stands for; undefined for anything else. */
  find(value: unknown): ExplanationThread | undefined;
  /** The explanation of this id, in a thread; its document has to be open. */
  threadOf(id: string): ExplanationThread | undefined;
  /** The explanation of the code at the cursor, else the newest of the document. */
  atCursor(): ExplanationThread | undefined;
  /** The server's list of one document. */
  hear(params: Heard): void;
  /** Asks for all explanations of the workspace. */
  list(): Promise<void>;
  /** Takes explanations away, here and in the store. */
  dismiss(ids: readonly string[]): Promise<void>;
  /** All of these, and whatever has a thread. */
  dismissAll(ids: readonly string[]): Promise<void>;
  /** What has a place in a document, in the order of documents and lines. */
  places(): readonly ExplanationSummary[];
  /** Takes a thread away, and what it shows from the store. */
  dismissThread(thread: ExplanationThread): Promise<void>;
}

/** The server's list of one document at a version. */
export interface Heard {
  readonly uri: string;
  readonly version: number;
  readonly explanations: readonly ExplanationSummary[];
}

export interface AskedFor {
  readonly range: Range;
  readonly level: Level;
  readonly subject?: Subject | undefined;
}

export interface ExplanationsParts {
  readonly context: vscode.ExtensionContext;
  readonly log: vscode.LogOutputChannel;
  readonly ask: Ask;
  readonly server: Server;
}

export function createExplanations(parts: ExplanationsParts): Explanations {
  const controller = vscode.comments.createCommentController('gloss.explain', vscode.l10n.t('Explanations'));
  const ask = vscode.l10n.t('Ask a follow-up');
  controller.options = { prompt: ask, placeHolder: ask };
  const changes = new vscode.EventEmitter<undefined>();
  let threads: readonly ExplanationThread[] = [];
  const isInStore = new WeakMap<ExplanationThread, readonly string[]>();
  const listed = new Set<string>();
  const keys = createContextKeys(parts.context.subscriptions, () => threads);
  const tell = (): void => {
    keys.changed(threads.length + known.all().length > 0);
    changes.fire(undefined);
  };
  const known = createKnown(tell);
  const readAhead = createReadAhead(parts, () => threads);
  const open = (place: Place, summary?: ExplanationSummary): ExplanationThread => {
    const thread = createExplanationThread({
      ...{ ask: parts.ask, controller, authors: authorsOf(parts.context), place },
      ...(summary === undefined ? {} : { summary }),
      onAnswered: (answered) => void settled(answered),
      onFailed: (broken, failure) => void tellFailed(parts, broken, failure),
      onEnded(gone) {
        threads = threads.filter((other) => other !== gone);
        tell();
      },
    });
    threads = [...threads, thread];
    tell();
    return thread;
  };
  /** Makes the threads of a document those that the server knows of. */
  const match = (uri: string, isNow: boolean): void => {
    const explanations = known.of(uri).filter(hasThread);
    const here = threads.filter((thread) => thread.place().uri.toString() === vscode.Uri.parse(uri).toString());
    // What an explanation that is under way will be called is not known yet: it may be in the list already.
    const isBusy = here.some((thread) => thread.isBusy());
    for (const summary of explanations) {
      const owner = ownerOf(here, summary.id);
      if (owner === undefined && !isBusy) open(placeOf(summary), summary);
      if (owner?.ids().at(-1) === summary.id) owner.told(summary, isNow);
    }
    const ids = new Set(explanations.map(({ id }) => id));
    // Dismissed in another window, or by another editor.
    endAll(here.filter((thread) => !thread.isBusy() && isLost(isInStore.get(thread), ids, listed)));
    for (const id of ids) listed.add(id);
    for (const thread of threads) if (thread.ids().some((id) => ids.has(id))) isInStore.set(thread, thread.ids());
    readAhead.look();
  };
  const settled = async (answered: ExplanationThread): Promise<void> => {
    const left = new Set(answered.ids());
    const doubles = threads.filter((other) => isDouble(other, answered));
    const replaced = [answered, ...doubles].flatMap((thread) => [...(isInStore.get(thread) ?? []), ...thread.ids()]);
    isInStore.set(answered, answered.ids());
    endAll(doubles);
    // What it went through before: the store keeps the answers, the list does not.
    await dismiss(
      parts,
      [...new Set(replaced)].filter((id) => !left.has(id) && ownerOf(threads, id) === undefined),
    );
    await answered.read();
    match(answered.place().uri.toString(), false);
  };
  const takeAway = async (ids: readonly string[]): Promise<void> => {
    if (ids.length === 0) return;
    known.drop(new Set(ids));
    await parts.ask(dismissExplanationsRequest, { ids: [...ids] });
  };
  parts.context.subscriptions.push(controller, changes, ...follow(() => threads), { dispose: () => endAll(threads) });
  return {
    known,
    onDidChange: changes.event,
    explain(document, { range, level, subject }) {
      const place = { uri: document.uri, code: range, spot: spotIn(document, range), subject };
      const thread = threads.find((other) => isAt(other, place)) ?? open(place);
      makeRoom(document, thread.place().spot);
      void thread.explain(level);
    },
    find: (value) => threads.find((thread) => thread.owns(value)),
    threadOf(id) {
      const summary = known.find(id);
      if (summary !== undefined && hasThread(summary)) match(summary.uri, false);
      return ownerOf(threads, id);
    },
    atCursor: () => nearest(threads, vscode.window.activeTextEditor),
    hear({ uri, version, explanations }) {
      known.heard(uri, explanations);
      match(uri, openDocument(vscode.Uri.parse(uri).toString())?.version === version);
    },
    async list() {
      known.listed(await parts.ask(listExplanationsRequest, {}));
    },
    async dismiss(ids) {
      endAll(threads.filter((thread) => thread.ids().some((id) => ids.includes(id))));
      await takeAway(ids);
    },
    async dismissAll(ids) {
      const shown = threads.flatMap((thread) => thread.ids());
      endAll(threads);
      await takeAway([...new Set([...ids, ...shown])]);
    },
    places: () => known.all().filter(hasThread),
    async dismissThread(thread) {
      const ids = thread.ids();
      thread.end();
      await takeAway(ids);
    },
  };
}

/** Files and terminals are explained in documents of their own, and line notes stand beside the lines. */
export function hasThread({ kind }: ExplanationSummary): boolean {
  return kind === 'code' || kind === 'problem' || kind === 'change';
}

function placeOf({ uri, range }: ExplanationSummary): Place {
  return { uri: vscode.Uri.parse(uri), code: range, spot: spotFor(range, []) };
}

/** What was in the list, and is not any more. An answer comes before the list that has it. */
function isLost(before: readonly string[] | undefined, now: ReadonlySet<string>, listed: ReadonlySet<string>): boolean {
  return before?.some((id) => listed.has(id)) === true && !before.some((id) => now.has(id));
}

/** Of no use to the person where it fails: the list is longer by what it went through. */
async function dismiss({ ask, log }: ExplanationsParts, ids: readonly string[]): Promise<void> {
  if (ids.length === 0) return;
  await ask(dismissExplanationsRequest, { ids: [...ids] }).catch((error: unknown) =>
    log.warn(`Earlier explanations of the same code are still in the list: ${String(error)}`),
  );
}

function authorsOf({ extensionUri }: vscode.ExtensionContext): Authors {
  const picture = (name: string) => vscode.Uri.joinPath(extensionUri, 'media', name);
  return {
    gloss: { name: 'Gloss', iconPath: picture('icon.png') },
    person: { name: vscode.l10n.t('You'), iconPath: picture('person.png') },
  };
}

async function tellFailed({ server }: ExplanationsParts, thread: ExplanationThread, failure: Failed): Promise<void> {
  await showFailure(failure, async () => {
    // Trying again is of no use before the server runs.
    if (server.state() === 'failed') await server.restart();
    await thread.refresh();
  });
}
