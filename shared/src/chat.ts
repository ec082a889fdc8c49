/** The words about chats: what the server tells and asks of the editor while a chat works. */
import * as z from 'zod';
import { Uri } from './place.ts';
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
