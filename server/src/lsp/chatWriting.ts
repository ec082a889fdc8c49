/** What is typed in a chat, in its document or in a panel, for the feature that puts questions together. */
import type { ContextPart } from '#shared/chat.ts';
import type { Settings } from '#shared/settings.ts';
import type { Chat, Chats } from '../chat.ts';
import type { ChatFeature, ComposeParams } from '../features/chat/index.ts';
import { mentionOf } from '../features/chat/spelled.ts';
import { type Files, Refusal, type SettingsSource } from '../ports.ts';
import { shownPath } from '../tools/paths.ts';
import { type Completing, createCompleting } from './chatCompleting.ts';
import type { Surroundings } from './chatContext.ts';
import type { ChatWriting, TypedTurn } from './chatParts.ts';

export interface WritingParts extends Omit<Completing, 'commands' | 'place'> {
  readonly feature: Pick<ChatFeature, 'compose' | 'wants' | 'preview' | 'estimate' | 'commands'>;
  readonly chats: Pick<Chats, 'open'>;
  readonly settings: SettingsSource;
  readonly files: Files;
  readonly surroundings: Surroundings;
  /** See `Outgoing`. */
  isDemo(signal: AbortSignal): Promise<boolean | undefined>;
}

/** Milliseconds for which what is slow to tell counts, while somebody only looks. */
const fresh = 5_000;

export function createChatWriting(parts: WritingParts): ChatWriting {
  const { feature, chats, files, surroundings } = parts;
  const glances = new Map<string, AbortController>();
  const told = createTold(parts);
  const opened = async (id: string): Promise<Chat> => {
    const chat = await chats.open(id);
    if (chat === undefined) throw new Refusal('There is no such chat (any more).', 'noChat');
    return chat;
  };
  const estimating = async (chat: Chat, signal: AbortSignal) => {
    const demo = (await parts.isDemo(signal)) === true;
    return [await settingsFor(parts.settings, files, chat), { said: chat.state().context.tokens, demo }] as const;
  };
  return {
    async compose(typed, signal) {
      const { conversation } = typed;
      const chat = await opened(conversation);
      return chat.preparing(async (people, stopping) => {
        const wants = await feature.wants(typed.text, stopping);
        const params = paramsOf(typed, wants, await surroundings.of(conversation, withPlace(typed, wants)));
        return feature.compose(params, contextOf(chat, people, stopping));
      }, signal);
    },
    begunAt: surroundings.begunAt,
    async preview(chat, turn, signal) {
      return feature.preview(turn, ...(await estimating(chat, signal)));
    },
    async glance(typed, asked) {
      const { conversation } = typed;
      const chat = await opened(conversation);
      glances.get(conversation)?.abort(new Refusal('Something else was written meanwhile.', 'superseded'));
      const own = new AbortController();
      glances.set(conversation, own);
      const signal = AbortSignal.any([asked, own.signal]);
      try {
        const wants = await feature.wants(typed.text, signal);
        const around = await told(conversation, withPlace(typed, wants));
        signal.throwIfAborted();
        const turn = await feature.compose(paramsOf(typed, wants, around), contextOf(chat, undefined, signal));
        const [settings, before] = await estimating(chat, signal);
        signal.throwIfAborted();
        const text = () => feature.preview(turn, settings, before);
        return { ...feature.estimate(turn, settings, before), turn, text };
      } finally {
        if (glances.get(conversation) === own) glances.delete(conversation);
      }
    },
    mention({ uri, range }) {
      if (files.home(uri) === undefined) return undefined;
      return mentionOf(shownPath(files, uri), range === undefined ? undefined : linesOf(range));
    },
    complete: createCompleting({
      ...parts,
      commands: (signal) => feature.commands(signal),
      place: async () => (await surroundings.of('', ['place'])).selection,
    }),
  };
}

/** With what was chosen in the chat. */
async function settingsFor(source: SettingsSource, files: Pick<Files, 'roots'>, chat: Chat): Promise<Settings> {
  const settings = await source.forDocument(files.roots()[0] ?? '');
  const { model, effort } = chat.state();
  return { ...settings, chat: { ...settings.chat, model, effort } };
}

function contextOf(chat: Chat, people: Parameters<ChatFeature['compose']>[1]['people'], signal: AbortSignal) {
  return { conversation: chat.id, entries: chat.stored().entries, people, model: chat.state().model, signal };
}

function withPlace({ selection = false }: TypedTurn, wants: readonly ContextPart[]): readonly ContextPart[] {
  return selection && !wants.includes('place') ? [...wants, 'place'] : wants;
}

/** The switch alone tells nothing of a document in which nothing is selected. */
function paramsOf(
  { text, media = [], selection = false }: TypedTurn,
  wants: readonly ContextPart[],
  around: Awaited<ReturnType<Surroundings['of']>>,
): ComposeParams {
  const { active, ...others } = around;
  const isMeant = wants.includes('place') || around.selection !== undefined;
  return { ...others, ...(isMeant ? { active } : {}), text, media, withSelection: selection };
}

/** Where the person is, anew each time; what takes longer to tell is asked once in a while. */
function createTold({ surroundings }: Pick<WritingParts, 'surroundings'>): Surroundings['of'] {
  let kept: { readonly key: string; readonly at: number; readonly told: ReturnType<Surroundings['of']> } | undefined;
  return async (conversation, wants) => {
    const slow = wants.filter((part) => part !== 'place');
    const place = await surroundings.of(conversation, wants.includes('place') ? ['place'] : []);
    if (slow.length === 0) return place;
    const key = JSON.stringify([conversation, slow]);
    if (kept?.key !== key || performance.now() - kept.at > fresh)
      kept = { key, at: performance.now(), told: surroundings.of(conversation, slow) };
    return { ...(await kept.told), ...place };
  };
}

/** A range that ends at the start of a line does not reach into it. */
function linesOf({
  start,
  end,
}: {
  readonly start: { line: number };
  readonly end: { line: number; character: number };
}) {
  const last = end.character === 0 && end.line > start.line ? end.line - 1 : end.line;
  return { first: start.line, last };
}
