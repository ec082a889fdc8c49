/** What is typed in a chat's document, for the feature that puts questions together; and what may be typed there. */
import type { Chats } from '../chat.ts';
import type { ChatFeature } from '../features/chat/index.ts';
import { type Files, Refusal, type Search, type SettingsSource } from '../ports.ts';
import type { Surroundings } from './chatContext.ts';
import type { ChatCompletion, ChatWriting } from './chatParts.ts';

export interface WritingParts {
  readonly feature: Pick<ChatFeature, 'compose' | 'wants' | 'preview' | 'commands'>;
  readonly chats: Pick<Chats, 'open'>;
  readonly settings: SettingsSource;
  readonly files: Pick<Files, 'home' | 'roots'>;
  readonly search: Pick<Search, 'files'>;
  readonly surroundings: Surroundings;
  /** See `Outgoing`. */
  isDemo(signal: AbortSignal): Promise<boolean | undefined>;
  /** The editor tells where the person is in it. */
  readonly tellsPlace: boolean;
}

export function createChatWriting(parts: WritingParts): ChatWriting {
  const { feature, chats, settings, files, search, surroundings, tellsPlace } = parts;
  return {
    async compose({ text, conversation }, signal) {
      const chat = await chats.open(conversation);
      if (chat === undefined) throw new Refusal('There is no such chat (any more).', 'noChat');
      return chat.preparing(async (people, stopping) => {
        const around = await surroundings.of(conversation, await feature.wants(text, stopping));
        const { entries } = chat.stored();
        return feature.compose({ ...around, text }, { conversation, entries, people, signal: stopping });
      }, signal);
    },
    begunAt: surroundings.begunAt,
    async preview(chat, turn, signal) {
      const now = await settings.forDocument(files.roots()[0] ?? '');
      const demo = (await parts.isDemo(signal)) === true;
      return feature.preview(turn, now, { said: chat.state().context.tokens, demo });
    },
    async complete(lineSoFar, signal) {
      if (/^\s*\/\S*$/.test(lineSoFar)) return commandsOf(feature, signal);
      const path = /(?:^|\s)@([\w./-]*)$/.exec(lineSoFar)?.[1];
      if (path === undefined) return [];
      return [
        ...(tellsPlace ? words : words.slice(0, 1)),
        ...(path === '' ? [] : await filesNamed({ files, search }, path, signal)),
      ];
    },
  };
}

/** Every editor tells the first one, or says that it cannot; the others are offered where they are of use. */
const words: readonly ChatCompletion[] = [
  ['@problems', 'Problems that the editor shows'],
  ['@selection', 'What is selected in the editor'],
  ['@changes', 'What has changed since the last commit'],
  ['@terminal', 'What is selected in the terminal'],
].map(([label = '', detail = '']) => ({ label, detail, insert: label }));

async function commandsOf(
  { commands }: WritingParts['feature'],
  signal: AbortSignal,
): Promise<readonly ChatCompletion[]> {
  const all = await commands(signal);
  return all.map(({ name, description }) => ({ label: `/${name}`, detail: description, insert: `/${name}` }));
}

/** Files that are offered. */
const most = 30;

async function filesNamed(
  { files, search }: Pick<WritingParts, 'files' | 'search'>,
  path: string,
  signal: AbortSignal,
): Promise<readonly ChatCompletion[]> {
  const { uris } = await search.files({ glob: path.includes('/') ? `${path}*` : `**/${path}*`, most }, signal);
  return uris.flatMap((uri) => {
    const found = files.home(uri)?.path;
    if (found === undefined) return [];
    const insert = /\s/.test(found) ? `@"${found}"` : `@${found}`;
    return [{ label: insert, detail: 'File', insert }];
  });
}
