/**
 * Between the panel's page and the extension that shows it: how they talk, and what the page asks of the editor itself.
 * Both ends check what arrives by these schemas (threats S22).
 */
import * as z from 'zod';
import { ChatChange, ChatHead, ChatId } from './panel.ts';
import { Draft, Media } from './panelRequests.ts';
import { Uri } from './place.ts';
import { SendKey } from './settings.ts';

/** As `RequestSpec`, between page and extension. */
export interface HostSpec<Params = unknown, Result = unknown> {
  readonly method: `panel/${string}`;
  readonly params: z.ZodType<Params>;
  readonly result: z.ZodType<Result>;
}

function host<Params, Result>(spec: HostSpec<Params, Result>): HostSpec<Params, Result> {
  return spec;
}

const Nothing = z.strictObject({});
const Text = z.string().max(1_000_000);

/** What the page is to know before it draws. */
export const Welcome = z.strictObject({
  /** The chat to open; a new one when absent. */
  chat: ChatId.optional(),
  /** What was written there and not sent. */
  draft: Draft.optional(),
  /** `side`: in a view; `editor`: a tab of its own. */
  place: z.enum(['side', 'editor']),
  /** What sends: with `ctrlEnter` Enter is a new line. */
  sendKey: SendKey,
  /** Questions of before, the newest last, for arrow up. */
  history: z.array(Text).max(200),
  /** Words of the page in the editor's language: English → translated. */
  words: z.record(z.string(), z.string()),
  /** Several folders are open: chats are told apart by theirs. */
  folders: z.int().min(0),
});
export type Welcome = z.infer<typeof Welcome>;

export const readyRequest = host({ method: 'panel/ready', params: Nothing, result: Welcome });

export const copyRequest = host({
  method: 'panel/copy',
  params: z.strictObject({ text: z.string().max(10_000_000) }),
  result: Nothing,
});

export const newFileRequest = host({
  method: 'panel/newFile',
  params: z.strictObject({ language: z.string().max(64), text: Text }),
  result: Nothing,
});

/** A place that `gloss/chatPlaces` or an item has told. */
export const openPlaceRequest = host({
  method: 'panel/openPlace',
  params: z.strictObject({ uri: Uri, line: z.int().min(0).optional() }),
  result: Nothing,
});

/** Asks the person, with the whole address, before anything is opened (threats S20). */
export const openUrlRequest = host({
  method: 'panel/openUrl',
  params: z.strictObject({ url: z.string().min(1).max(2_048) }),
  result: Nothing,
});

/** Puts a code block into the editor that the person was in: `gloss/chatApply` with the place that the extension knows. */
export const applyCodeRequest = host({
  method: 'panel/apply',
  params: z.strictObject({
    ...{ chat: ChatId, item: z.string().max(200), code: Text, how: z.enum(['apply', 'insert']) },
  }),
  result: z.strictObject({ message: z.string().max(2_000) }),
});

/** Opens the review of what awaits the person: of one file, or of all. */
export const reviewRequest = host({
  method: 'panel/review',
  params: z.strictObject({ uri: Uri.optional() }),
  result: Nothing,
});

/** What is written now, and in which chat: kept until the window closes, its text longer. */
export const keepDraftRequest = host({
  method: 'panel/keepDraft',
  params: z.strictObject({ chat: ChatId, draft: Draft }),
  result: Nothing,
});

/** A question was sent: arrow up finds it. */
export const rememberRequest = host({
  method: 'panel/remember',
  params: z.strictObject({ text: Text }),
  result: Nothing,
});

const Attached = z.strictObject({
  mentions: z.array(z.string().max(5_000)).max(200),
  media: z.array(Media).max(20),
  notices: z.array(z.string().max(2_000)),
});

/** Lets the person choose files. */
export const attachRequest = host({ method: 'panel/attach', params: Nothing, result: Attached });

/** Documents that were dropped on the page. */
export const droppedRequest = host({
  method: 'panel/dropped',
  params: z.strictObject({ uris: z.array(Uri).max(200) }),
  result: Attached,
});

