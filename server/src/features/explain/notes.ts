/** Line notes: short notes beside the lines that matter, each on a line that reads as the model quotes it. */
import { createHash, randomUUID } from 'node:crypto';
import type { Annotated, AnnotateParams } from '#shared/explanations.ts';
import type { Range } from '#shared/place.ts';
import type { Settings } from '#shared/settings.ts';
import type { Usage } from '#shared/usage.ts';
import type { Answer, Context, ExplanationRecord, LineNote, Snapshot } from '../../ports.ts';
import { type Complete, gather } from './gather.ts';
import { inTurn } from './inTurn.ts';
import { keep } from './keep.ts';
import type { Material } from './material.ts';
import { type NotesWording, notesPrompt, notesVersion } from './notesPrompt.ts';
import { type Noted, notesIn } from './notesReply.ts';
import { isWhole } from './record.ts';
import { textOf } from './reply.ts';

type NotesContext = Pick<
  Context,
  'outgoing' | 'documents' | 'providers' | 'files' | 'settings' | 'explanations' | 'locale' | 'signal' | 'trust'
>;

/**
 * Puts notes beside the lines of a range, or brings those back that the store has for the same code.
 * @throws Refusal when there is nothing to annotate or it must not leave; ClaudeError when the service fails.
 */
export async function runAnnotate(
  context: NotesContext,
  { uri, range, version, fresh }: AnnotateParams,
): Promise<Annotated> {
  const askedAt = new Date().toISOString();
  const settings = await context.settings.forDocument(uri);
  const { excludedFiles } = settings;
  const snapshot = context.documents.get(uri);
  const asked = { uri, range, level: 'normal', ...(version === undefined ? {} : { version }) } as const;
  const { material, complete } = await gather(context, asked, settings);
  const wording = wordingFor(material, settings, context.locale);
  const demo = (await context.outgoing.isDemo(context.signal)) === true;
  const target: Target = { uri, material, wording, demo, snapshot, key: keyOf(material, wording, demo) };
  return inTurn(context.explanations, `${uri} ${target.key}`, context.signal, async () => {
    const known = await knownNotes(context, target, excludedFiles, fresh === true ? askedAt : '');
    return known === undefined
      ? ask(context, target, await complete(), excludedFiles)
      : broughtBack(context, known, target);
  });
}

/** What is annotated, and in which words that is asked for. */
interface Target {
  readonly uri: string;
  readonly material: Material;
  readonly wording: NotesWording;
  readonly demo: boolean;
  /** The document that the material was taken from, where it is open. */
  readonly snapshot: Snapshot | undefined;
  readonly key: string;
}

/** What must stay here is refused as ever, also where the store has an answer. */
async function knownNotes(
  { explanations, outgoing }: NotesContext,
  { uri, key }: Target,
  excludedFiles: readonly string[],
  since: string,
): Promise<ExplanationRecord | undefined> {
  const known = await explanations.answerTo(uri, key);
  if (known?.kind !== 'notes' || known.at <= since) return undefined;
  return (await outgoing.mayLeave(uri, excludedFiles)) ? known : undefined;
}

function wordingFor({ code }: Material, { explain }: Settings, locale: string): NotesWording {
  const { model, language, audience } = explain;
  const lines = code.split('\n').filter((line) => line.trim() !== '').length;
  const most = Math.min(mostNotes, Math.ceil(lines / linesForEach) + 1);
  return { model, audience, language: language || locale, most };
}

const mostNotes = 30;
/** So many lines of code for each note: more would be noise. */
const linesForEach = 3;

/** Names what the notes answer: the same code, asked of the same model in the same words. The demo's words stand for no model's. */
function keyOf({ code, languageId }: Material, { model, language, audience }: NotesWording, demo: boolean): string {
  const parts = ['notes', notesVersion, model, language, audience, demo, languageId, code];
  return createHash('sha256').update(JSON.stringify(parts)).digest('hex');
}

async function ask(
  context: NotesContext,
  target: Target,
  around: Complete,
  excludedFiles: readonly string[],
): Promise<Annotated> {
  const { documents, sources, replaced } = around;
  const request = notesPrompt(documents, target.wording);
  const asked = { purpose: 'Line notes', request, sources, replaced, context: around.context, excludedFiles };
  const answer = await context.outgoing.ask(asked, {}, context.signal);
  const code = documents.findLast(({ part }) => part === 'code');
  const noted = notesIn(textOf(answer.message), code?.lines ?? [], target.wording.most);
  const record = recordOf(target, notesOf(noted, target.material), { request, sources, answer });
  const trouble = record.notes.length === 0 ? [] : await keepAlone(context, record);
  return annotated(answer, { record, noted, around, trouble });
}

