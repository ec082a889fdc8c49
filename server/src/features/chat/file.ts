/** A file, a part of one, or a folder that a question mentions. */
import { Refusal } from '../../ports.ts';
import { attribute } from '../../text/blocks.ts';
import { meantBy, shownPath } from '../../tools/paths.ts';
import { largestMedia, mediaOf } from './media.ts';
import type { MeantLines } from './mentions.ts';
import {
  type ComposeWorld,
  type Frame,
  fittingLines,
  linesOf,
  type NotSent,
  numbered,
  type Piece,
  textPiece,
} from './piece.ts';

export interface AskedFile {
  /** As the person wrote it. */
  readonly name: string;
  readonly path: string;
  readonly lines?: MeantLines;
}

/** Cleaning one whole takes most of a second; longer texts are for the tools that read parts. In UTF-16 code units. */
const longestText = 1_500_000;

export async function pathPiece(world: ComposeWorld, asked: AskedFile, frame: Frame): Promise<Piece | NotSent> {
  const found = await meantBy(world, asked.path);
  if ('impossible' in found) return { notSent: `${asked.name} is sent as text alone: ${found.impossible}` };
  const { uri, kind } = found;
  if (kind === undefined && world.documents.get(uri) === undefined)
    return { notSent: `${asked.name} is sent as text alone: there is no file or folder of this name.` };
  if (kind === 'folder') return folderPiece(world, { name: asked.name, uri, shown: found.shown }, frame);
  return filePiece(world, uri, asked, frame);
}

/** @param asked whose path does not count. */
export async function filePiece(
  world: ComposeWorld,
  uri: string,
  asked: Pick<AskedFile, 'name' | 'lines'>,
  frame: Frame,
): Promise<Piece | NotSent> {
  const read = await readFor(world, uri, asked.name);
  if ('notSent' in read) return read;
  const shown = shownPath(world.files, uri);
  return 'bytes' in read
    ? mediaPiece(asked.name, shown, uri, read.bytes)
    : partPiece({ name: asked.name, uri, shown, ...read, ...(asked.lines && { lines: asked.lines }) }, frame);
}

type Read = { readonly text: string; readonly replaced: readonly string[] } | { readonly bytes: Uint8Array } | NotSent;

/** What stands in a document as it may leave: cleaned whole, before anything is cut. Of a file that is no text its bytes. */
export async function readFor(world: ComposeWorld, uri: string, name: string): Promise<Read> {
  const { excludedFiles } = await world.settings.forDocument(uri);
  if (!(await world.outgoing.mayLeave(uri, excludedFiles))) return { notSent: staysHere(name) };
  const open = world.documents.get(uri);
  if (open === undefined && world.trust() !== 'trusted')
    return { notSent: `${name} is not sent: ${notTrusted(world)}. Open the file in the editor first.` };
  try {
    const text = open?.text ?? (await textOrMedia(world, uri));
    if (typeof text !== 'string') return { bytes: text };
    if (text.length > longestText)
      return { notSent: `${name} is not sent: it is too large. Claude can read parts of it with its tools.` };
    return await world.outgoing.clean(text);
  } catch (error) {
    if (error instanceof Refusal) return { notSent: `${name} is not sent: ${error.message}` };
    throw error;
  }
}

/** Only what is open goes along then: files on the disk are not looked at (threats S2). */
function notTrusted({ trust }: ComposeWorld): string {
  return trust() === 'unknown'
    ? 'the editor does not say that this workspace is trusted ("trusted" in its initializationOptions)'
    : 'this workspace is not trusted';
}

/** Secrets in files that are made to hold them are not always known as such: these stay here, whoever asks (threats S12). */
export function staysHere(name: string): string {
  return `${name} is not sent: it stays on this machine, because its name is one of files with secrets, or an ignore file or the setting "gloss.excludedFiles" keeps it back. Copy what is needed into your question, or change that rule.`;
}

async function textOrMedia({ files }: ComposeWorld, uri: string): Promise<string | Uint8Array> {
  try {
    const text = await files.read(uri);
    return text.startsWith('%PDF-') ? await files.readBytes(uri, largestMedia) : text;
  } catch (error) {
    if (error instanceof Refusal && error.kind === 'notText') return files.readBytes(uri, largestMedia);
    throw error;
  }
}