/** Asks the person by the editor's own dialog. */
export const confirmRequest = host({
  method: 'panel/confirm',
  params: z.strictObject({ what: z.literal('remove'), title: z.string().max(1_000) }),
  result: z.strictObject({ yes: z.boolean() }),
});

/** Commands of the extension that the page has buttons for. */
export const runRequest = host({
  method: 'panel/run',
  params: z.strictObject({
    command: z.enum([
      'openInEditor',
      'openAsDocument',
      'showWhatWasSent',
      'setApiKey',
      'startDemo',
      'testConnection',
      'manageTrust',
      'openFolder',
      'showLog',
      'restartServer',
      'openSettings',
      'help',
    ]),
    chat: ChatId.optional(),
  }),
  /** `done`: what the command was for is there now, such as a key; false when the person gave it up. */
  result: z.strictObject({ done: z.boolean().optional() }),
});

export const hostRequests = [
  ...[readyRequest, copyRequest, newFileRequest, openPlaceRequest, openUrlRequest, applyCodeRequest, reviewRequest],
  ...[keepDraftRequest, rememberRequest, attachRequest, droppedRequest, confirmRequest, runRequest],
] as const;

/** What the page keeps by VS Code's `setState`: an editor tab with this page comes back with its chat. */
export const PageState = z.object({ chat: ChatId.optional().catch(undefined) });
export type PageState = z.infer<typeof PageState>;

/** From the page. */
export const PageMessage = z.discriminatedUnion('is', [
  /** `params` is checked by the method's own schema. */
  z.strictObject({ is: z.literal('ask'), n: z.int().min(1), method: z.string().max(64), params: z.unknown() }),
  /** What was told up to this number is drawn: more may come. */
  z.strictObject({ is: z.literal('drawn'), n: z.int().min(1) }),
  /** The page has the keyboard now, or has it no more. */
  z.strictObject({ is: z.literal('focused'), has: z.boolean() }),
]);
export type PageMessage = z.infer<typeof PageMessage>;

/** To the page. */
export const HostMessage = z.discriminatedUnion('is', [
  z.strictObject({ is: z.literal('answer'), n: z.int().min(1), result: z.unknown() }),
  /** For the person: what happened and what to do. `kind` is that of the failure. */
  z.strictObject({ is: z.literal('failed'), n: z.int().min(1), message: z.string(), kind: z.string().max(64) }),
  /** What happened in the chat that is looked at: `seq` is that of the newest change in it. At most 30 a second, the next after `drawn`. */
  z.strictObject({
    is: z.literal('told'),
    n: z.int().min(1),
    chat: ChatId,
    seq: z.int().min(1),
    changes: z.array(ChatChange),
  }),
  /** Chats that run or wait. */
  z.strictObject({
    is: z.literal('states'),
    chats: z.array(z.strictObject({ id: ChatId, title: z.string(), state: ChatHead.shape.state })),
  }),
  /** What is selected in the editor; absent when nothing is. */
  z.strictObject({ is: z.literal('selection'), mention: z.string().max(5_000).optional() }),
  /** The server: chats cannot go on without it. `again`: it has been started anew. */
  z.strictObject({ is: z.literal('server'), state: z.enum(['running', 'starting', 'failed']), again: z.boolean() }),
  /** Commands of the editor. */
  z.strictObject({ is: z.literal('focus') }),
  z.strictObject({ is: z.literal('open'), chat: ChatId.optional() }),
  z.strictObject({
    is: z.literal('add'),
    mentions: z.array(z.string().max(5_000)).max(200),
    media: z.array(Media).max(20),
    /** To be written after the mentions. */
    text: Text.optional(),
  }),
  z.strictObject({ is: z.literal('show'), what: z.enum(['chats', 'transcript', 'models', 'modes']) }),
  z.strictObject({
    is: z.literal('do'),
    what: z.enum(['stop', 'retry', 'fork', 'editLast', 'rename', 'copy', 'next', 'previous']),
  }),
  z.strictObject({ is: z.literal('sendKey'), sendKey: Welcome.shape.sendKey }),
]);
export type HostMessage = z.infer<typeof HostMessage>;
