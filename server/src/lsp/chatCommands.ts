/** The commands of chats. Their arguments come from anywhere: what is not exactly right has no effect (threats S18, S36). */
import * as z from 'zod';
import { serverCommands } from '#shared/commands.ts';
import { Range, Uri } from '#shared/place.ts';
import { ChatMode } from '#shared/settings.ts';
import type { Chat } from '../chat.ts';
import { conversationMarkdown } from '../conversations/markdown.ts';
import { Refusal } from '../ports.ts';
import { draftIn } from './chatDocuments.ts';
import { type ChatCommandParts, chatOf, forkBefore, gone, refuseUntrusted, viewOf } from './chatFound.ts';
import type { ChatPlace } from './chatParts.ts';
import { carryingOut, openPlan } from './chatPlan.ts';
import { composed, sendFrom, sendText } from './chatSend.ts';
import type { ChatView } from './chatView.ts';
import { approvalMark } from './chatWaiting.ts';
import { fewWords } from './plainWords.ts';

const Id = z.string().regex(/^[\w-]{1,64}$/);
const EntryId = z.string().regex(/^[\w.-]{1,200}$/);
const Word = z.string().min(1).max(200);
const AtChat = z.strictObject({ uri: Uri });
const Named = z.strictObject({ conversation: Id });
const Title = { title: z.string().trim().min(1).max(200) };

/** What each command takes, and what it does. */
const deeds = {
  [serverCommands.chat]: deed(
    z.tuple([]).or(z.tuple([Named.or(z.strictObject({ uri: Uri, range: Range }))])),
    async (parts, [what]) => begin(parts, what),
  ),
  [serverCommands.chatSend]: deed(
    z.tuple([AtChat.extend({ from: EntryId.optional(), meanwhile: z.enum(['queue', 'steer']).optional() })]),
    async (parts, [asked], signal) => {
      refuseUntrusted(parts);
      return sendFrom(parts, asked, signal);
    },
  ),
  [serverCommands.chatStop]: deed(z.tuple([AtChat]), async (parts, [{ uri }]) => {
    const view = viewOf(parts, uri);
    view.giveBack(view.chat.stop());
    return { stopped: true };
  }),
  [serverCommands.chatMode]: deed(z.tuple([AtChat.extend({ mode: ChatMode })]), async (parts, [{ uri, mode }]) => {
    viewOf(parts, uri).chat.setMode(mode);
    return { mode };
  }),
  [serverCommands.chatWithdraw]: deed(z.tuple([AtChat]), async (parts, [{ uri }]) => {
    const { chat } = viewOf(parts, uri);
    const withdrawn = chat.state().granted;
    chat.withdraw();
    return { withdrawn };
  }),
  [serverCommands.chatPlan]: deed(z.tuple([AtChat]), async (parts, [{ uri }]) => openPlan(parts, viewOf(parts, uri))),
  [serverCommands.chatCarryOut]: deed(
    z.tuple([AtChat.extend({ mode: z.enum(['ask', 'acceptEdits']) })]),
    async (parts, [{ uri, mode }], signal) => {
      refuseUntrusted(parts);
      const view = viewOf(parts, uri);
      const text = await carryingOut(parts, view);
      view.chat.setMode(mode);
      return sendText(parts, view, text, signal);
    },
  ),
  [serverCommands.chatApprove]: deed(
    z.tuple([AtChat.extend({ hash: Word, decision: z.enum(['once', 'session']) })]),
    async (parts, [{ uri, hash, decision }]) => decide(parts, { uri, hash, answer: decision }),
  ),
  [serverCommands.chatDeny]: deed(
    z.tuple([AtChat.extend({ hash: Word, reason: z.string().trim().min(1).max(2_000).optional() })]),
    async (parts, [{ uri, hash, reason }]) => decide(parts, { uri, hash, answer: { deny: reason } }),
  ),
  [serverCommands.chatWhy]: deed(z.tuple([AtChat.extend({ hash: Word })]), async (parts, [{ uri, hash }]) => {
    const request = shownApproval(parts, uri, hash);
    const text = [...request.because, '', parts.engine.approvalText(request)].join('\n');
    await parts.texts.showText(`why-${request.call}`, text);
    return { because: request.because };
  }),
  [serverCommands.chatAnswer]: deed(
    z.tuple([AtChat.extend({ call: z.string().max(200), text: z.string().trim().min(1).max(10_000) })]),
    async (parts, [{ uri, call, text }]) => {
      if (!parts.engine.people.reply(viewOf(parts, uri).chat.id, call, text)) throw gone();
      return { answered: true };
    },
  ),
  [serverCommands.chatFork]: deed(z.tuple([AtChat.extend({ entry: EntryId })]), async (parts, [{ uri, entry }]) =>
    fork(parts, viewOf(parts, uri), entry),
  ),
  [serverCommands.chatWhatWillBeSent]: deed(z.tuple([AtChat]), async (parts, [{ uri }], signal) => {
    const view = viewOf(parts, uri);
    const { chat } = view;
    const draft = draftIn(parts.world.documents.get(uri)?.text ?? '');
    const turn = await composed(parts, view, draft, signal).catch(unlessStopped);
    if (turn === undefined) return { text: '' };
    const preview = await parts.engine.writing.preview(chat, turn, signal);
    await parts.texts.showText(`will-be-sent-${chat.id}`, preview);
    return { text: preview };
  }),
  [serverCommands.chatRename]: deed(
    z.tuple([AtChat.extend(Title).or(Named.extend(Title))]),
    async (parts, [{ title, ...which }]) => {
      const id = idOf(parts, which);
      await parts.engine.chats.rename(id, title);
      parts.shown.showAll();
      parts.panel.touched(id);
      return { title };
    },
  ),
  [serverCommands.chatRemove]: deed(z.tuple([AtChat.or(Named)]), async (parts, [which]) => {
    const id = idOf(parts, which);
    await parts.engine.chats.remove(id);
    await parts.shown.forget(id);
    return { removed: id };
  }),
  [serverCommands.chatExport]: deed(z.tuple([AtChat.or(Named)]), async (parts, [which]) => {
    const chat = await chatOf(parts, idOf(parts, which));
    const markdown = conversationMarkdown(chat.stored());
    await parts.texts.showMarkdown(`chat-${chat.id}`, markdown);
    return { markdown };
  }),
  [serverCommands.chatList]: deed(z.tuple([]), async ({ engine }) => ({
    conversations: await engine.conversations.list(),
  })),
  [serverCommands.chatSearch]: deed(
    z.tuple([z.strictObject({ words: z.string().trim().min(1).max(1_000) })]),
    async ({ engine }, [{ words }], signal) => ({ found: await engine.conversations.search(words, signal) }),
  ),
};

