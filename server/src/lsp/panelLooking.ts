/** What is looked at in a chat panel, and what the person does there besides writing: an answer to each request. */
import type { ChatHead } from '#shared/panel.ts';
import {
  chatAnswerRequest,
  chatCloseRequest,
  chatContentsRequest,
  chatDecideRequest,
  chatForkRequest,
  chatMarkdownRequest,
  chatOpenRequest,
  chatPlanRequest,
  chatRemoveRequest,
  chatRenameRequest,
  chatSearchRequest,
  chatStopRequest,
  chatsRequest,
  chatUnqueueRequest,
  chatWithdrawRequest,
} from '#shared/panelRequests.ts';
import { conversationMarkdown } from '../conversations/markdown.ts';
import type { ConversationSummary } from '../ports.ts';
import { type ChatCommandParts, chatOf, forkBefore, refuseUntrusted } from './chatFound.ts';
import { carryingOut, openPlan } from './chatPlan.ts';
import { taken } from './chatSend.ts';
import { type PanelAnswer, panelAnswer } from './panelAnswer.ts';
import { contentsOf, entryIn } from './panelContents.ts';
import { markdownOf } from './panelMarkdown.ts';

export function panelLooking(parts: ChatCommandParts): readonly PanelAnswer[] {
  return [...lookingAt(parts), ...deedsIn(parts)];
}

function lookingAt(parts: ChatCommandParts): readonly PanelAnswer[] {
  const { engine, panel } = parts;
  const headOf = (summary: ConversationSummary): ChatHead => chatHead(summary, panel.stateOf(summary.id));
  return [
    panelAnswer(chatsRequest, async () => {
      const all = await engine.conversations.list();
      return { chats: all.slice(0, 20_000).map(headOf) };
    }),
    panelAnswer(chatSearchRequest, async ({ words }, signal) => {
      const found = await engine.conversations.search(words, signal);
      return {
        found: found.map(({ conversation, entry, excerpt }) => ({
          ...{ chat: headOf(conversation), item: entry, excerpt },
        })),
      };
    }),
    panelAnswer(chatOpenRequest, async ({ chat: id }) =>
      panel.open(id === undefined ? await engine.chats.begin() : await chatOf(parts, id)),
    ),
    panelAnswer(chatCloseRequest, async ({ chat }) => {
      panel.close(chat);
      return {};
    }),
    panelAnswer(chatContentsRequest, async ({ chat, items }) => ({
      contents: contentsOf(await chatOf(parts, chat), items),
    })),
    panelAnswer(chatMarkdownRequest, async ({ chat: id, item }) => {
      const stored = (await chatOf(parts, id)).stored();
      return { markdown: item === undefined ? conversationMarkdown(stored) : markdownOf(stored.entries, item) };
    }),
  ];
}

function deedsIn(parts: ChatCommandParts): readonly PanelAnswer[] {
  const { engine, panel } = parts;
  return [
    panelAnswer(chatStopRequest, async ({ chat }) => ({ unheard: [...(await chatOf(parts, chat)).stop()] })),
    panelAnswer(chatUnqueueRequest, async ({ chat: id, at, text }) => {
      const chat = await chatOf(parts, id);
      const taken = chat.state().queued[at] === text;
      if (taken) chat.unqueue(at);
      return { taken };
    }),
    panelAnswer(chatDecideRequest, async ({ chat, hash, decision, reason }) => ({
      decided: engine.people.answer(chat, hash, decision === 'deny' ? { deny: reason } : decision),
    })),
    panelAnswer(chatAnswerRequest, async ({ chat, call, text }) => ({
      answered: text.trim() !== '' && engine.people.reply(chat, call, text.trim()),
    })),
    panelAnswer(chatWithdrawRequest, async ({ chat }) => {
      (await chatOf(parts, chat)).withdraw();
      return {};
    }),
    panelAnswer(chatRenameRequest, async ({ chat, title }) => {
      await engine.chats.rename(chat, title);
      parts.shown.showAll();
      panel.touched(chat);
      return {};
    }),
    panelAnswer(chatRemoveRequest, async ({ chat }) => {
      panel.close(chat);
      await engine.chats.remove(chat);
      await parts.shown.forget(chat);
      return {};
    }),
    panelAnswer(chatPlanRequest, async ({ chat: id, carryOut }, signal) => {
      const chat = await chatOf(parts, id);
      const planned = { chat, uri: parts.uriOf(`chats/${id}.md`) };
      if (carryOut === undefined) {
        await openPlan(parts, planned);
        return {};
      }
      refuseUntrusted(parts);
      const text = await carryingOut(parts, planned);
      chat.setMode(carryOut);
      await taken(chat, await engine.writing.compose({ text, conversation: id }, signal), {});
      return {};
    }),
    panelAnswer(chatForkRequest, async ({ chat, item }) => {
      const { forked, text } = await forkBefore(engine, await chatOf(parts, chat), entryIn(item));
      return { chat: forked.id, text };
    }),
  ];
}

function chatHead(
  { id, title, folder = '', begun, changed, questions, usage }: ConversationSummary,
  state: ChatHead['state'],
): ChatHead {
  const dollars = usage.price === undefined ? {} : { dollars: usage.price };
  return { id, title, folder, begun, changed, questions, ...dollars, state };
}
