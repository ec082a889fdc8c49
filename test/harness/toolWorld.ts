/** What the tools that edit need: a ledger over an editor's buffers and a disk in memory, with pending edits or without. */
import type * as z from 'zod';
import { defaultSettings } from '#shared/settings.ts';
import { PartialJson } from '../../server/src/claude/stream/partialJson.ts';
import type { Ledger } from '../../server/src/editing.ts';
import { cleanText } from '../../server/src/egress/filter.ts';
import { createGuard } from '../../server/src/ledger/guard.ts';
import { createLedger } from '../../server/src/ledger/ledger.ts';
import { type Files, Refusal, type ToolStep } from '../../server/src/ports.ts';
import type { Effective, Impossible, Mode, Tool, ToolAnswer, ToolContext } from '../../server/src/tool.ts';
import { memoryDisk } from './ledgerWorld.ts';
import { createPendingWorld, type PendingWorld } from './pendingBuffer.ts';

export interface ToolWorld {
  readonly world: PendingWorld;
  readonly ledger: Ledger;
  /** Files that the filter keeps here. */
  readonly excluded: Set<string>;
  /** A call's own context; calls of one conversation share a session. */
  context(call: string, options?: { readonly conversation?: string; readonly signal?: AbortSignal }): ToolContext;
  /** Waits for something while every message between server and editor is delivered. */
  during<T>(act: Promise<T>): Promise<T>;
  /** The text as the person sees it, else as it was saved. */
  text(path: string): string | undefined;
}

export interface ToolWorldOptions {
  readonly keepsPending?: boolean;
  readonly mode?: Mode;
  /** By path; those that are open are not on the disk as well. */
  readonly open?: Readonly<Record<string, string>>;
  readonly saved?: Readonly<Record<string, string>>;
  readonly providers?: Partial<ToolContext['providers']>;
}

export const uriOf = (path: string): string => `file:///w/${path}`;

let ids = 0;

export async function createToolWorld(options: ToolWorldOptions = {}): Promise<ToolWorld> {
  const { keepsPending = true, mode = 'ask' } = options;
  const world = createPendingWorld();
  for (const [path, text] of Object.entries(options.saved ?? {})) world.disk.set(uriOf(path), text);
  for (const [path, text] of Object.entries(options.open ?? {})) world.open(uriOf(path), text);
  await world.settle();
  const files = filesOf(world);
  const log = { clean: (text: string) => text, debug() {}, info() {}, warn() {}, error() {} };
  const opening = async (uris: readonly string[]): Promise<ReadonlyMap<string, string | undefined>> => {
    for (const uri of uris) {
      const saved = world.disk.get(uri);
      if (world.documents.get(uri) === undefined && saved !== undefined) world.open(uri, saved);
    }
    // As an editor does: it tells of what it has opened before it answers.
    while (uris.some((uri) => world.disk.has(uri) && world.documents.get(uri) === undefined)) world.deliver(() => 0);
    return new Map(uris.map((uri) => [uri, world.documents.get(uri) === undefined ? 'It is not there.' : undefined]));
  };
  const ledger = createLedger({
    ...{ documents: world.documents, disk: memoryDisk(), files, log },
    editor: { ...world.editor, keepsPending, prepare: opening },
    guard: createGuard({ files, languageOf: (uri) => languageOf(uri), ownStorage: ['/w/own'] }),
    roots: () => ['file:///w'],
    random: () => `id${++ids}`,
    now: () => performance.now(),
    wait: (milliseconds) =>
      milliseconds >= 1_000 ? new Promise(() => undefined) : new Promise((resolve) => void setImmediate(resolve)),
  });
  const excluded = new Set<string>();
  const sessions = new Map<string, ToolContext['session']>();
  return {
    ...{ world, ledger, excluded },
    context(call, { conversation = 'c1', signal = new AbortController().signal } = {}) {
      const session = sessions.get(conversation) ?? sessionOf(conversation, mode);
      sessions.set(conversation, session);
      // Only what tools that edit use is there.
      return {
        ...{ ledger, files, log, session, call, signal, documents: world.documents, locale: 'en' },
        providers: options.providers ?? {},
        settings: { forDocument: async () => defaultSettings },
        outgoing: {
          clean: async (text: string) => cleanText(text, (same) => same),
          mayLeave: async (uri: string) => !excluded.has(uri),
        },
        trust: () => 'trusted',
        report() {},
      } as unknown as ToolContext;
    },
    async during(act) {
      let isOver = false;
      const watched = act.finally(() => {
        isOver = true;
      });
      watched.catch(() => undefined);
      while (!isOver) {
        world.deliver(() => 0);
        await new Promise((resolve) => setImmediate(resolve));
      }
      await world.settle();
      return watched;
    },
    text: (path) => {
      const uri = uriOf(path);
      return world.documents.get(uri) === undefined ? world.disk.get(uri) : world.buffer(uri).text;
    },
  };
}

