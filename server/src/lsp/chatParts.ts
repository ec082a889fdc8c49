/** What chats as documents are made of: the editor, the engine, and the words of the feature. Interfaces only. */
import type { ClientCapabilities, Connection } from 'vscode-languageserver/node';
import type { GlossCapabilities } from '#shared/initialization.ts';
import type { ChangedFile } from '#shared/panel.ts';
import type { Range } from '#shared/place.ts';
import type { Chat, Chats, ComposedTurn } from '../chat.ts';
import type { MessageParam } from '../claude/index.ts';
import type { Estimate } from '../features/chat/index.ts';
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
  /** What would be sent, without asking anybody and as often as one likes: the next one for the chat ends it. */
  glance(typed: TypedTurn, signal: AbortSignal): Promise<Glance>;
  /** How lines of a document are mentioned; undefined for what is not in the workspace. */
  mention(place: { readonly uri: string; readonly range?: Range | undefined }): string | undefined;
  /** What `/` and `@` may be followed by, at the end of a line so far, best first. */
  complete(lineSoFar: string, signal: AbortSignal): Promise<readonly ChatCompletion[]>;
}

export interface TypedTurn {
  readonly text: string;
  /** The chat that it is for. */
  readonly conversation: string;
  /** Pictures and PDFs that were pasted or dropped. */
  readonly media?: readonly { readonly name: string; readonly base64: string }[];
  /** What is selected in the editor goes along; without it when it is mentioned, or a command is about it. */
  readonly selection?: boolean;
}

/** A question before it is sent. */
export interface Glance extends Estimate {
  readonly turn: ComposedTurn;
  /** All of it, as plain text. */
  text(): string;
}

export interface ChatCompletion {
  readonly kind: 'command' | 'word' | 'file' | 'folder' | 'symbol';
  readonly label: string;
  readonly detail: string;
  /** What takes the place of the last word of the line. */
  readonly insert: string;
}

/** Places in files of the workspace, as texts name them. */
export interface ChatPlaces {
  /** Those of the texts that name a file and a line that it has. */
  named(texts: readonly string[]): Promise<readonly NamedPlace[]>;
}

export interface NamedPlace {
  readonly text: string;
  readonly uri: string;
  /** Zero-based. */
  readonly line?: number;
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

/** Puts code of an answer into documents, through the ledger. */
export interface ChatApplying {
  /** @returns what was done, a sentence for the person. @throws Refusal where nothing was. */
  put(asked: AskedCode, signal: AbortSignal): Promise<string>;
}

export interface AskedCode {
  readonly code: string;
  /** What the answer says of it, behind the fence that opens it. */
  readonly info: string;
  readonly how: 'apply' | 'insert';
  readonly uri: string;
  readonly selection: Range;
  /** What was asked: the title of the edit. */
  readonly title: string;
}

export interface ChatEngine {
  readonly applying: ChatApplying;
  readonly places: ChatPlaces;
  readonly chats: Chats;
  readonly conversations: Conversations;
  readonly people: ChatPeople;
  readonly writing: ChatWriting;
  /** Everything that an approval is about, as plain text. */
  approvalText(request: ApprovalRequest): string;
  /** The same with one line for what every command gets. */
  foldedText(request: ApprovalRequest): string;
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
