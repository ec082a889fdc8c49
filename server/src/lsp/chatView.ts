/** One chat in its open document: what comes is put in by edits of the version that the editor has, one at a time. */
import type { Chat } from '../chat.ts';
import type { Documents, Log } from '../ports.ts';
import type { TextChange } from '../text/spans.ts';
import { chatEdits, type SentText, unsentOf } from './chatEdits.ts';
import { createChatMemory } from './chatMemory.ts';
import { type ChatSection, sectionsIn } from './chatSections.ts';
import type { ChatNow } from './chatText.ts';

export interface ViewParts {
  readonly uri: string;
  readonly chat: Chat;
  readonly documents: Pick<Documents, 'get'>;
  readonly log: Log;
  draw(now: ChatNow): readonly ChatSection[];
  /** Resolves with whether the editor made the changes, all of them in the document of this version. */
  apply(uri: string, version: number, changes: readonly TextChange[]): Promise<boolean>;
  /** What code lenses show has changed. */
  lensesChanged(): void;
  /** Calls back in a while: edits do not come faster than a person reads. */
  later(act: () => void, milliseconds?: number): void;
}

export interface ChatView {
  readonly chat: Chat;
  readonly uri: string;
  /** Brings the document up to date. */
  show(): void;
  /** Tells the person something below the last answer, until the next question; nothing takes it away. */
  note(texts: readonly string[]): void;
  /** The document has been changed. */
  touched(): void;
  /** What of a text the person has not sent: what was sent may stand there until the editor has taken it out. */
  unsent(text: SentText): string;
  /** Sends something of the person's. When that is done, it goes from where they wrote it. */
  send(text: SentText, act: () => Promise<void>): Promise<void>;
  /** What was sent and not heard comes back below the last heading. */
  giveBack(texts: readonly string[]): void;
  close(): void;
}

/** Milliseconds after which an editor that has made an edit has told so. */
const longestSilence = 5_000;
/** An editor that takes nothing is left alone after so many times, until something else happens. */
const mostRefusals = 5;

export function createChatView(parts: ViewParts): ChatView {
  const { uri, chat, documents } = parts;
  const memory = createChatMemory();
  let ending: string | undefined;
  let notes: readonly string[] = [];
  let sent: readonly SentText[] = [];
  let sending: readonly SentText[] = [];
  let back: readonly string[] = [];
  let state: 'idle' | 'waiting' | 'applying' | 'closed' = 'idle';
  let isStale = false;
  let refusals = 0;
  /** The version that our own change is on the way to replace. */
  let awaited: number | undefined;
  const wanted = () => parts.draw({ stored: chat.stored(), state: chat.state(), ending, notes });
  const schedule = (): void => {
    isStale = true;
    if (state !== 'idle') return;
    state = 'waiting';
    parts.later(() => void step().catch((error: unknown) => parts.log.error('a chat could not be shown', error)));
  };
  const step = async (): Promise<void> => {
    if (state !== 'waiting') return;
    state = 'idle';
    const document = documents.get(uri);
    if (document === undefined || document.version === awaited || refusals > mostRefusals) return;
    isStale = false;
    const taking = sent;
    const giving = back;
    const sections = wanted();
    const changes = chatEdits(document.text, { sections, sent: taking, back: giving }, memory.of);
    if (changes.length === 0) {
      memory.keep(sections);
      sent = sent.filter((each) => !taking.includes(each));
      return;
    }
    state = 'applying';
    const applied = await parts.apply(uri, document.version, changes);
    if (isClosed()) return;
    state = 'idle';
    if (applied) {
      memory.keep(sections);
      sent = sent.filter((each) => !taking.includes(each));
      back = back.slice(giving.length);
      refusals = 0;
      // Editors say so also of an edit that they left out since their text had moved on: it is looked at once more.
      isStale = true;
      if (documents.get(uri)?.version === document.version) awaitChange(document.version);
    } else refusals++;
    if (isStale || !applied) schedule();
  };
  const isClosed = () => state === 'closed';
  const awaitChange = (version: number): void => {
    awaited = version;
    parts.later(() => {
      if (awaited !== version || isClosed()) return;
      awaited = undefined;
      schedule();
    }, longestSilence);
  };
  const unwatch = chat.watch((event) => {
    refusals = 0;
    if (event.type === 'ended') ending = event.message;
    else if (event.type === 'entry' && event.entry.content.kind === 'asked') ending = undefined;
    if (event.type === 'state' || event.type === 'ended' || event.type === 'entry') parts.lensesChanged();
    schedule();
  });
  return {
    chat,
    uri,
    show: schedule,
    note(texts) {
      if (texts.length === 0 && notes.length === 0) return;
      notes = texts;
      schedule();
    },
    touched() {
      awaited = undefined;
      refusals = 0;
      const text = documents.get(uri)?.text;
      // At rest the person may do with it what they like, as long as there is a place to write.
      if (isStale || (text !== undefined && sectionsIn(text).draft === undefined)) schedule();
    },
    unsent(words) {
      const isOnItsWay = sending.some(({ from, text }) => from === words.from && text === words.text);
      return isOnItsWay ? '' : unsentOf(words, sent).trim();
    },
    async send(text, act) {
      sending = [...sending, text];
      await act().finally(() => {
        sending = sending.filter((each) => each !== text);
      });
      sent = [...sent, text];
      schedule();
    },
    giveBack(texts) {
      if (texts.length === 0) return;
      back = [...back, ...texts];
      schedule();
    },
    close() {
      state = 'closed';
      unwatch();
    },
  };
}
