/** What is written in the composer, chat by chat, and what becomes of it. No drawing. */
import { rememberRequest, type Welcome } from '#shared/panelHost.ts';
import { chatSendRequest, chatStopRequest, chatUnqueueRequest, type Media } from '#shared/panelRequests.ts';
import type { Host } from '../host.ts';
import { createWatchers } from '../watched.ts';
import { type Asked, createAsked } from './asked.ts';
import { type Completion, createCompletion } from './completion.ts';
import { createDrafts, nothingWritten, type Written } from './drafts.ts';
import { mostMedia, together } from './media.ts';
import { appending, type Change, changed, mentioning, without } from './mentioned.ts';
import { createPreviewing, type Previewing } from './previewing.ts';
import { type Problem, problemOf } from './problem.ts';

/** The field that is drawn: it knows the cursor, and how a change can be undone. */
export interface Field {
  focus(): void;
  cursor(): number;
  /** The last change first; what is written by them is told by `type`. */
  change(changes: readonly Change[]): void;
}

export type Picker = 'models' | 'modes';

/** It hears `add`, `focus`, `selection`, `sendKey` and `show` of the host itself. */
export interface ComposerModel {
  /** To be called whenever another chat is shown: its draft comes back. */
  show(chat: string): void;
  text(): string;
  written(): Written;
  /** In place of what is written, as an example to be changed: sends nothing. */
  fill(text: string): void;
  /** Writes an earlier question anew: what is sent then begins a branch at it. */
  edit(item: string, text: string): void;
  /** What was written before the editing comes back. */
  cancelEdit(): void;
  focus(): void;
  /** The field is drawn; undefined: no more. */
  field(field: Field | undefined): void;
  /** The person has typed. */
  type(text: string): void;
  /** Puts an earlier or later question there. */
  walk(to: 'older' | 'newer'): boolean;
  add(mentions: readonly string[], media: readonly Media[], notices?: readonly string[]): void;
  /** Takes a mention or a picture out again. */
  remove(name: string): void;
  switchSelection(): void;
  send(meanwhile?: 'queue' | 'steer'): Promise<void>;
  stop(): Promise<void>;
  unqueue(at: number, text: string, isTaken: boolean): Promise<void>;
  /** What is selected in the editor, as a mention. */
  selection(): string | undefined;
  sendKey(): Welcome['sendKey'];
  /** What went wrong, or was not taken, since something was done last. */
  problem(): Problem | undefined;
  tellProblem(problem: unknown): void;
  /** Text for the person where nothing was to be sent. */
  answer(): string | undefined;
  dismiss(): void;
  picker(): Picker | undefined;
  pick(picker: Picker | undefined): void;
  readonly asked: Asked;
  readonly completion: Completion;
  readonly previewing: Previewing;
  /** Keeps what is not kept yet: the page may be gone soon. */
  flush(): void;
  watch(listener: () => void): () => void;
}

