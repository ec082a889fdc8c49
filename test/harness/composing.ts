/** Chats' questions put together in a real folder: real files, filter, ignore rules and storage; a person who answers as told. */
import path from 'node:path';
import { pathToFileURL } from 'node:url';
import { Settings } from '#shared/settings.ts';
import type { ComposedTurn } from '../../server/src/chat.ts';
import { cleanText } from '../../server/src/egress/filter.ts';
import { createExclusion } from '../../server/src/egress/ignoreFiles.ts';
import { reasonToStay } from '../../server/src/egress/mayLeave.ts';
import { type ComposeParams, createChatFeature } from '../../server/src/features/chat/index.ts';
import type { ApprovalRequest, Entry, People, Snapshot, Trust, World } from '../../server/src/ports.ts';
import { createDisk } from '../../server/src/system/disk.ts';
import { createFiles } from '../../server/src/system/files.ts';
import type { Tool } from '../../server/src/tool.ts';
import { searching } from './searching.ts';

export interface ComposingOptions {
  readonly folders: readonly string[];
  /** Own storage; another session with the same one remembers what was agreed to. */
  readonly storage: string;
  /** Texts of open documents, by path. */
  readonly open?: Readonly<Record<string, string>>;
  readonly settings?: unknown;
  readonly trust?: Trust;
  readonly agrees?: (request: ApprovalRequest) => boolean;
  /** What the person's answers carry instead of the hash of what was shown. */
  readonly answerHash?: string;
  readonly problems?: Awaited<ReturnType<World['providers']['allProblems']>>;
  readonly tools?: readonly Tool[];
}

export const uriOf = (file: string) => pathToFileURL(file).href;

/** A session of a chat that has not been asked anything. */
export function composing(options: ComposingOptions) {
  const roots = options.folders.map(uriOf);
  const real = createFiles(() => roots);
  let reads = 0;
  const files = {
    ...real,
    read(uri: string) {
      reads += 1;
      return real.read(uri);
    },
  };
  const exclusion = createExclusion((root, below) => files.readConfiguration(root, below));
  const parts = { ...files, roots: () => roots, exclusion };
  const open = new Map(Object.entries(options.open ?? {}).map(([file, text]) => [uriOf(file), snapshot(file, text)]));
  const approvals: ApprovalRequest[] = [];
  const settings = Settings.parse(options.settings ?? {});
  const feature = createChatFeature(
    {
      files,
      disk: createDisk(options.storage),
      documents: {
        get: (uri) => open.get(uri),
        recent: () => [...open.keys()],
        offsetAt: () => 0,
        positionAt: () => ({ line: 0, character: 0 }),
        watch() {},
      },
      providers: {
        symbols: async () => undefined,
        definitions: async () => [],
        references: async () => undefined,
        hover: async () => undefined,
        allProblems: async () => options.problems,
        problems: async () => [],
        rename: async () => undefined,
        extract: async () => undefined,
      },
      settings: { forDocument: async () => settings },
      outgoing: {
        clean: async (text) => cleanText(text, (same) => same),
        mayLeave: async (uri, patterns) => (await reasonToStay(parts, uri, patterns)) === undefined,
      },
      search: searching(options.folders),
      log: { clean: (text) => text, debug() {}, info() {}, warn() {}, error() {} },
      trust: () => options.trust ?? 'trusted',
      now: () => new Date(2026, 10, 28, 12),
    },
    options.tools ?? [],
  );
  const people: Pick<People, 'approve'> = {
    async approve(request) {
      approvals.push(request);
      const agrees = options.agrees?.(request) ?? false;
      return agrees ? { decision: 'once', hash: options.answerHash ?? request.hash } : { decision: 'deny' };
    },
  };
  const context = (entries: readonly Entry[]) =>
    ({ conversation: 'c1', entries, signal: new AbortController().signal }) as const;
  return {
    /** How often a text was read from the disk. */
    reads: () => reads,
    /** As one who only looks. */
    look: (text: string) => feature.compose({ text }, { ...context([]), people: undefined }),
    feature,
    settings,
    approvals,
    compose: (asked: string | ComposeParams, entries: readonly Entry[] = []) =>
      feature.compose(typeof asked === 'string' ? { text: asked } : asked, { ...context(entries), people }),
  };
}

function snapshot(file: string, text: string): Snapshot {
  return { uri: uriOf(file), version: 1, languageId: path.extname(file) === '.py' ? 'python' : 'typescript', text };
}

/** The texts of a turn, with its delimiter as `D`. */
export function composedText({ content }: ComposedTurn): string {
  const texts = content.map((block) => (block.type === 'text' ? block.text : `[${block.type}]`)).join('\n');
  const delimiter = /^<\w+ [^\n]*id="(?<id>[0-9a-f]{16})">$/m.exec(texts)?.groups?.['id'] ?? 'none';
  return texts.replaceAll(delimiter, 'D');
}

/** The entry that the engine makes of a turn. */
export function askedEntry(turn: ComposedTurn): Entry {
  const { content, text, attached } = turn;
  return {
    ...{ id: crypto.randomUUID(), parent: undefined, at: '2026-11-28T12:00:00.000Z' },
    content: { kind: 'asked', turn: { role: 'user', content }, text, attached },
  };
}
