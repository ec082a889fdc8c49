/** What a chat panel asks of the server, and what it is told. An editor without a panel uses the commands of chats instead. */
import * as z from 'zod';
import { ChatChange, ChatHead, ChatId, Chip, Item, ItemId, PanelState } from './panel.ts';
import { Range, Uri } from './place.ts';
import { notification, request } from './request.ts';
import { ChatMode, Effort } from './settings.ts';

const Text = z.string().max(1_000_000);
const Nothing = z.strictObject({});
const Which = z.strictObject({ chat: ChatId });

export const chatsRequest = request({
  method: 'gloss/chats',
  from: 'client',
  summary: 'All chats of this workspace, the newest first, those of other windows included.',
  params: Nothing,
  result: z.strictObject({ chats: z.array(ChatHead).max(20_000) }),
});

export const chatSearchRequest = request({
  method: 'gloss/chatSearch',
  from: 'client',
  summary: 'Chats that have all of the words, the newest first, with the words around.',
  params: z.strictObject({ words: z.string().min(1).max(1_000) }),
  /** `item`: of the entry; its parts have the same name before their dot. */
  result: z.strictObject({
    found: z.array(z.strictObject({ chat: ChatHead, item: ItemId, excerpt: z.string().max(2_000) })).max(1_000),
  }),
});

export const chatOpenRequest = request({
  method: 'gloss/chatOpen',
  from: 'client',
  summary:
    'Opens a chat, or begins one where none is named, and tells from then on what happens in it by `gloss/chatChanged`, until `gloss/chatClose`. `seq` is that of the last change that is in the result. While a chat is looked at, the editor shows no messages for what waits in it.',
  params: z.strictObject({ chat: ChatId.optional() }),
  result: z.strictObject({
    ...{ chat: ChatId, seq: z.int().min(0), items: z.array(Item).max(200_000), state: PanelState },
    /** Of what still comes: how far it has come. `text` changes go on from there. */
    texts: z.array(z.strictObject({ id: ItemId, text: z.string() })).max(1_000),
  }),
});

export const chatCloseRequest = request({
  method: 'gloss/chatClose',
  from: 'client',
  summary: 'Nobody looks at the chat any more. It goes on working.',
  params: Which,
  result: Nothing,
});

export const chatContentsRequest = request({
  method: 'gloss/chatContents',
  from: 'client',
  summary:
    'The texts of items: of an answer its Markdown as the model wrote it, to be made inert before it is rendered; of a call its input and what came of it, at most 100,000 code units of each. Items that are not there any more are left out.',
  params: z.strictObject({ chat: ChatId, items: z.array(ItemId).min(1).max(200) }),
  result: z.strictObject({
    contents: z.array(
      z.strictObject({ id: ItemId, text: z.string(), input: z.string().optional(), result: z.string().optional() }),
    ),
  }),
});

/** A picture or PDF that was pasted or dropped. */
export const Media = z.strictObject({ name: z.string().min(1).max(300), base64: z.base64().max(14_000_000) });
export type Media = z.infer<typeof Media>;

/** What is written in the composer. */
export const Draft = z.strictObject({
  text: Text,
  media: z.array(Media).max(20),
  /** What is selected in the editor goes along. */
  selection: z.boolean(),
});
export type Draft = z.infer<typeof Draft>;

export const chatSendRequest = request({
  method: 'gloss/chatSend',
  from: 'client',
  summary:
    'Sends a question; answered when it is on its way or waits. `from` names an earlier question: it is asked again as it is written now, on a branch of its own. While it works, `queue` waits for the end of the answer and `steer` is said with the next results. `answer` is text for the person where nothing was to be sent, as of `/help`.',
  params: z.strictObject({
    ...{ chat: ChatId, draft: Draft, from: ItemId.optional() },
    meanwhile: z.enum(['queue', 'steer']).optional(),
  }),
  result: z.strictObject({ answer: z.string().max(100_000).optional() }),
});

export const chatStopRequest = request({
  method: 'gloss/chatStop',
  from: 'client',
  summary: 'Stops whatever runs. What was said meanwhile and nobody has heard is given back.',
  params: Which,
  result: z.strictObject({ unheard: z.array(Text) }),
});