export function createComposer(
  host: Host,
  welcome: Pick<Welcome, 'chat' | 'draft' | 'sendKey' | 'history'>,
): ComposerModel {
  const watchers = createWatchers();
  const drafts = createDrafts(host, welcome);
  const asked = createAsked(welcome.history);
  const previewing = createPreviewing(host);
  let chat: string | undefined;
  let field: Field | undefined;
  let written: Written = nothingWritten;
  let selection: string | undefined;
  let { sendKey } = welcome;
  let problem: Problem | undefined;
  let answer: string | undefined;
  let picker: Picker | undefined;
  /** Asked for before there was a field. */
  let isFocusWanted = false;

  const set = (next: Written): void => {
    written = next;
    if (chat !== undefined) {
      drafts.put(chat, written);
      previewing.look(chat, written, selection);
    }
    watchers.tell();
  };
  const focus = (): void => {
    isFocusWanted = field === undefined;
    field?.focus();
  };
  const change = (changes: readonly Change[]): void => {
    if (changes.length === 0) return;
    if (field === undefined) set({ ...written, text: changed(written.text, changes) });
    else field.change(changes);
  };
  /** By the field, so that it can be undone there. */
  const replace = (text: string): void => change([{ start: 0, end: written.text.length, text }]);
  const fail = (error: unknown): void => {
    problem = problemOf(error);
    watchers.tell();
  };

  /** What the editor adds before a chat is there waits for it. */
  const early: (() => void)[] = [];
  const whenShown = (act: () => void): void => {
    if (chat === undefined) early.push(act);
    else act();
  };

  host.listen((message) => {
    switch (message.is) {
      case 'add':
        whenShown(() => {
          model.add(message.mentions, message.media);
          if (message.text !== undefined) change([appending(written.text, message.text)]);
        });
        return;
      case 'focus':
        focus();
        return;
      case 'do':
        if (message.what === 'stop') void model.stop();
        return;
      case 'sendKey':
        ({ sendKey } = message);
        break;
      case 'show':
        if (message.what !== 'models' && message.what !== 'modes') return;
        picker = message.what;
        break;
      case 'selection':
        selection = message.mention;
        if (chat !== undefined) previewing.look(chat, written, selection);
        break;
      default:
        return;
    }
    watchers.tell();
  });

  const model: ComposerModel = {
    asked,
    previewing,
    completion: createCompletion(host),
    watch: watchers.watch,
    text: () => written.text,
    written: () => written,
    selection: () => selection,
    sendKey: () => sendKey,
    problem: () => problem,
    answer: () => answer,
    picker: () => picker,
    tellProblem: fail,
    focus,
    flush: drafts.flush,
    show(next) {
      if (next === chat) return;
      drafts.flush();
      chat = next;
      written = drafts.of(next);
      problem = undefined;
      answer = undefined;
      asked.rest();
      model.completion.close();
      previewing.look(next, written, selection);
      for (const act of early.splice(0)) act();
      watchers.tell();
    },
    field(next) {
      field = next;
      if (isFocusWanted && next !== undefined) focus();
    },
    type(text) {
      if (text === written.text) return;
      asked.rest();
      set({ ...written, text });
    },
    fill(text) {
      replace(text);
      focus();
    },
    edit(item, text) {
      const before = written.editing?.before ?? written.text;
      replace(text);
      set({ ...written, editing: { item, before } });
      focus();
    },
    cancelEdit() {
      const { editing } = written;
      if (editing === undefined) return;
      replace(editing.before);
      set({ ...written, editing: undefined });
      focus();
    },
    walk(to) {
      const text = to === 'older' ? asked.older(written.text) : asked.newer();
      if (text === undefined) return false;
      set({ ...written, text });
      return true;
    },
    add(mentions, media, notices = []) {
      const fresh = mentions.filter((mention) => mention !== '' && without(written.text, mention).length === 0);
      if (fresh.length > 0) change([mentioning(written.text, field?.cursor() ?? written.text.length, fresh)]);
      const isFull = written.media.length + media.length > mostMedia;
      if (media.length > 0) set({ ...written, media: [...together(written.media, media)] });
      if (notices.length > 0 || isFull) problem = { message: [...notices].join('\n'), kind: 'notice' };
      watchers.tell();
    },
    remove(name) {
      const media = written.media.filter((one) => one.name !== name);
      if (media.length < written.media.length) set({ ...written, media });
      else change(without(written.text, name));
    },
    switchSelection: () => set({ ...written, selection: !written.selection }),
    async send(meanwhile) {
      const { text, media, editing, ...others } = written;
      const to = chat;
      if (to === undefined || (text.trim() === '' && media.length === 0)) return;
      problem = undefined;
      answer = undefined;
      model.completion.close();
      // Empty at once: whoever writes on writes the next one.
      set({ ...others, text: editing?.before ?? '', media: [], editing: undefined });
      try {
        const draft = { text, media: [...media], selection: others.selection };
        const from = editing === undefined ? {} : { from: editing.item };
        const sent = await host.ask(chatSendRequest, { chat: to, draft, ...from, ...(meanwhile ? { meanwhile } : {}) });
        asked.add(text);
        host.ask(rememberRequest, { text }).catch(() => undefined);
        if (sent.answer !== undefined && to === chat) ({ answer } = sent);
        watchers.tell();
      } catch (error) {
        giveBack(to, { text, media, editing });
        fail(error);
      }
    },
    async stop() {
      const to = chat;
      if (to === undefined) return;
      try {
        const { unheard } = await host.ask(chatStopRequest, { chat: to });
        if (unheard.length > 0) giveBack(to, { text: unheard.join('\n\n'), media: [], editing: undefined });
      } catch (error) {
        fail(error);
      }
    },
    async unqueue(at, text, isTaken) {
      const to = chat;
      if (to === undefined) return;
      try {
        const { taken } = await host.ask(chatUnqueueRequest, { chat: to, at, text });
        if (!taken || !isTaken) return;
        giveBack(to, { text, media: [], editing: undefined });
        focus();
      } catch (error) {
        fail(error);
      }
    },
    dismiss() {
      problem = undefined;
      answer = undefined;
      watchers.tell();
    },
    pick(next) {
      picker = next;
      watchers.tell();
    },
  };

  /** In front of what was written meanwhile, in the chat that it is from. */
  function giveBack(to: string, { text, media, editing }: Pick<Written, 'text' | 'media' | 'editing'>): void {
    const now = to === chat ? written : drafts.of(to);
    const rest = now.text === (editing?.before ?? '') ? '' : now.text;
    const back: Written = {
      ...now,
      text: rest === '' ? text : `${text}\n\n${rest}`,
      media: [...together(media, now.media)],
      editing: editing ?? now.editing,
    };
    if (to === chat) set(back);
    else drafts.put(to, back);
  }
  return model;
}
