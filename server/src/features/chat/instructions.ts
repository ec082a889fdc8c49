/** Instruction files of the project: shown to the person, agreed to by their exact content, and never followed before that (threats S3, S39). */
import { createHash, randomUUID } from 'node:crypto';
import { type Disk, type Entry, type People, Refusal } from '../../ports.ts';
import { shownPath } from '../../tools/paths.ts';
import { attributesOf, staysHere } from './file.ts';
import { type ComposeWorld, type Frame, fittingLines, linesOf, type NotSent, type Piece, textPiece } from './piece.ts';
import { textsSaid } from './said.ts';

export interface InstructionParts extends ComposeWorld {
  /** Gloss's own storage: what was agreed to is never kept in the workspace. */
  readonly disk: Pick<Disk, 'create' | 'read'>;
}

export interface AskedInstructions {
  readonly conversation: string;
  readonly people: Pick<People, 'approve'> | undefined;
  /** What was said so far: what stands there is not sent again. */
  readonly entries: readonly Entry[];
  /** Documents that the question is about: the files of their folders count as well. */
  readonly about: readonly string[];
}

export interface Instructions {
  pieces(asked: AskedInstructions, frame: Frame): Promise<readonly (Piece | NotSent)[]>;
}

const names = ['CLAUDE.md', 'AGENTS.md'];
/** UTF-16 code units. A longer one cannot be read before it is agreed to. */
const longest = 64_000;
const mostFiles = 20;

/** @param refused what the person did not agree to: not asked about again in this session. */
export function createInstructions(world: InstructionParts, refused: Set<string>): Instructions {
  return {
    async pieces({ conversation, people, entries, about }, frame) {
      if (world.trust() !== 'trusted') return [];
      const said = saidIn(entries);
      const seen = new Set<string>();
      const pieces: (Piece | NotSent)[] = [];
      let { room } = frame;
      for (const uri of await filesFor(world, about)) {
        const file = await readFile(world, uri);
        if ('notSent' in file) pieces.push(file);
        // The same rules by another name, such as a link or a copy, are said once.
        if ('notSent' in file || seen.has(file.hash) || said.has(shortOf(file.hash))) continue;
        seen.add(file.hash);
        const piece = await agreedPiece(world, file, { refused, conversation, people, frame: { ...frame, room } });
        if ('attached' in piece) room -= piece.attached.tokens;
        pieces.push(piece);
      }
      return pieces;
    },
  };
}

/** Those of the workspace folders, then those on the way down to what the question is about. */
async function filesFor({ files, settings }: ComposeWorld, about: readonly string[]): Promise<readonly string[]> {
  const roots = files.roots().map((root) => root.replace(/\/$/, ''));
  const folders = [...new Set([...roots, ...about.flatMap((uri) => foldersAbove(uri, roots))])];
  const uris = folders.flatMap((folder) => names.map((name) => `${folder}/${name}`));
  const wanted = await Promise.all(
    uris.map(
      async (uri) => (await files.kind(uri)) === 'file' && (await settings.forDocument(uri)).chat.instructionFiles,
    ),
  );
  return uris.filter((_, index) => wanted[index]).slice(0, mostFiles);
}

function foldersAbove(uri: string, roots: readonly string[]): readonly string[] {
  const root = roots.filter((one) => uri.startsWith(`${one}/`)).sort((one, other) => one.length - other.length)[0];
  if (root === undefined) return [];
  const parts = uri
    .slice(root.length + 1)
    .split('/')
    .slice(0, -1);
  return parts.map((_, index) => `${root}/${parts.slice(0, index + 1).join('/')}`);
}

interface InstructionFile {
  readonly uri: string;
  readonly shown: string;
  /** Where it really is. */
  readonly realPath: string;
  /** Of its content as it is on the disk. */
  readonly hash: string;
  /** As it may leave. Nothing in it is followed: an `@` names no file. */
  readonly text: string;
  readonly replaced: readonly string[];
}

