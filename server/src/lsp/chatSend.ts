/** Sends what stands in a chat's document: what was written below the last heading, or an earlier question once more. */
import type { Chat, ComposedTurn, SendOptions } from '../chat.ts';
import { Refusal } from '../ports.ts';
import { chatIdOf, draftIn } from './chatDocuments.ts';
import type { SentText } from './chatEdits.ts';
import { type ChatCommandParts, entryOf, viewOf } from './chatFound.ts';
import { bodyOf, draftId, sectionsIn } from './chatSections.ts';
import type { ChatView } from './chatView.ts';

export interface SendWishes {
  readonly uri: string;
  /** The question that is asked again, with what the person has changed in it. */
  readonly from?: string | undefined;
  readonly meanwhile?: 'queue' | 'steer' | undefined;
}

/** Resolves when it is on its way: how it ends is shown in the document. */
export async function sendFrom(parts: ChatCommandParts, wishes: SendWishes, signal: AbortSignal): Promise<unknown> {
  const { uri, from, meanwhile } = wishes;
  const { engine, shown, world } = parts;
  // One that has just been opened may still be on its way.
  await shown.opened(uri);
  const document = world.documents.get(uri)?.text ?? '';
  if (shown.view(uri) === undefined && from === undefined && chatIdOf(parts, uri) !== undefined)
    return beginWith(parts, document);
  const view = viewOf(parts, uri);
  const { chat } = view;
  const written = { from: from ?? draftId, text: from === undefined ? draftIn(document) : questionIn(document, from) };
  if (written.text === '') throw new Refusal('Write something below the last "You" first.', 'empty');
  // Who presses Send twice means one question.
  const text = view.unsent(written);
  if (text === '') throw onItsWay();
  const state = chat.state();
  if (from !== undefined && state.running)
    throw new Refusal('It still works. Stop it first, then ask again.', 'running');
  const [question] = state.questions;
  await sending(view, { ...written, text }, async () => {
    if (question !== undefined && from === undefined) {
      engine.people.reply(chat.id, question.call, text);
      return;
    }
    const after = from === undefined ? {} : { after: entryOf(chat, from).parent ?? null };
    const turn = await composed(parts, view, text, signal);
    if (turn !== undefined) await taken(chat, turn, { ...after, ...(meanwhile === undefined ? {} : { meanwhile }) });
    // What is heard meanwhile has no question of its own that they could stand below.
    if (meanwhile === 'steer' && state.running) view.note(turn?.notices ?? []);
  });
  return { conversation: chat.id };
}

/** Sends what was written elsewhere. */
export async function sendText(
  parts: ChatCommandParts,
  view: ChatView,
  text: string,
  signal: AbortSignal,
): Promise<unknown> {
  const { chat } = view;
  // Said behind this answer, and once.
  const words = { from: `behind-${chat.stored().entries.at(-1)?.id}`, text };
  if (view.unsent(words) === '') throw onItsWay();
  await sending(view, words, async () => {
    const turn = await composed(parts, view, text, signal);
    if (turn !== undefined) await taken(chat, turn, {});
  });
  return { conversation: chat.id };
}

/** The person may stop it before anything is sent: it stays where they wrote it, and no error is told. */
async function sending(view: ChatView, text: SentText, act: () => Promise<void>): Promise<void> {
  await view.send(text, act).catch((error: unknown) => {
    if (!(error instanceof Refusal) || error.kind !== 'stopped') throw error;
  });
}

/**
 * The question with all that goes along. Why there is none stands in the document; undefined where that is the whole
 * answer, as of `/help`.
 */
export async function composed(
  { engine }: ChatCommandParts,
  view: ChatView,
  text: string,
  signal: AbortSignal,
): Promise<ComposedTurn | undefined> {
  try {
    const turn = await engine.writing.compose({ text, conversation: view.chat.id }, signal);
    view.note([]);
    return turn;
  } catch (error) {
    if (!(error instanceof Refusal)) throw error;
    view.note([error.message]);
    if (error.kind === 'help') return undefined;
    throw error;
  }
}

/** A document whose chat is not there (any more), such as one that was never sent and found again after a restart. */
async function beginWith({ engine, shown }: ChatCommandParts, document: string): Promise<unknown> {
  const chat = await engine.chats.begin();
  return { conversation: chat.id, uri: await shown.open(chat, draftIn(document)) };
}

function onItsWay(): Refusal {
  return new Refusal('This is on its way already. If the editor asks you something, answer that first.', 'empty');
}

function questionIn(document: string, id: string): string {
  const section = sectionsIn(document).sections.find((each) => each.id === id && each.hash !== undefined);
  return section === undefined ? '' : bodyOf(section, document);
}

/** Resolves when the question is kept or waits. @throws Refusal when it cannot begin. */
export async function taken(chat: Chat, turn: ComposedTurn, options: SendOptions): Promise<void> {
  const { promise, resolve, reject } = Promise.withResolvers<void>();
  const wasRunning = chat.state().running;
  const unwatch = chat.watch((event) => {
    if (event.type === 'entry' && event.entry.content.kind === 'asked') resolve();
  });
  chat.send(turn, options).then(() => resolve(), reject);
  // While it works a question is only put aside: what it becomes is shown in the document.
  if (wasRunning) setImmediate(resolve);
  await promise.finally(unwatch);
}
