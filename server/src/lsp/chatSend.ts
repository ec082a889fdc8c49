/** Sends what stands in a chat's document: what was written below the last heading, or an earlier question once more. */
import type { Chat, ComposedTurn, SendOptions } from '../chat.ts';
import { Refusal } from '../ports.ts';
import { chatIdOf, draftIn } from './chatDocuments.ts';
import { type ChatCommandParts, entryOf, viewOf } from './chatFound.ts';
import { bodyOf, draftId, sectionsIn } from './chatSections.ts';

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
  const text = from === undefined ? draftIn(document) : questionIn(document, from);
  if (text === '') throw new Refusal('Write something below the last "You" first.', 'empty');
  const state = chat.state();
  if (from !== undefined && state.running)
    throw new Refusal('It still works. Stop it first, then ask again.', 'running');
  const [question] = state.questions;
  if (question !== undefined && from === undefined) {
    engine.people.reply(chat.id, question.call, text);
  } else {
    const after = from === undefined ? {} : { after: entryOf(chat, from).parent ?? null };
    const turn = await engine.writing.compose({ text, conversation: chat.id }, signal);
    await taken(chat, turn, { ...after, ...(meanwhile === undefined ? {} : { meanwhile }) });
  }
  view.sent({ from: from ?? draftId, text });
  return { conversation: chat.id };
}

/** A document whose chat is not there (any more), such as one that was never sent and found again after a restart. */
async function beginWith({ engine, shown }: ChatCommandParts, document: string): Promise<unknown> {
  const chat = await engine.chats.begin();
  return { conversation: chat.id, uri: await shown.open(chat, draftIn(document)) };
}

function questionIn(document: string, id: string): string {
  const section = sectionsIn(document).sections.find((each) => each.id === id && each.hash !== undefined);
  return section === undefined ? '' : bodyOf(section, document);
}

/** Resolves when the question is kept or waits. @throws Refusal when it cannot begin. */
async function taken(chat: Chat, turn: ComposedTurn, options: SendOptions): Promise<void> {
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