/** Which call it is. */
export interface Called {
  readonly call?: string;
  readonly conversation?: string;
  readonly signal?: AbortSignal;
  /** What the person says to what must be asked; yes when absent. */
  readonly agrees?: boolean;
}

/** Writes a call letter by letter, as far as `share` says, and ends it so. */
export async function streamed(
  { context, during, world }: ToolWorld,
  tool: Tool,
  input: object,
  options: Called & {
    readonly call: string;
    readonly share?: number;
    readonly state?: ToolStep['state'];
    readonly pieces?: number;
  },
): Promise<void> {
  const { call: id, share = 1, state = 'complete', pieces = 6 } = options;
  const own = context(id, options);
  const all = JSON.stringify(input);
  const text = all.slice(0, Math.floor(all.length * share));
  const json = new PartialJson();
  for (let at = 0; at < text.length; at += pieces) {
    json.push(text.slice(at, at + pieces));
    await during(tool.grow?.(own, { id, name: tool.name, state: 'open', value: json.value }) ?? Promise.resolve());
  }
  const value: unknown = share === 1 ? JSON.parse(all) : json.value;
  if (state !== 'open') await during(tool.grow?.(own, { id, name: tool.name, state, value }) ?? Promise.resolve());
  await world.settle();
}

/** Does a call as the engine does: judged first, and done when the person agrees to what must be asked. */
export async function called(
  { context, during }: ToolWorld,
  tool: Tool,
  input: object,
  { call = `call${++ids}`, agrees = true, ...rest }: Called = {},
): Promise<ToolAnswer & { readonly effective?: Effective }> {
  const own = context(call, rest);
  const read: unknown = (tool.input as z.ZodType).parse(input);
  const effective: Effective | Impossible = await during(tool.effective(own, read));
  if ('impossible' in effective) {
    await during(tool.abandon?.(own, 'It cannot be done.') ?? Promise.resolve());
    return { text: effective.impossible, failed: true, isData: false };
  }
  if (effective.mustAsk.length > 0 && !agrees) {
    await during(tool.abandon?.(own, 'It was not allowed.') ?? Promise.resolve());
    return { text: 'Denied.', failed: true, isData: false, effective };
  }
  return { ...(await during(tool.run(own, read, effective))), effective };
}

function filesOf(world: PendingWorld): Files {
  const place = (uri: string) =>
    uri.startsWith('file:///w/') ? { root: '/w', path: decodeURIComponent(uri.slice('file:///w/'.length)) } : undefined;
  const isFolder = (uri: string) => [...world.disk.keys()].some((one) => one.startsWith(`${uri}/`));
  return {
    place,
    home: place,
    roots: () => ['file:///w'],
    async kind(uri: string) {
      if (world.disk.has(uri) || world.documents.get(uri) !== undefined) return 'file';
      return isFolder(uri) ? 'folder' : undefined;
    },
    async read(uri: string) {
      const text = world.disk.get(uri);
      if (text === undefined) throw new Refusal(`${uri} was not read: there is no such file.`, 'missing');
      return text;
    },
    // Only what tools that edit use is there.
  } as unknown as Files;
}

function sessionOf(conversation: string, mode: Mode): ToolContext['session'] {
  return { conversation, mode, todo: [], changed: new Set(), title: 'Do it', kept: new Map() };
}

function languageOf(uri: string): string {
  return uri.endsWith('.json') ? 'json' : 'typescript';
}
