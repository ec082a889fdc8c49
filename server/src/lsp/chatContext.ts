/** Where the person is in the editor, for what a question mentions: asked of editors that can tell; else the place that a chat was begun with. */

import type { Connection } from 'vscode-languageserver/node';
import { type ChatContext, type ContextPart, chatContextRequest } from '#shared/chat.ts';
import type { GlossCapabilities } from '#shared/initialization.ts';
import { keepNewest } from '#shared/newest.ts';
import type { Log } from '../ports.ts';
import type { ChatPlace } from './chatParts.ts';
import { tooLate, withPatience } from './patience.ts';

export interface ContextParts {
  readonly connection: Connection;
  readonly gloss: Pick<GlossCapabilities, 'chatContext'>;
  readonly log: Log;
}

export interface Surroundings {
  /** Of a chat, as far as the editor tells: only what is wanted. */
  of(conversation: string, wants: readonly ContextPart[]): Promise<ChatContext>;
  /** The chat was begun with some lines. */
  begunAt(conversation: string, place: ChatPlace): void;
}

/** Milliseconds: how files were at the last commit is looked up one by one. */
const patience = 20_000;
/** Chats of which it is remembered which lines they were begun with. */
const mostBegun = 100;

export function createSurroundings({ connection, gloss, log }: ContextParts): Surroundings {
  const begun = new Map<string, ChatPlace>();
  return {
    async of(conversation, wants) {
      const place = begun.get(conversation);
      const known: ChatContext =
        place === undefined || !wants.includes('place') ? {} : { active: place.uri, selection: place };
      if (wants.length === 0 || !gloss.chatContext) return known;
      try {
        const asked = connection.sendRequest(chatContextRequest.method, { wants });
        const answer: unknown = await withPatience(asked, patience);
        return answer === tooLate ? known : { ...known, ...chatContextRequest.result.parse(answer) };
      } catch (error) {
        // The question says for each mention that the editor could not tell.
        log.warn(`the editor did not answer ${chatContextRequest.method}: ${String(error)}`);
        return known;
      }
    },
    begunAt(conversation, place) {
      begun.set(conversation, place);
      keepNewest(begun, mostBegun);
    },
  };
}
