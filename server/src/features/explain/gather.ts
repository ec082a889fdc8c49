/** Gathers what an explanation is asked with: the material of its subject, and what stands around that and helps to read it. */
import { type ExplainParams, type Level, terminalUri } from '#shared/explain.ts';
import type { Settings } from '#shared/settings.ts';
import type { CodeSymbol } from '#shared/symbols.ts';
import { type Context, type CountedContext, Refusal, type Source } from '../../ports.ts';
import { outlineOf } from '../../text/outline.ts';
import { symbolsOf } from '../../tools/symbolsOf.ts';
import { budgets, tokensForCode, tokensOfDocuments, tokensOfParts } from './budget.ts';
import { cleanLines } from './cleanLines.ts';
import { cleanMaterial } from './cleanMaterial.ts';
import { type MaterialDocument, sourcesOf } from './documents.ts';
import { cutNotice } from './leftOut.ts';
import { type Material, type MaterialSource, materialOf, readLines } from './material.ts';
import { cleanProblems } from './problems.ts';
import { changeMaterial, fileMaterial, problemMaterial, terminalMaterial } from './subjects.ts';
import { type Lookups, startLookups, surroundings } from './surroundings.ts';
import { plainText } from './terminal.ts';

export type GatherContext = Pick<Context, 'outgoing' | 'documents' | 'providers' | 'files' | 'trust'>;

export interface Gathered {
  /** What is explained. Its documents are not cleaned yet. */
  readonly material: Material;
  /** The rest: waits for the editor's providers, cleans, and keeps within the budget. Not needed where the store has an answer. */
  complete(): Promise<Complete>;
}

export interface Complete {
  /** As they may leave: what stands around the code first, the code last. */
  readonly documents: readonly MaterialDocument[];
  readonly sources: readonly Source[];
  /** What was replaced, a line each. */
  readonly replaced: readonly string[];
  /** Estimated tokens of the documents. */
  readonly context: CountedContext;
  /** What was left out, for the person. */
  readonly notices: readonly string[];
}

/** Longer documents are not read at all, in UTF-16 code units. */
const longestDocument = 20_000_000;
/** Longer ones are not outlined before the editor was asked for symbols. */
const soonOutlined = 400_000;

/** @throws Refusal when there is nothing to explain, the document has moved on, or is not there. */
export async function gather(context: GatherContext, params: ExplainParams, settings: Settings): Promise<Gathered> {
  const { subject, level } = params;
  if (subject?.kind === 'terminal') {
    const { text, replaced } = await context.outgoing.clean(plainText(subject.text));
    const material = terminalMaterial(terminalUri, text, budgets[level]);
    return {
      material,
      complete: async () => completed(material, material.documents, { level, replaced, notices: [] }),
    };
  }
  const source = await sourceOf(context, params);
  const { asked, replaced } = await cleanSubject(context.outgoing, params);
  const outline = source.text.length > soonOutlined ? [] : outlineOf(source.text, source.languageId);
  // What is asked of the editor is asked at once: none of it delays the first words by more than its own patience.
  const early = soonMaterial(source, outline, asked);
  const lookups = early === undefined ? undefined : startLookups(context, source, early);
  const symbols = await symbolsFor(context, source, outline);
  const material = subjectMaterial(source, symbols, asked);
  const whole = { source, symbols, material, replaced, excludedFiles: settings.excludedFiles };
  return {
    material,
    complete: () => complete(context, params, whole, lookups ?? startLookups(context, source, material)),
  };
}

interface Whole {
  readonly source: MaterialSource;
  readonly symbols: readonly CodeSymbol[];
  readonly material: Material;
  /** What was replaced in the subject, before its material was made. */
  readonly replaced: readonly string[];
  readonly excludedFiles: readonly string[];
}

async function complete(
  { outgoing, ...context }: GatherContext,
  { level, subject }: ExplainParams,
  whole: Whole,
  lookups: Lookups,
): Promise<Complete> {
  const { source, material } = whole;
  const before = await cleanBefore(outgoing, subject?.kind === 'change' ? subject.before : '', material);
  const own = await cleanMaterial({ ...material, documents: before.documents }, source.text, outgoing.clean);
  const problem = subject?.kind === 'problem' ? subject.problem : undefined;
  const found = await surroundings({ outgoing, ...context }, { ...whole, own: own.documents, lookups, level, problem });
  const replaced = [...whole.replaced, ...before.replaced, ...own.replaced, ...found.replaced];
  return completed(material, found.documents, { level, replaced, notices: found.notices });
}

interface Rest {
  readonly level: Level;
  readonly replaced: readonly string[];
  readonly notices: readonly string[];
}