interface Asked {
  readonly request: ExplanationRecord['conversation'];
  readonly sources: ExplanationRecord['sources'];
  readonly answer: Answer;
}

/** What broke off before its end is there for now, and answers nothing later. */
function recordOf(
  { uri, material, snapshot, key }: Target,
  notes: readonly LineNote[],
  { request, sources, answer }: Asked,
): ExplanationRecord {
  const { languageId, symbol, code, range } = material;
  return {
    ...{ id: randomUUID(), uri, kind: 'notes', level: 'normal', languageId, code, range },
    ...(symbol === undefined ? {} : { symbol }),
    ...versionOf(snapshot),
    ...{ key: isWhole(answer) ? key : '', at: new Date().toISOString(), turns: [], notes },
    ...{ quotes: {}, conversation: request, sources },
  };
}

/** From the document's lines to those of the record. */
function notesOf({ notes }: Noted, { code, firstLine }: Material): readonly LineNote[] {
  const lines = code.split(/\r\n|\n|\r/);
  return notes.map(({ line, text }) => ({
    line: line - firstLine,
    quote: (lines[line - firstLine] ?? '').trim(),
    text,
  }));
}

function versionOf(snapshot: Snapshot | undefined): Pick<ExplanationRecord, 'version'> {
  return snapshot === undefined ? {} : { version: snapshot.version };
}

/** Keeps the notes, and takes earlier ones of the same lines away. */
async function keepAlone({ explanations }: NotesContext, record: ExplanationRecord): Promise<readonly string[]> {
  const earlier = explanations
    .of(record.uri)
    .filter(({ id, kind, range }) => kind === 'notes' && id !== record.id && overlaps(range, record.range));
  const notices = await keep(explanations, record);
  if (earlier.length > 0) await explanations.dismiss(earlier.map(({ id }) => id));
  return notices;
}

function overlaps(one: Range, other: Range): boolean {
  return one.start.line <= other.end.line && other.start.line <= one.end.line;
}

/** The notes may have been dismissed, and the same code may stand twice: the other place keeps its own. */
async function broughtBack(
  context: NotesContext,
  known: ExplanationRecord,
  { material: { code, range }, snapshot, demo }: Target,
): Promise<Annotated> {
  const there = context.explanations.summary(known.id);
  const isElsewhere = there !== undefined && there.state !== 'gone' && there.range.start.line !== range.start.line;
  const id = isElsewhere ? randomUUID() : known.id;
  const { version: _, ...kept } = known;
  const notices = await keepAlone(context, { ...kept, id, code, range, ...versionOf(snapshot) });
  return {
    ...{ id, notes: known.notes.length, dropped: 0, model: known.conversation.model, usage: nothing },
    ...{ demo, stored: known.at, notices: [...notices] },
  };
}

const nothing: Usage = { inputTokens: 0, outputTokens: 0, cacheReadTokens: 0, cacheWriteTokens: 0, price: 0 };

interface Ended {
  readonly record: ExplanationRecord;
  readonly noted: Noted;
  readonly around: Complete;
  readonly trouble: readonly string[];
}

function annotated(
  { message, usage, receipt, demo, notices }: Answer,
  { record, noted, around, trouble }: Ended,
): Annotated {
  const { dropped } = noted;
  const count = record.notes.length;
  return {
    ...(count === 0 ? {} : { id: record.id }),
    ...{ notes: count, dropped, model: message.model, usage, receipt, demo },
    notices: [...notices, ...around.notices, ...noticesOf(message.stop_reason, count + dropped), ...trouble],
  };
}

function noticesOf(reason: string | null | undefined, written: number): readonly string[] {
  if (reason === 'refusal')
    return ['The model declined to annotate this code. Another model may: see the setting gloss.explain.model.'];
  if (reason === 'max_tokens' || reason === 'model_context_window_exceeded')
    return ['The notes were cut at the length limit. Select fewer lines for all of them.'];
  return written === 0 ? ['The model wrote no notes for this code.'] : [];
}
