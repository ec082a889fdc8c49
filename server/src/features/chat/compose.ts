/** Puts a question together: its words, what they mention, and the project's instructions, all as it may leave. */
import type { ComposedTurn } from '../../chat.ts';
import type { UserBlock } from '../../claude/index.ts';
import { type Cleaned, Refusal } from '../../ports.ts';
import { estimatedTokens } from '../../text/tokens.ts';
import { shownPath } from '../../tools/paths.ts';
import { filePiece, mediaPiece, pathPiece } from './file.ts';
import type { Instructions } from './instructions.ts';
import { largestMedia } from './media.ts';
import { type Mention, mentionsIn } from './mentions.ts';
import type { ComposeContext, ComposeParams } from './params.ts';
import type { ComposeWorld, Frame, NotSent, Piece } from './piece.ts';
import { createPieces } from './pieces.ts';
import { changesPieces, noPlace, problemsPiece, selectionPiece, terminalPiece } from './places.ts';
import { roomFor } from './room.ts';
import type { Spoken } from './spoken.ts';
import { dateBlocks, editorBlocks } from './surroundings.ts';
import { symbolPieces } from './symbol.ts';

/** Base64 characters of all pictures and PDFs of a question: a request may have 32 MB. */
const mostMedia = 20_000_000;
/** So many blocks are looked through for what the service has kept: more become one. */
const mostBlocks = 12;

export interface ComposeParts {
  readonly world: ComposeWorld;
  readonly instructions: Instructions;
  now(): Date;
}

/** @throws Refusal when there is nothing to ask, or too much. */
export async function composeTurn(
  { world, instructions, now }: ComposeParts,
  spoken: Spoken,
  params: ComposeParams,
  context: ComposeContext,
): Promise<ComposedTurn> {
  const typed = await world.outgoing.clean(params.text);
  const words = await world.outgoing.clean(spoken.words);
  if (spoken.command !== undefined) return withoutParts(typed.text, words, spoken.command);
  const settings = await world.settings.forDocument(params.active ?? world.files.roots()[0] ?? '');
  const mentions = await cleanMentions(world, mentionsIn(spoken.words));
  const pieces = createPieces(roomFor(context.model ?? settings.chat.model), context.signal);
  for (const mention of mentions) await pieces.add((frame) => mentioned(world, mention, params, frame));
  for (const kind of spoken.along) await pieces.add((frame) => implied(world, kind, params, frame));
  const isAlong = pieces.all().some(({ attached }) => attached.kind === 'selection');
  if (params.withSelection === true && params.selection !== undefined && !isAlong)
    await pieces.add(async (frame) => [await selectionPiece(world, params, frame)]);
  for (const media of params.media ?? []) await pieces.add(async () => [given(media)]);
  const about = [...(params.active === undefined ? [] : [params.active]), ...pieces.uris()];
  const rules = createPieces(pieces.room(), context.signal, pieces.delimiter);
  await rules.add((frame) => instructions.pieces({ ...context, about }, frame));
  const all = [...rules.all(), ...pieces.all()];
  if (words.text.trim() === '' && all.length === 0) throw new Refusal('Write a question first.', 'empty');
  refuseTooMuchMedia(all);
  const text = words.text.trim() === '' ? 'See what goes along.' : words.text;
  const editor = await editorBlocks(world, params, pieces.delimiter);
  const content: readonly UserBlock[] = [
    ...dateBlocks(now(), context.entries),
    ...joined(all.flatMap(({ blocks }) => blocks)),
    ...editor,
    { type: 'text', text },
  ];
  return {
    text: typed.text,
    content,
    attached: all.map(({ attached }) => attached),
    sources: all.flatMap(({ attached }) => attached.sources),
    replaced: [...new Set([...words.replaced, ...all.flatMap(({ replaced }) => replaced)])],
    tokens: all.reduce((sum, { attached }) => sum + attached.tokens, estimatedTokens(text)),
    notices: await cleanTexts(world, [...spoken.notices, ...rules.notices(), ...pieces.notices()]),
    isData: all.length > 0 || editor.length > 0 || spoken.isData,
  };
}