function completed(
  material: Material,
  documents: readonly MaterialDocument[],
  { level, replaced, notices }: Rest,
): Complete {
  return {
    documents,
    sources: sourcesOf(documents),
    replaced: [...new Set(replaced)],
    context: {
      tokens: tokensOfDocuments(documents),
      budget: budgets[level],
      parts: tokensOfParts(documents),
    },
    notices: [...(material.isCut ? [cutNotice(material)] : []), ...notices],
  };
}

/** A problem's message is cut where it is long: what is in it is known only before that. */
async function cleanSubject(
  { clean }: GatherContext['outgoing'],
  params: ExplainParams,
): Promise<{ readonly asked: ExplainParams; readonly replaced: readonly string[] }> {
  if (params.subject?.kind !== 'problem') return { asked: params, replaced: [] };
  const { problems, replaced } = await cleanProblems([params.subject.problem], clean);
  const [problem = params.subject.problem] = problems;
  return { asked: { ...params, subject: { kind: 'problem', problem } }, replaced };
}

/** The earlier lines of a change, cleaned where they stood. */
async function cleanBefore(
  { clean }: GatherContext['outgoing'],
  before: string,
  { documents }: Material,
): Promise<{ readonly documents: readonly MaterialDocument[]; readonly replaced: readonly string[] }> {
  const old = documents.find(({ part }) => part === 'before');
  if (old === undefined) return { documents, replaced: [] };
  const numbers = old.lines.map(({ line }) => line);
  const { lines, replaced } = await cleanLines(readLines(before).lines, numbers, clean);
  const cleaned = { ...old, lines: old.lines.map((line, index) => ({ ...line, text: lines[index]?.text ?? '' })) };
  return { documents: documents.map((each) => (each === old ? cleaned : each)), replaced };
}

function subjectMaterial(
  source: MaterialSource,
  symbols: readonly CodeSymbol[],
  { subject, range, level }: ExplainParams,
): Material {
  const room = tokensForCode(level);
  switch (subject?.kind) {
    case 'problem':
      return problemMaterial(source, symbols, subject.problem, room);
    case 'change':
      return changeMaterial(source, symbols, { before: subject.before, range, room });
    case 'file':
      return fileMaterial(source, symbols, room);
    case 'terminal':
    case undefined:
      return materialOf(source, symbols, range, room);
  }
}

/** By the outline alone; undefined where that does not tell which code is meant, or there is none. */
function soonMaterial(
  source: MaterialSource,
  outline: readonly CodeSymbol[],
  params: ExplainParams,
): Material | undefined {
  const { start, end } = params.range;
  const isEmpty = start.line === end.line && start.character === end.character;
  if (isEmpty && outline.length === 0) return undefined;
  try {
    return subjectMaterial(source, outline, params);
  } catch (error) {
    // It is refused again, and then told, when the symbols are there.
    if (error instanceof Refusal) return undefined;
    throw error;
  }
}

/** The editor's symbols where it has some, else the outline. */
async function symbolsFor(
  context: GatherContext,
  source: MaterialSource,
  outline: readonly CodeSymbol[],
): Promise<readonly CodeSymbol[]> {
  if (outline.length === 0) return symbolsOf(context, source);
  const symbols = await context.providers.symbols(source.uri);
  return symbols !== undefined && symbols.length > 0 ? symbols : outline;
}

async function sourceOf(context: GatherContext, { uri, version }: ExplainParams): Promise<MaterialSource> {
  const open = context.documents.get(uri);
  if (open !== undefined && version !== undefined && version !== open.version)
    throw new Refusal('The document has changed meanwhile. Select the code again.', 'changed', ['retry']);
  const title = context.files.home(uri)?.path ?? nameOf(uri);
  const document = open ?? (await fromDisk(context, uri));
  if (document.text.length > longestDocument)
    throw new Refusal(
      'This file is too large to explain. Copy the part that you mean into a file of its own.',
      'tooLarge',
    );
  return { ...document, title };
}

/** A file that the editor has not open: read only where the editor said that the workspace is trusted. */
async function fromDisk(context: GatherContext, uri: string): Promise<Omit<MaterialSource, 'title'>> {
  if (context.trust() !== 'trusted') throw new Refusal('Open the file in the editor first.', 'notOpen');
  return { uri, languageId: uri.slice(uri.lastIndexOf('.') + 1), text: await context.files.read(uri) };
}

function nameOf(uri: string): string {
  const path = URL.canParse(uri) ? new URL(uri).pathname : uri;
  return path.slice(path.lastIndexOf('/') + 1);
}