/** From the disk, saved: what was agreed to is what is sent. */
async function readFile(world: ComposeWorld, uri: string): Promise<InstructionFile | NotSent> {
  const shown = shownPath(world.files, uri);
  const { excludedFiles } = await world.settings.forDocument(uri);
  if (!(await world.outgoing.mayLeave(uri, excludedFiles))) return { notSent: staysHere(shown) };
  try {
    const text = await world.files.read(uri);
    const place = world.files.home(uri);
    if (text.length > longest || place === undefined)
      return { notSent: `The instructions in ${shown} are not sent: the file is longer than ${longest} characters.` };
    const realPath = `${place.root}/${place.path}`;
    return { uri, shown, realPath, hash: sha256(text), ...(await world.outgoing.clean(text)) };
  } catch (error) {
    if (error instanceof Refusal) return { notSent: `The instructions in ${shown} are not sent: ${error.message}` };
    throw error;
  }
}

interface Agreeing extends Pick<AskedInstructions, 'conversation' | 'people'> {
  readonly refused: Set<string>;
  readonly frame: Frame;
}

async function agreedPiece(
  world: InstructionParts,
  file: InstructionFile,
  { refused, frame, ...asking }: Agreeing,
): Promise<Piece | NotSent> {
  const { uri, shown, hash } = file;
  const kept = `instructions/${sha256(`${file.realPath}\0${hash}`)}.json`;
  const notSent = `The instructions in ${shown} are not sent: you did not agree to them.`;
  if (refused.has(kept)) return { notSent };
  if ((await world.disk.read(kept)) === undefined) {
    const { people } = asking;
    if (people === undefined)
      return { notSent: `You are asked first whether the instructions in ${shown} are to be followed.` };
    if (!(await agrees(file, { ...asking, people }, frame.signal))) {
      refused.add(kept);
      return { notSent };
    }
    await keep(world, kept, file);
  }
  const all = linesOf(file.text);
  const lines = all.slice(0, fittingLines(all, frame.room));
  return textPiece(
    {
      name: shown,
      kind: 'instructions',
      tag: 'instructions',
      attributes: attributesOf({ path: shown, hash: shortOf(hash) }),
      lines,
      sources: [{ uri, firstLine: 0, lastLine: Math.max(0, lines.length - 1), part: 'instructions' }],
      replaced: file.replaced,
      notices: lines.length < all.length ? [`${shown} is long: its first ${lines.length} lines are sent.`] : [],
    },
    frame,
  );
}

async function agrees(
  { shown, realPath, text, hash }: InstructionFile,
  { conversation, people }: { readonly conversation: string; readonly people: Pick<People, 'approve'> },
  signal: AbortSignal,
): Promise<boolean> {
  // Another one for each question: an answer to the last one is none to this.
  const bound = sha256(`${randomUUID()}\0${realPath}\0${hash}\0${text}`);
  const answer = await people.approve(
    {
      conversation,
      call: `instructions-${shortOf(hash)}`,
      title: `Follow the project instructions in ${shown}`,
      facts: [
        { name: 'File', value: realPath },
        { name: 'Instructions', value: text },
      ],
      because: [
        'The file is new to Gloss, or has changed since you agreed to it.',
        'Claude follows what it says. Agreeing counts for exactly this content.',
      ],
      maySession: false,
      isBefore: true,
      hash: bound,
    },
    signal,
  );
  return answer.decision !== 'deny' && answer.hash === bound;
}

/** It was agreed to, whether or not that can be remembered: then it is asked again another time. */
async function keep({ disk, log }: InstructionParts, name: string, { realPath, hash }: InstructionFile): Promise<void> {
  await disk.create(name, `${JSON.stringify({ path: realPath, hash })}\n`).catch((error: unknown) => {
    if (!(error instanceof Refusal)) throw error;
    if (error.kind !== 'exists') log.warn(`that instructions were agreed to is not remembered: ${error.message}`);
  });
}

/** Which instructions the model has been told, by what they say. */
function saidIn(entries: readonly Entry[]): ReadonlySet<string> {
  return new Set(textsSaid(entries).flatMap((text) => beginning.exec(text)?.[1] ?? []));
}

const beginning = /^<instructions path="[^"]*" hash="([0-9a-f]{16})" id="/;

function shortOf(hash: string): string {
  return hash.slice(0, 16);
}

function sha256(text: string): string {
  return createHash('sha256').update(text).digest('hex');
}
