/** What a chat panel shows of a chat: items in the order of the transcript, and the state of now. Long texts are asked for when they are looked at. */
import * as z from 'zod';
import { Uri } from './place.ts';
import { ChatMode, Effort } from './settings.ts';
import { Usage } from './usage.ts';

export const ChatId = z.string().min(1).max(128);
/**
 * Of an entry, or of a part of one: then it is the entry's, a dot, and more. What still comes has the names that it will
 * have as an entry.
 */
export const ItemId = z.string().min(1).max(200);
const Line = z.string().max(2_000);
/** Counts UTF-16 code units. */
const Length = z.int().min(0);

/** Something that goes along with a question. */
export const Chip = z.strictObject({
  /** As it was written: `@src/a.ts#L5-10`; of pictures their name. */
  name: Line,
  kind: z.enum([
    'file',
    'folder',
    'symbol',
    'problems',
    'changes',
    'selection',
    'terminal',
    'image',
    'document',
    'instructions',
    'outcome',
  ]),
  /** Estimated. */
  tokens: z.int().min(0),
});
export type Chip = z.infer<typeof Chip>;

export const CallState = z.enum([
  'writing',
  'waiting',
  'running',
  'done',
  'failed',
  'denied',
  'refused',
  'stopped',
  'skipped',
]);
export type CallState = z.infer<typeof CallState>;

/** A file that a turn has changed. Lines count as in a diff. */
export const ChangedFile = z.strictObject({
  uri: Uri,
  /** Below its workspace folder. */
  path: Line,
  added: z.int().min(0),
  removed: z.int().min(0),
  /** Edits in it that await the person; the others are decided. */
  pending: z.int().min(0),
});
export type ChangedFile = z.infer<typeof ChangedFile>;

const Iso = z.iso.datetime();

/** One thing in the transcript. Texts are plain, except those that `gloss/chatContents` gives for `answer`: Markdown of a model. */
export const Item = z.discriminatedUnion('is', [
  /** What the person asked. `length`: of all of it, where `text` is only its beginning; `gloss/chatContents` gives the whole. */
  z.strictObject({
    is: z.literal('asked'),
    id: ItemId,
    text: z.string().max(10_000),
    length: Length.optional(),
    chips: z.array(Chip).max(200),
    at: Iso,
  }),
  /** What the person said while it worked. */
  z.strictObject({ is: z.literal('said'), id: ItemId, text: z.string().max(10_000), length: Length.optional() }),
  /** Text of the model: `length` tells how much room it may need; 0 while it comes, when its text is told. */
  z.strictObject({ is: z.literal('answer'), id: ItemId, length: Length, lines: z.int().min(0) }),
  z.strictObject({ is: z.literal('thinking'), id: ItemId, length: Length }),
  z.strictObject({
    is: z.literal('call'),
    id: ItemId,
    tool: z.string().max(128),
    title: Line,
    state: CallState,
    /** The last of what it said of itself, while it runs; why, where it failed or was refused. */
    detail: Line,
  }),
  /** The files that were changed since the question before, after its last answer. */
  z.strictObject({ is: z.literal('changes'), id: ItemId, files: z.array(ChangedFile).max(1_000) }),
  /** Something that the person should know. */
  z.strictObject({ is: z.literal('notice'), id: ItemId, text: z.string().max(20_000), isError: z.boolean() }),
  /** From here the model knows only a summary of what stands above. */
  z.strictObject({ is: z.literal('compacted'), id: ItemId }),
  /** What the answers to one question used and cost, after them. */
  z.strictObject({
    is: z.literal('cost'),
    id: ItemId,
    model: z.string().max(128),
    usage: Usage,
    /** Answers from rules: nothing was paid. */
    demo: z.boolean(),
  }),
]);
export type Item = z.infer<typeof Item>;

