/** Sends what is written in a chat panel: a question, one that is asked again, or what is said while it works. */
import type * as z from 'zod';
import type { chatSendRequest, Draft } from '#shared/panelRequests.ts';
import { Refusal } from '../ports.ts';
import { type ChatCommandParts, chatOf, entryOf, refuseUntrusted } from './chatFound.ts';
import { taken } from './chatSend.ts';

type Sending = z.infer<typeof chatSendRequest.params>;
type Sent = z.infer<typeof chatSendRequest.result>;

/** Milliseconds in which who presses Send twice means one question. */
const moment = 400;

export function createPanelSend(parts: ChatCommandParts): (asked: Sending, signal: AbortSignal) => Promise<Sent> {
  const sending = new Map<string, Promise<Sent>>();
  return (asked, signal) => {
    const { chat, from = '', draft } = asked;
    const media = draft.media.map(({ name, base64 }) => [name, base64.length]);
    const key = JSON.stringify([chat, from, draft.text, media]);
    const same = sending.get(key);
    if (same !== undefined) return same;
    const sent = send(parts, asked, signal);
    sending.set(key, sent);
    const forget = () => void (sending.get(key) === sent && sending.delete(key));
    // What was refused may be tried again at once.
    sent.then(() => setTimeout(forget, moment).unref(), forget);
    return sent;
  };
}

async function send(parts: ChatCommandParts, asked: Sending, signal: AbortSignal): Promise<Sent> {
  refuseUntrusted(parts);
  const { draft, from, meanwhile } = asked;
  const chat = await chatOf(parts, asked.chat);
  const text = draft.text.trim();
  if (text === '' && draft.media.length === 0) throw new Refusal('Write a question first.', 'empty');
  const { running, questions } = chat.state();
  if (from !== undefined && running) throw new Refusal('It still works. Stop it first, then ask again.', 'running');
  const [question] = questions;
  if (question !== undefined && from === undefined) return answered(parts, asked, question.call);
  const after = from === undefined ? {} : { after: parentOf(chat, from) };
  const turn = await composed(parts, asked.chat, draft, signal);
  if (typeof turn === 'string') return { answer: turn };
  const isSteering = meanwhile === 'steer' && chat.state().running;
  await taken(chat, turn, { ...after, ...(meanwhile === undefined ? {} : { meanwhile }) });
  // What is heard meanwhile has no question of its own that they could stand below.
  const notices = isSteering ? (turn.notices ?? []) : [];
  return notices.length === 0 ? {} : { answer: notices.join('\n') };
}

/** Plain words while the model waits for an answer are the answer. */
function answered({ engine }: ChatCommandParts, { chat, draft }: Sending, call: string): Sent {
  if (draft.media.length > 0)
    throw new Refusal('Claude waits for an answer in words. Answer it first, then send pictures.', 'question');
  engine.people.reply(chat, call, draft.text.trim());
  return {};
}

function parentOf(chat: Parameters<typeof entryOf>[0], id: string): string | null {
  const entry = entryOf(chat, id);
  if (entry.content.kind !== 'asked') throw new Refusal('That is no question that could be asked again.', 'gone');
  return entry.parent ?? null;
}

/** The question with all that goes along; a text where that is the whole answer, as of `/help`. */
async function composed(
  { engine }: ChatCommandParts,
  conversation: string,
  { text, media, selection }: Draft,
  signal: AbortSignal,
) {
  try {
    return await engine.writing.compose({ text: text.trim(), conversation, media, selection }, signal);
  } catch (error) {
    if (error instanceof Refusal && error.kind === 'help') return error.message;
    throw error;
  }
}