export const chatUnqueueRequest = request({
  method: 'gloss/chatUnqueue',
  from: 'client',
  summary: 'Takes back what waits to be said. `text` is what stands there: something else there is left alone.',
  params: z.strictObject({ chat: ChatId, at: z.int().min(0), text: Text }),
  result: z.strictObject({ taken: z.boolean() }),
});

export const chatChooseRequest = request({
  method: 'gloss/chatChoose',
  from: 'client',
  summary: 'Chooses the mode of a chat, at once, and its model and effort, from the next question on.',
  params: z.strictObject({
    ...{ chat: ChatId, mode: ChatMode.optional(), model: z.string().min(1).max(128).optional() },
    effort: Effort.optional(),
  }),
  result: Nothing,
});

export const chatDecideRequest = request({
  method: 'gloss/chatDecide',
  from: 'client',
  summary:
    'Answers an approval, named by the hash of what was shown. `decided` is false when nothing of this hash waits.',
  params: z.strictObject({
    ...{ chat: ChatId, hash: z.string().min(1).max(128), decision: z.enum(['once', 'session', 'deny']) },
    reason: z.string().max(10_000).optional(),
  }),
  result: z.strictObject({ decided: z.boolean() }),
});

export const chatAnswerRequest = request({
  method: 'gloss/chatAnswer',
  from: 'client',
  summary: 'Answers a question of the model.',
  params: z.strictObject({ chat: ChatId, call: z.string().max(200), text: Text }),
  result: z.strictObject({ answered: z.boolean() }),
});

export const chatWithdrawRequest = request({
  method: 'gloss/chatWithdraw',
  from: 'client',
  summary: 'Takes back all that is allowed for this session in a chat.',
  params: Which,
  result: Nothing,
});

export const chatRenameRequest = request({
  method: 'gloss/chatRename',
  from: 'client',
  summary: 'Gives a chat another title.',
  params: z.strictObject({ chat: ChatId, title: z.string().trim().min(1).max(200) }),
  result: Nothing,
});

export const chatRemoveRequest = request({
  method: 'gloss/chatRemove',
  from: 'client',
  summary: 'Deletes a chat from this machine. What still runs in it is stopped.',
  params: Which,
  result: Nothing,
});

export const chatForkRequest = request({
  method: 'gloss/chatFork',
  from: 'client',
  summary: 'A new chat with what was said before a question; `text` is that question, to be changed.',
  params: z.strictObject({ chat: ChatId, item: ItemId }),
  result: z.strictObject({ chat: ChatId, text: Text }),
});

export const chatMarkdownRequest = request({
  method: 'gloss/chatMarkdown',
  from: 'client',
  summary: 'A chat, or the answers to one question of it, as Markdown that is safe to render.',
  params: z.strictObject({ chat: ChatId, item: ItemId.optional() }),
  result: z.strictObject({ markdown: z.string() }),
});

/** Carries out a plan: see the command `gloss.chat.carryOut`. */
export const chatPlanRequest = request({
  method: 'gloss/chatPlan',
  from: 'client',
  summary: 'Opens the plan that was made as a document, or has it carried out in another mode.',
  params: z.strictObject({ chat: ChatId, carryOut: z.enum(['ask', 'acceptEdits']).optional() }),
  result: Nothing,
});

/** What may follow `@` or `/`. */
export const ChatSuggestion = z.strictObject({
  label: z.string().max(4_096),
  detail: z.string().max(1_000),
  /** What takes the place of the word at the cursor. */
  insert: z.string().max(4_096),
  kind: z.enum(['command', 'word', 'file', 'folder', 'symbol']),
});
export type ChatSuggestion = z.infer<typeof ChatSuggestion>;

export const chatCompleteRequest = request({
  method: 'gloss/chatComplete',
  from: 'client',
  summary: 'What `@` and `/` may be followed by, at the end of a line so far, best first.',
  params: z.strictObject({ chat: ChatId, line: z.string().max(10_000) }),
  result: z.strictObject({ suggestions: z.array(ChatSuggestion).max(200) }),
});

