/** The words about chats: what the server tells and asks of the editor while a chat works. */
import * as z from 'zod';
import { Range, Uri } from './place.ts';
import { notification, request } from './request.ts';

const TerminalId = z.string().min(1).max(128);

export const TerminalPiece = z.strictObject({
  id: TerminalId,
  /** What the terminal is called: the command. */
  title: z.string().max(300),
  /** More of what it shows. Plain text, lines end with `\n`. */
  text: z.string().max(1_000_000).optional(),
  /** The command is over, and how: nothing comes any more. */
  ended: z.string().max(1_000).optional(),
});
export type TerminalPiece = z.infer<typeof TerminalPiece>;

export const terminalNotification = notification({
  method: 'gloss/terminal',
  from: 'server',
  summary:
    'What a command of a chat writes, while it runs. The first one of an id opens a terminal, which is shown without taking the focus.',
  params: TerminalPiece,
});

export const terminalClosed = notification({
  method: 'gloss/terminalClosed',
  from: 'client',
  summary: 'The person has closed the terminal of a command that still runs: the command is stopped.',
  params: z.strictObject({ id: TerminalId }),
});

export const saveRequest = request({
  method: 'gloss/save',
  from: 'server',
  summary:
    'Saves open documents that a chat has changed, before it runs a command. The result names those that are saved now.',
  params: z.strictObject({ uris: z.array(Uri).max(1_000) }),
  result: z.strictObject({ saved: z.array(Uri) }),
});

/** `place`: the document that the person sees beside the chat, and what is selected in it. */
export const ContextPart = z.enum(['place', 'terminal', 'changes']);
export type ContextPart = z.infer<typeof ContextPart>;

export const ChatContext = z.strictObject({
  /** Of `place`: absent where no document of the workspace is open. */
  active: Uri.optional(),
  /** Of `place`: absent where nothing is selected. */
  selection: z.strictObject({ uri: Uri, range: Range }).optional(),
  /** What is selected in the terminal; empty where nothing is. */
  terminal: z.string().max(1_000_000).optional(),
  /** Files that differ from the last commit, as they were then: empty where they are new. Absent where that is not known. */
  changes: z
    .array(z.strictObject({ uri: Uri, before: z.string().max(2_000_000) }))
    .max(1_000)
    .optional(),
});
export type ChatContext = z.infer<typeof ChatContext>;

export const chatContextRequest = request({
  method: 'gloss/chatContext',
  from: 'server',
  summary:
    'Where the person is in the editor, when a question of a chat mentions it: `@selection`, `@terminal`, `@changes`, and the commands that are about these. Only what is wanted is told; what the editor cannot tell is absent.',
  params: z.strictObject({ wants: z.array(ContextPart).max(3) }),
  result: ChatContext,
});