/** Secrets in pictures are not seen by any filter: the person is told. */
export function mediaPiece(name: string, title: string, uri: string | undefined, bytes: Uint8Array): Piece | NotSent {
  const media = mediaOf(title, bytes);
  if (typeof media === 'string') return { notSent: `${name} is not sent: ${media}` };
  const { kind, block, tokens, about } = media;
  const sources = uri === undefined ? [] : [{ uri, firstLine: 0, lastLine: 0, part: kind }];
  const notices = [`${name} is sent as it is (${about}): secrets in it are not replaced.`];
  return { attached: { name, kind, tokens, sources }, blocks: [block], replaced: [], notices };
}

export interface Part {
  readonly name: string;
  readonly uri: string;
  readonly shown: string;
  /** The whole text, as it may leave. */
  readonly text: string;
  readonly replaced: readonly string[];
  readonly lines?: MeantLines;
  readonly kind?: 'file' | 'selection' | 'symbol';
  /** More for the model. */
  readonly about?: Readonly<Record<string, string>>;
}

/** Lines of a document, as many as there is room for. */
export function partPiece(part: Part, frame: Frame): Piece | NotSent {
  const { name, uri, shown, text, kind = 'file', about = {} } = part;
  const all = linesOf(text);
  const { first, last } = part.lines ?? { first: 0, last: all.length - 1 };
  if (first >= all.length) return { notSent: `${name} is not sent: the file has ${all.length} lines.` };
  const wanted = all.slice(first, last + 1);
  const count = fittingLines(wanted, frame.room);
  if (count === 0)
    return { notSent: `${name} is not sent: there is no room left for it. Claude can read it with its tools.` };
  const lastLine = first + count - 1;
  const attributes = {
    path: shown,
    lines: `${first + 1}-${lastLine + 1} of ${all.length}`,
    ...about,
    ...(count < wanted.length && { cut: 'the rest can be read with the tool that reads files' }),
  };
  return textPiece(
    {
      name,
      kind,
      tag: kind,
      attributes: attributesOf(attributes),
      lines: numbered(wanted.slice(0, count), first),
      sources: [{ uri, firstLine: first, lastLine, part: kind }],
      replaced: part.replaced,
      notices:
        count < wanted.length
          ? [`${name} is long: lines ${first + 1} to ${lastLine + 1} are sent, and Claude can read the rest.`]
          : [],
    },
    frame,
  );
}

export function attributesOf(values: Readonly<Record<string, string>>): string {
  return Object.entries(values)
    .map(([name, value]) => `${name}="${attribute(value)}"`)
    .join(' ');
}

const mostNames = 300;

/** The paths of its files: what is in them is read when it is needed. */
async function folderPiece(
  world: ComposeWorld,
  { name, uri, shown }: { readonly name: string; readonly uri: string; readonly shown: string },
  frame: Frame,
): Promise<Piece | NotSent> {
  if (world.trust() !== 'trusted') return { notSent: `${name} is not sent: ${notTrusted(world)}.` };
  const { files, search, outgoing } = world;
  const found = await search.files({ glob: '**', below: uri, most: mostNames }, frame.signal);
  const { text, replaced } = await outgoing.clean(found.uris.map((one) => oneLine(shownPath(files, one))).join('\n'));
  const paths = linesOf(text);
  const count = fittingLines(paths, frame.room);
  const isCut = found.isCut || count < paths.length;
  return textPiece(
    {
      name,
      kind: 'folder',
      tag: 'folder',
      attributes: attributesOf({ path: shown, files: String(count), ...(isCut && { cut: 'there are more' }) }),
      lines: paths.slice(0, count),
      sources: [],
      replaced,
      notices: isCut ? [`${name} is large: the names of ${count} of its files are sent.`] : [],
    },
    frame,
  );
}

function oneLine(path: string): string {
  return path.replace(/[\r\n\u2028\u2029]/g, '_');
}