/** A call that waits for leave: every value that counts, whole (threats S17). */
export const PanelApproval = z.strictObject({
  title: z.string().max(20_000),
  /** `inShort` stands for what is the same for every call until it is unfolded. */
  facts: z
    .array(
      z.strictObject({ name: z.string().max(1_000), value: z.string(), inShort: z.string().max(1_000).optional() }),
    )
    .max(1_000),
  /** Answers "Why Was I Asked?", a sentence each. */
  because: z.array(z.string().max(20_000)).max(100),
  maySession: z.boolean(),
  /** Names this question and exactly what it shows: an answer has to carry it (threats S4). */
  hash: z.string().min(1).max(128),
});
export type PanelApproval = z.infer<typeof PanelApproval>;

export const PanelQuestion = z.strictObject({
  /** Names it in the answer. */
  call: z.string().max(200),
  text: z.string().max(100_000),
  choices: z.array(z.string().max(20_000)).max(100),
});
export type PanelQuestion = z.infer<typeof PanelQuestion>;

export const PanelState = z.strictObject({
  title: z.string().max(1_000),
  /** Name of the workspace folder that it was begun in; empty without one. */
  folder: z.string().max(1_000),
  running: z.boolean(),
  mode: ChatMode,
  model: z.string().max(128),
  effort: Effort,
  /** Said while it works, and not heard yet. */
  queued: z.array(z.string().max(1_000_000)).max(1_000),
  approvals: z.array(PanelApproval).max(100),
  questions: z.array(PanelQuestion).max(100),
  todo: z.array(z.strictObject({ text: Line, state: z.enum(['open', 'doing', 'done']) })).max(1_000),
  /** What is allowed without asking until the server ends, a line each (threats S18). */
  granted: z.array(z.string().max(20_000)).max(1_000),
  /** The last answer is a plan. */
  planned: z.boolean(),
  /** Edits of this chat that await the person. */
  pending: z.int().min(0),
  /** US dollars since it was begun; absent where a price is not known. What the demo answers costs nothing. */
  dollars: z.number().min(0).optional(),
  /** Tokens of the last request and answer, and the window of the model. */
  context: z.strictObject({ tokens: z.int().min(0), window: z.int().min(0) }),
  /** The server ended while it worked on the last question, or another window works on it. */
  unfinished: z.boolean(),
  /** Chats answer only in trusted folders, and edit only where there is a folder. The message is plain text, empty where all is well. */
  obstacle: z.strictObject({ kind: z.enum(['none', 'untrusted', 'noFolder']), message: z.string().max(2_000) }),
});
export type PanelState = z.infer<typeof PanelState>;

/** What happened in a chat that is looked at. */
export const ChatChange = z.discriminatedUnion('is', [
  /** It takes the place of the item with its id, or of `replaces`; else it stands at the end. */
  z.strictObject({ is: z.literal('put'), item: Item, replaces: ItemId.optional() }),
  z.strictObject({ is: z.literal('drop'), ids: z.array(ItemId).max(10_000) }),
  /** More of an answer or of thinking. `from`: where it goes on; less than is known means that it was told already. */
  z.strictObject({ is: z.literal('text'), id: ItemId, from: Length, text: z.string() }),
  z.strictObject({ is: z.literal('state'), state: PanelState }),
  /** How the turn ended. `message`: where the transcript does not have it; `kind`: of the failure, as that of a request. */
  z.strictObject({
    is: z.literal('ended'),
    ending: z.enum(['finished', 'stopped', 'limit', 'failed', 'refused']),
    message: z.string().max(20_000).optional(),
    kind: z.string().max(64).optional(),
  }),
  /** Too much happened, or another branch was begun: open it again. */
  z.strictObject({ is: z.literal('again') }),
]);
export type ChatChange = z.infer<typeof ChatChange>;

/** A chat in the list. */
export const ChatHead = z.strictObject({
  id: ChatId,
  title: z.string().max(1_000),
  folder: z.string().max(1_000),
  begun: Iso,
  changed: Iso,
  questions: z.int().min(0),
  /** US dollars, where known. */
  dollars: z.number().min(0).optional(),
  /** `waiting`: for the person. */
  state: z.enum(['idle', 'running', 'waiting']),
});
export type ChatHead = z.infer<typeof ChatHead>;