export const chatPreviewRequest = request({
  method: 'gloss/chatPreview',
  from: 'client',
  summary:
    'What would be sent with a draft, and what it would cost: sends nothing, asks nothing. With `open`, all of it is opened as a document as well.',
  params: z.strictObject({ chat: ChatId, draft: Draft, open: z.boolean() }),
  result: z.strictObject({
    chips: z.array(Chip).max(200),
    /** Of the question with all that goes along; `before`: of the conversation, the instructions and the tools. Estimated. */
    tokens: z.int().min(0),
    before: z.int().min(0),
    /** US dollars: the cheapest and the dearest that the request may be, without its answer. Absent where not known. */
    price: z.strictObject({ least: z.number().min(0), most: z.number().min(0) }).optional(),
    /** What does not go along, and why, a sentence each. */
    notices: z.array(z.string().max(2_000)).max(200),
  }),
});

export const chatMentionRequest = request({
  method: 'gloss/chatMention',
  from: 'client',
  summary: 'How documents and places are mentioned in a question: empty for what is not in the workspace.',
  params: z.strictObject({ places: z.array(z.strictObject({ uri: Uri, range: Range.optional() })).max(200) }),
  result: z.strictObject({ mentions: z.array(z.string().max(5_000)) }),
});

export const chatModelsRequest = request({
  method: 'gloss/chatModels',
  from: 'client',
  summary: 'Models that a chat can be had with. Asks nobody: those that are known here.',
  params: Nothing,
  result: z.strictObject({
    models: z
      .array(
        z.strictObject({
          ...{ id: z.string().max(128), efforts: z.array(Effort), window: z.int().min(0) },
          /** US dollars for a million tokens in and out. */
          price: z.strictObject({ input: z.number(), output: z.number() }).optional(),
        }),
      )
      .max(100),
  }),
});

export const chatPlacesRequest = request({
  method: 'gloss/chatPlaces',
  from: 'client',
  summary:
    'Which of some texts (`src/a.ts`, `src/a.ts:12`) name a file of the workspace and a line that it has: only these may become links (product decision 10.9). The others are left out.',
  params: z.strictObject({ texts: z.array(z.string().min(1).max(1_000)).max(200) }),
  result: z.strictObject({
    places: z.array(z.strictObject({ text: z.string(), uri: Uri, line: z.int().min(0).optional() })),
  }),
});

export const chatApplyRequest = request({
  method: 'gloss/chatApply',
  from: 'client',
  summary:
    'Puts a code block of an answer into a document, through the ledger. `apply`: where it belongs, as a proposal that waits for the person; `insert`: at the cursor. `code` must stand in that answer as a code block.',
  params: z.strictObject({
    ...{ chat: ChatId, item: ItemId, code: z.string().min(1).max(1_000_000) },
    ...{ how: z.enum(['apply', 'insert']), uri: Uri, selection: Range },
  }),
  result: z.strictObject({ message: z.string().max(2_000) }),
});

export const chatChanged = notification({
  method: 'gloss/chatChanged',
  from: 'server',
  summary:
    'What happened in a chat that is looked at. `seq` counts by one: with one missing, the chat is opened again.',
  params: z.strictObject({ chat: ChatId, seq: z.int().min(1), changes: z.array(ChatChange).min(1).max(10_000) }),
});

export const chatStates = notification({
  method: 'gloss/chatStates',
  from: 'server',
  summary:
    'Chats of this server that run or wait for the person, whenever that has changed: all of them, and those that have ended since.',
  params: z.strictObject({
    chats: z
      .array(z.strictObject({ id: ChatId, title: z.string().max(1_000), state: ChatHead.shape.state }))
      .max(1_000),
  }),
});

/** All that a panel may ask of the server. */
export const panelRequests = [
  ...[chatsRequest, chatSearchRequest, chatOpenRequest, chatCloseRequest, chatContentsRequest, chatSendRequest],
  ...[chatStopRequest, chatUnqueueRequest, chatChooseRequest, chatDecideRequest, chatAnswerRequest],
  ...[chatWithdrawRequest, chatRenameRequest, chatRemoveRequest, chatForkRequest, chatMarkdownRequest],
  ...[chatPlanRequest, chatCompleteRequest, chatPreviewRequest, chatMentionRequest, chatModelsRequest],
  ...[chatPlacesRequest, chatApplyRequest],
] as const;
