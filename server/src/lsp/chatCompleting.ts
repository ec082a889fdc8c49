/** What may follow `@` and `/` in a question: commands, words, files, folders and symbols that are like what was typed, best first. */
import type { Range } from '#shared/place.ts';
import type { ChatCommand } from '../features/chat/index.ts';
import { languageOf } from '../features/chat/languageOf.ts';
import { mentionOf, symbolMention } from '../features/chat/spelled.ts';
import type { Documents, Files, Search } from '../ports.ts';
import { outlineOf } from '../text/outline.ts';
import { meantBy, shownPath } from '../tools/paths.ts';
import { createCandidates } from './chatCandidates.ts';
import type { ChatCompletion } from './chatParts.ts';

export interface Completing {
  readonly files: Files;
  readonly documents: Pick<Documents, 'get' | 'recent'>;
  readonly search: Pick<Search, 'files'>;
  /** The editor tells where the person is in it. */
  readonly tellsPlace: boolean;
  /** May what stands in a document be read for its names? */
  mayRead(uri: string): Promise<boolean>;
  commands(signal: AbortSignal): Promise<readonly ChatCommand[]>;
  /** What is selected in the editor. */
  place(): Promise<{ readonly uri: string; readonly range: Range } | undefined>;
}

/** The word at the end of a line that suggestions are for, if there is one. */
export function wordBefore(line: string): string | undefined {
  return /^\s*(\/\S*)$/.exec(line)?.[1] ?? /(?:^|[\s([{])(@"[^"\n]*|@[^\s"`<>@]*)$/.exec(line)?.[1];
}

const most = 50;

export function createCompleting(
  parts: Completing,
): (line: string, signal: AbortSignal) => Promise<readonly ChatCompletion[]> {
  const { files, documents, tellsPlace } = parts;
  const candidates = createCandidates(parts);
  const offeredWords = tellsPlace ? words : words.slice(0, 1);
  return async (line, signal) => {
    const word = wordBefore(line);
    if (word === undefined) return [];
    if (word.startsWith('/')) return liking(word.slice(1), commandsOf(await parts.commands(signal)));
    const typed = word.replace(/^@"?/, '');
    if (typed.startsWith('symbol:')) return symbolsLike(parts, typed.slice('symbol:'.length));
    const lined = /^(.+)#L?[\d-]*$/.exec(typed)?.[1];
    if (lined !== undefined) return linesOf(parts, lined);
    if (typed === '') {
      const recent = documents.recent().filter((uri) => files.home(uri) !== undefined);
      return [...offeredWords, ...recent.slice(0, mostRecent).flatMap((uri) => fileOf(shownPath(files, uri)))];
    }
    const [near, paths] = await Promise.all([liking(typed, offeredWords), candidates.like(typed, most)]);
    return [...near, ...paths.flatMap(({ path, isFolder }) => (isFolder ? folderOf(path) : fileOf(path)))].slice(
      0,
      most,
    );
  };
}

const mostRecent = 10;

/** Every editor tells the first one, or says that it cannot; the others are offered where they are of use. */
const words: readonly ChatCompletion[] = [
  ['@problems', 'Problems that the editor shows'],
  ['@selection', 'What is selected in the editor'],
  ['@changes', 'What has changed since the last commit'],
  ['@terminal', 'What is selected in the terminal'],
  ['@symbol:', 'A function, a class or the like'],
].map(([label = '', detail = '']) => ({ label, detail, insert: label, kind: 'word' }));

function commandsOf(all: readonly ChatCommand[]): readonly ChatCompletion[] {
  return all.map(({ name, description }) => ({
    ...{ label: `/${name}`, detail: description, insert: `/${name}`, kind: 'command' },
  }));
}

/** In their order where nothing was typed. */
async function liking(typed: string, all: readonly ChatCompletion[]): Promise<readonly ChatCompletion[]> {
  if (typed === '') return all;
  const { go } = await import('fuzzysort');
  return go(typed, all, { key: ({ label }) => label.slice(1), limit: most }).map(({ obj }) => obj);
}

function fileOf(path: string): readonly ChatCompletion[] {
  const insert = mentionOf(path);
  return insert === undefined ? [] : [{ label: insert, detail: 'File', insert, kind: 'file' }];
}

function folderOf(path: string): readonly ChatCompletion[] {
  const insert = mentionOf(`${path}/`);
  return insert === undefined ? [] : [{ label: insert, detail: 'Folder', insert, kind: 'folder' }];
}

/** The lines that are selected in that file. */
async function linesOf({ files, documents, place }: Completing, path: string): Promise<readonly ChatCompletion[]> {
  const [meant, selected] = await Promise.all([meantBy({ files, documents: documents as Documents }, path), place()]);
  if ('impossible' in meant || selected?.uri !== meant.uri) return [];
  const { start, end } = selected.range;
  const last = end.character === 0 && end.line > start.line ? end.line - 1 : end.line;
  const insert = mentionOf(path, { first: start.line, last });
  return insert === undefined ? [] : [{ label: insert, detail: 'Selected lines', insert, kind: 'file' }];
}

/** Documents that are looked through, and how long the longest may be. */
const mostDocuments = 20;
const longestDocument = 500_000;

/** Of the named file, or of documents that are open. */
async function symbolsLike(parts: Completing, typed: string): Promise<readonly ChatCompletion[]> {
  const at = typed.lastIndexOf('#');
  const path = at < 0 ? undefined : typed.slice(0, at);
  const uris = path === undefined ? parts.documents.recent().slice(0, mostDocuments) : await urisOf(parts, path);
  const found = await Promise.all(uris.map((uri) => symbolsIn(parts, uri, path)));
  const seen = new Map(found.flat().map((each) => [each.insert, each]));
  const name = typed.slice(at + 1);
  if (name === '') return [...seen.values()].slice(0, most);
  const { go } = await import('fuzzysort');
  return go(name, [...seen.values()], { key: ({ insert }) => nameIn(insert), limit: most }).map(({ obj }) => obj);
}

const nameIn = (insert: string): string => insert.slice(Math.max(insert.lastIndexOf('#'), insert.indexOf(':')) + 1);

async function urisOf({ files, documents }: Completing, path: string): Promise<readonly string[]> {
  const meant = await meantBy({ files, documents: documents as Documents }, path);
  return 'impossible' in meant ? [] : [meant.uri];
}

async function symbolsIn(
  { files, documents, mayRead }: Completing,
  uri: string,
  path: string | undefined,
): Promise<readonly ChatCompletion[]> {
  if (files.home(uri) === undefined || !(await mayRead(uri))) return [];
  const open = documents.get(uri);
  const text = open?.text ?? (path === undefined ? '' : await files.read(uri).catch(() => ''));
  if (text.length > longestDocument) return [];
  const shown = shownPath(files, uri);
  return outlineOf(text, open?.languageId ?? languageOf(uri)).flatMap(({ name }) => {
    const insert = symbolMention(name, path ?? shown) ?? (path === undefined ? symbolMention(name) : undefined);
    return insert === undefined ? [] : [{ label: `@symbol:${name}`, detail: shown, insert, kind: 'symbol' as const }];
  });
}
