/** What is typed in a chat's document, for the feature that puts questions together; and what may be typed there. */
import type { Chats } from '../chat.ts';
import type { ChatFeature } from '../features/chat/index.ts';
import type { Files, Search, SettingsSource } from '../ports.ts';
import type { ChatCompletion, ChatWriting } from './chatParts.ts';

export interface WritingParts {
  readonly feature: Pick<ChatFeature, 'compose' | 'preview' | 'commands'>;
  readonly chats: Pick<Chats, 'open'>;
  readonly settings: SettingsSource;
  readonly files: Pick<Files, 'home' | 'roots'>;
  readonly search: Pick<Search, 'files'>;
}

export function createChatWriting({ feature, chats, settings, files, search }: WritingParts): ChatWriting {
  return {
    async compose({ text, conversation }, signal) {
      const chat = await chats.open(conversation);
      return feature.compose({ text }, { conversation, entries: chat?.stored().entries ?? [], signal });
    },
    async preview(chat, turn) {
      const now = await settings.forDocument(files.roots()[0] ?? '');
      return feature.preview(turn, now, chat.state().context.tokens);
    },
    async complete(lineSoFar, signal) {
      if (/^\s*\/\S*$/.test(lineSoFar)) return commandsOf(feature, signal);
      const path = /(?:^|\s)@([\w./-]*)$/.exec(lineSoFar)?.[1];
      if (path === undefined) return [];
      return [...words, ...(path === '' ? [] : await filesNamed({ files, search }, path, signal))];
    },
  };
}

/** What the person sees elsewhere is not known to the document of a chat: `@selection` and the like are for panels. */
const words: readonly ChatCompletion[] = [
  { label: '@problems', detail: 'Problems that the editor shows', insert: '@problems' },
];

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