type Deed = (parts: ChatCommandParts, given: unknown, signal: AbortSignal) => Promise<unknown>;

/** Undefined for what is no command of chats. */
export function chatCommand(command: string): Deed | undefined {
  return Object.hasOwn(deeds, command) ? deeds[command as keyof typeof deeds] : undefined;
}

function deed<Given>(
  schema: z.ZodType<Given>,
  run: (parts: ChatCommandParts, given: Given, signal: AbortSignal) => Promise<unknown>,
): Deed {
  return async (parts, given, signal) => run(parts, schema.parse(given), signal);
}

function unlessStopped(error: unknown): undefined {
  if (!(error instanceof Refusal) || error.kind !== 'stopped') throw error;
}

async function begin(
  parts: ChatCommandParts,
  what: { readonly conversation: string } | ChatPlace | undefined,
): Promise<unknown> {
  refuseUntrusted(parts);
  if (what !== undefined && 'conversation' in what) return shownChat(parts, await chatOf(parts, what.conversation));
  const draft = what === undefined ? '' : mentionOf(parts, what);
  const chat = await parts.engine.chats.begin();
  if (what !== undefined) parts.engine.writing.begunAt(chat.id, what);
  return shownChat(parts, chat, draft);
}

async function shownChat({ shown }: ChatCommandParts, chat: Chat, draft = ''): Promise<unknown> {
  return { conversation: chat.id, uri: await shown.open(chat, draft) };
}

/** The lines of a range; a range that ends at the start of a line does not reach into it. */
function mentionOf({ world }: ChatCommandParts, { uri, range: { start, end } }: ChatPlace): string {
  const place = world.files.home(uri);
  if (place === undefined) throw new Refusal('That document is not in the workspace.', 'notOpen');
  const last = end.character === 0 && end.line > start.line ? end.line : end.line + 1;
  const lines = last === start.line + 1 ? `${last}` : `${start.line + 1}-${last}`;
  return `@${/\s/.test(place.path) ? `"${place.path}"` : place.path}#L${lines} `;
}

async function fork(parts: ChatCommandParts, { chat }: ChatView, id: string): Promise<unknown> {
  const { forked, text } = await forkBefore(parts.engine, chat, id);
  return shownChat(parts, forked, text);
}

interface Decision {
  readonly uri: string;
  readonly hash: string;
  readonly answer: 'once' | 'session' | { readonly deny: string | undefined };
}

function decide(parts: ChatCommandParts, { uri, hash, answer }: Decision): unknown {
  const request = shownApproval(parts, uri, hash);
  if (!parts.engine.people.answer(request.conversation, hash, answer)) throw gone();
  return { decided: fewWords(request.title, 200) };
}

/** Nothing is agreed to that does not stand in the document right now (threats S4, S17). */
function shownApproval(parts: ChatCommandParts, uri: string, hash: string) {
  const request = viewOf(parts, uri)
    .chat.state()
    .approvals.find((each) => each.hash === hash);
  const text = parts.world.documents.get(uri)?.text ?? '';
  if (request === undefined || !text.includes(approvalMark(hash))) throw gone();
  return request;
}

function idOf(parts: ChatCommandParts, which: { readonly uri: string } | { readonly conversation: string }): string {
  return 'conversation' in which ? which.conversation : viewOf(parts, which.uri).chat.id;
}
