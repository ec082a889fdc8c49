/** Code lenses, code actions and completions in a chat's document. */
import type {
  CodeAction,
  CodeActionParams,
  CodeLens,
  CompletionItem,
  CompletionParams,
} from 'vscode-languageserver/node';
import type { Range } from '#shared/place.ts';
import { chatKind } from './capabilities.ts';
import { wordBefore } from './chatCompleting.ts';
import type { ChatCommandParts } from './chatFound.ts';
import { type ChatDeed, chatDeeds } from './chatLenses.ts';
import { sectionsIn } from './chatSections.ts';
import { isWanted } from './editSurfaces.ts';

export async function lensesIn(parts: ChatCommandParts, uri: string): Promise<CodeLens[]> {
  await parts.shown.opened(uri);
  const deeds = deedsIn(parts, uri).filter((deed) => deed.is !== 'chat');
  return deeds.map((deed) => {
    const start = parts.world.documents.positionAt(uri, deed.offset);
    return { range: { start, end: start }, command: commandOf(deed) };
  });
}

/** What concerns the whole chat is offered anywhere in it; the rest where it stands. */
export async function actionsIn(parts: ChatCommandParts, params: CodeActionParams): Promise<CodeAction[]> {
  const { uri } = params.textDocument;
  await parts.shown.opened(uri);
  if (!isWanted(chatKind, params)) return [];
  return deedsIn(parts, uri)
    .filter((deed) => deed.is !== 'place' || isAt(parts, uri, { deed, range: params.range }))
    .map((deed) => ({ title: deed.title, kind: chatKind, command: commandOf(deed) }));
}

function deedsIn({ shown, world, engine }: ChatCommandParts, uri: string): readonly ChatDeed[] {
  const text = world.documents.get(uri)?.text;
  if (text === undefined) return [];
  const chat = shown.view(uri)?.chat;
  const pending = chat === undefined ? 0 : engine.pendingIn(chat);
  return chatDeeds({ uri, text, state: chat?.state(), pending });
}

function commandOf({ title, command, argument }: ChatDeed) {
  return { title, command, arguments: [argument] };
}

/** In the section that the lens stands in. */
function isAt(
  { world }: ChatCommandParts,
  uri: string,
  { deed, range }: { readonly deed: ChatDeed; readonly range: Range },
): boolean {
  const text = world.documents.get(uri)?.text ?? '';
  const { head, sections } = sectionsIn(text);
  const section = [head, ...sections].find(({ start, end }) => start <= deed.offset && deed.offset < end);
  const from = world.documents.offsetAt(uri, range.start);
  return section !== undefined && section.start <= from && from < section.end;
}

export async function completionsIn(
  parts: ChatCommandParts,
  { textDocument: { uri }, position }: CompletionParams,
  signal: AbortSignal,
): Promise<CompletionItem[]> {
  const { documents } = parts.world;
  const text = documents.get(uri)?.text ?? '';
  const at = documents.offsetAt(uri, position);
  const draft = sectionsIn(text).draft;
  if (draft === undefined || at < draft.body) return [];
  const lineSoFar = text.slice(text.lastIndexOf('\n', at - 1) + 1, at);
  const word = wordBefore(lineSoFar);
  if (word === undefined) return [];
  const range = { start: { line: position.line, character: position.character - word.length }, end: position };
  const found = await parts.engine.writing.complete(lineSoFar, signal);
  return found.map(({ label, detail, insert }, index) => ({
    label,
    detail,
    sortText: String(index).padStart(4, '0'),
    filterText: insert,
    textEdit: { range, newText: insert },
  }));
}
