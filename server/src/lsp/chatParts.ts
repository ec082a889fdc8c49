/** What chats as documents are made of: the editor, the engine, and the words of the feature. Interfaces only. */
import type { ClientCapabilities, Connection } from 'vscode-languageserver/node';
import type { GlossCapabilities } from '#shared/initialization.ts';
import type { ChangedFile } from '#shared/panel.ts';
import type { Range } from '#shared/place.ts';
import type { Chat, Chats, ComposedTurn } from '../chat.ts';
import type { MessageParam } from '../claude/index.ts';
import type { ApprovalRequest, Conversations, Disk, Documents, Files, Log, SaidPlace, Trust } from '../ports.ts';
import type { ChatPeople } from './people.ts';

/** What the feature knows of what is typed. */
export interface ChatWriting {
  /** What was typed, with all that goes along. @throws Refusal when something of it must not leave. */
  compose(typed: TypedTurn, signal: AbortSignal): Promise<ComposedTurn>;
  /** The chat was begun with some lines: they are its selection where the editor does not tell another. */
  begunAt(conversation: string, place: ChatPlace): void;
  /** What would be sent, and what it would cost, as plain text. Sends nothing. */
  preview(chat: Chat, turn: ComposedTurn, signal: AbortSignal): Promise<string>;
  /** What `/` and `@` may be followed by, at the end of a line so far. */
  complete(lineSoFar: string, signal: AbortSignal): Promise<readonly ChatCompletion[]>;
}

export interface TypedTurn {
  readonly text: string;
  /** The chat that it is for. */
  readonly conversation: string;
}

export interface ChatCompletion {
  readonly label: string;
  readonly detail: string;
  /** What takes the place of the last word of the line. */
  readonly insert: string;
}

export interface ChatParts {
  readonly connection: Connection;
  readonly client: ClientCapabilities;
  readonly gloss: GlossCapabilities;
  readonly world: {
    readonly documents: Documents;
    readonly files: Pick<Files, 'home' | 'roots'>;
    readonly log: Log;
    trust(): Trust;
  };
  readonly disk: Disk;
  /** The `file:` URI of a name on `disk`. */
  uriOf(name: string): string;
  /** What is made when the first chat is opened. `showText` opens a text of Gloss's in the editor, where that can. */
  load(showText: ShowText): Promise<ChatEngine>;
}

/** Resolves with whether the editor could. */
export type ShowText = (name: string, text: string) => Promise<boolean>;

export interface ChatEngine {
  readonly chats: Chats;
  readonly conversations: Conversations;
  readonly people: ChatPeople;
  readonly writing: ChatWriting;
  /** Everything that an approval is about, as plain text. */
  approvalText(request: ApprovalRequest): string;
  /** What became of a group of edits, a line for each of them; empty where nothing is known. */
  stateOf(group: string): string;
  /** The files that some groups of edits have changed. */
  changes(groups: readonly string[]): readonly ChangedFile[];
  /** Edits stay in the editor until the person saves them. */
  readonly mustSave: boolean;
  /** How many edits of a chat await the person in the editor, where that has commands to review them. */
  pendingIn(chat: Chat): number;
  /** The messages of a request that was sent, for its receipt; undefined when they are not there any more. */
  said(place: SaidPlace): Promise<readonly MessageParam[] | undefined>;
  /** Tools whose output is shown in the document. */
  showsOutput(tool: string): boolean;
  close(): Promise<void>;
}

/** A place in a document to begin a chat with. */
export interface ChatPlace {
  readonly uri: string;
  readonly range: Range;
}
