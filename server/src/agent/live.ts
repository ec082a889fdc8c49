/** What comes of a turn right now and is not on the disk yet: the pieces of the answer in their order, and the calls. */
import type { ChatEvent, ChatState, LiveCall, LivePart } from '../chat.ts';
import type { EntryContent } from '../ports.ts';

export interface Live {
  begin(): void;
  text(text: string): void;
  thinking(text: string): void;
  call(call: LiveCall): void;
  /** Something is an entry: of an answer, the next one comes. */
  kept(kind: EntryContent['kind']): void;
  end(): void;
  now(): ChatState['live'];
}

/** @param coming The id that the answer will have as an entry. */
export function createLive(coming: () => string, tell: (event: ChatEvent) => void): Live {
  let now: NonNullable<ChatState['live']> | undefined;
  const add = (is: 'text' | 'thinking', text: string): void => {
    if (now === undefined || text === '') return;
    const last = now.parts.at(-1);
    const parts: readonly LivePart[] =
      last?.is === is ? [...now.parts.slice(0, -1), { is, text: last.text + text }] : [...now.parts, { is, text }];
    now = { ...now, [is]: now[is] + text, parts };
  };
  const empty = { text: '', thinking: '', parts: [] };
  return {
    begin() {
      now = { ...empty, id: coming(), isAsked: false, calls: [] };
    },
    text(text) {
      add('text', text);
      tell({ type: 'text', text });
    },
    thinking(text) {
      add('thinking', text);
      tell({ type: 'thinking', text });
    },
    call(call) {
      change(call);
      tell({ type: 'call', call });
    },
    kept(kind) {
      if (now === undefined) return;
      if (kind === 'asked') now = { ...now, isAsked: true };
      if (kind === 'answered') now = { ...now, ...empty, id: coming() };
    },
    end() {
      now = undefined;
    },
    now: () => now,
  };
  function change(call: LiveCall): void {
    if (now === undefined) return;
    const isNew = !now.calls.some(({ id }) => id === call.id);
    const calls = isNew ? [...now.calls, call] : now.calls.map((each) => (each.id === call.id ? call : each));
    now = { ...now, calls, ...(isNew ? { parts: [...now.parts, { is: 'call', id: call.id }] } : {}) };
  }
}