/** Read as they are written, and called as they may leave. */
function cleanMentions(world: ComposeWorld, mentions: readonly Mention[]): Promise<readonly Mention[]> {
  return Promise.all(
    mentions.map(async (mention) => ({ ...mention, written: (await world.outgoing.clean(mention.written)).text })),
  );
}

function cleanTexts({ outgoing }: ComposeWorld, texts: readonly string[]): Promise<readonly string[]> {
  return Promise.all(texts.map(async (text) => (await outgoing.clean(text)).text));
}

/** `/compact` asks nothing, so nothing goes along. */
function withoutParts(
  text: string,
  { text: words, replaced }: Cleaned,
  command: NonNullable<Spoken['command']>,
): ComposedTurn {
  const content = words === '' ? [] : [{ type: 'text', text: words } as const];
  return { text, content, attached: [], sources: [], replaced, tokens: estimatedTokens(words), isData: false, command };
}

async function mentioned(
  world: ComposeWorld,
  { written, meant }: Mention,
  params: ComposeParams,
  frame: Frame,
): Promise<readonly (Piece | NotSent)[]> {
  switch (meant.kind) {
    case 'path':
      return [await pathPiece(world, { ...meant, name: written }, frame)];
    case 'symbol':
      return symbolPieces(world, { ...meant, written }, params.active, frame);
    case 'selection':
      return [await selectionPiece(world, params, frame)];
    case 'terminal':
      return [await terminalPiece(world, params.terminal, frame)];
    case 'problems':
      return [await problemsPiece(world, params.active, frame)];
    case 'changes':
      return changesPieces(world, params.changes, frame);
  }
}

/** What a command is about when its words mention nothing. */
async function implied(
  world: ComposeWorld,
  kind: Spoken['along'][number],
  params: ComposeParams,
  frame: Frame,
): Promise<readonly (Piece | NotSent)[]> {
  const { active, selection } = params;
  switch (kind) {
    case 'place':
      if (selection !== undefined) return [await selectionPiece(world, params, frame)];
      return active === undefined
        ? [{ notSent: noPlace }]
        : [await filePiece(world, active, { name: shownPath(world.files, active) }, frame)];
    case 'problems':
      return [unwritten(await problemsPiece(world, active, frame))];
    case 'changes':
      return (await changesPieces(world, params.changes, frame)).map(unwritten);
  }
}

/** Nobody wrote the mention, so its name was not sent as text either. */
function unwritten(made: Piece | NotSent): Piece | NotSent {
  if (!('notSent' in made)) return made;
  return { notSent: made.notSent.replace(/^@(\w+) is sent as text alone/, 'No $1 went along') };
}

/** What was pasted or dropped. */
function given({ name, base64 }: NonNullable<ComposeParams['media']>[number]): Piece | NotSent {
  if (base64.length > Math.ceil(largestMedia / 3) * 4 + 4) return { notSent: `${name} is not sent: it is too large.` };
  return mediaPiece(name, name, undefined, Buffer.from(base64, 'base64'));
}

function refuseTooMuchMedia(pieces: readonly Piece[]): void {
  const media = pieces.flatMap(({ blocks }) => blocks).map(base64Of);
  if (media.reduce((sum, length) => sum + length, 0) > mostMedia)
    throw new Refusal(
      'The pictures and PDFs are too large together. Send some of them with another question.',
      'tooLarge',
    );
}

function base64Of(block: UserBlock): number {
  const isMedia = block.type === 'image' || block.type === 'document';
  return isMedia && block.source.type === 'base64' ? block.source.data.length : 0;
}

/** Many blocks of text become one. The rules of the project stand first, each for itself: they are looked for later. */
function joined(blocks: readonly UserBlock[]): readonly UserBlock[] {
  if (blocks.length <= mostBlocks) return blocks;
  const isData = (block: UserBlock) => block.type === 'text' && !block.text.startsWith('<instructions ');
  const text = blocks.flatMap((block) => (block.type === 'text' && isData(block) ? block.text : [])).join('\n\n');
  return [...blocks.filter((block) => !isData(block)), { type: 'text', text }];
}
