/** The edits of one call on their way into a document: what has grown of them, and what came of each. */
import type { EditGroup, Ledger } from '../../editing.ts';
import { Refusal, type Source } from '../../ports.ts';
import { findOld } from '../../text/findOld.ts';
import type { ToolContext } from '../../tool.ts';
import { meantBy } from '../paths.ts';
import type { Step } from './calls.ts';
import { type LateRestorer, lateRestorer } from './lateRestorer.ts';
import { ended, type Started, start, unwritable } from './places.ts';
import { strangerIn } from './secrets.ts';

export interface StepResult {
  /** `stopped`: the person has taken over. */
  readonly kind: 'done' | 'failed' | 'stopped';
  /** Nothing where it is done. */
  readonly text: string;
  /** Lines that the text quotes. */
  readonly sources?: readonly Source[];
  readonly replaced?: readonly string[];
}

export interface Work {
  readonly group: EditGroup;
  readonly uri: string;
  /** As the model is told of it. */
  readonly path: string;
  readonly before: string;
  readonly restorer: LateRestorer;
  /** Of the first steps, in their order. */
  readonly results: StepResult[];
  /** The step behind them, while its text comes; `refused` when it found no place. */
  growing: Started | 'refused' | undefined;
}

export type EditContext = Pick<ToolContext, 'ledger' | 'documents' | 'files' | 'outgoing' | 'settings' | 'session'>;

/** A file that a call is about, and the text that it has. */
export interface Aim {
  readonly uri: string;
  readonly path: string;
  /** Undefined where there is no such file. */
  readonly text: string | undefined;
}

/** Changes nothing. @returns a message for the model where the path names no file that may be looked at. */
export async function aimAt(context: EditContext, asked: string): Promise<Aim | { readonly message: string }> {
  const meant = await meantBy(context, asked);
  if ('impossible' in meant) return { message: meant.impossible };
  const { uri, shown: path, kind } = meant;
  const judgement = context.ledger.judge(uri, '', '');
  if (judgement.kind === 'refuse') return { message: `${path} is never changed here. ${judgement.reasons.join(' ')}` };
  const open = context.documents.get(uri);
  if (open !== undefined) return { uri, path, text: open.text };
  if (kind === undefined) return { uri, path, text: undefined };
  if (kind !== 'file')
    return { message: `${path} is ${kind === 'folder' ? 'a folder' : 'no regular file'}. Name a file.` };
  try {
    return { uri, path, text: await context.files.read(uri) };
  } catch (error) {
    if (error instanceof Refusal) return { message: error.message };
    throw error;
  }
}

/** What must not leave is not changed either: that an edit finds its place tells what is there (threats S12). */
export async function whyClosed({ outgoing, settings }: EditContext, { uri, path }: Aim): Promise<string | undefined> {
  const { excludedFiles } = await settings.forDocument(uri);
  if (await outgoing.mayLeave(uri, excludedFiles)) return undefined;
  return `${path} may not be read or changed: the developer's settings or ignore files exclude it, or it holds secrets.`;
}

export function beginGroup({ ledger, session }: Pick<EditContext, 'ledger' | 'session'>): ReturnType<Ledger['begin']> {
  return ledger.begin({ action: 'chat', title: session.title.slice(0, longestTitle) }, false);
}

const longestTitle = 200;

/** @returns a message for the model where the file cannot be changed. */
export async function beginWork(context: EditContext, asked: string): Promise<Work | string> {
  const aim = await aimAt(context, asked);
  if ('message' in aim) return aim.message;
  if (aim.text === undefined) return missing(aim.path);
  const closed = await whyClosed(context, aim);
  if (closed !== undefined) return closed;
  const { uri, path } = aim;
  const group = beginGroup(context);
  const refusal = await group.open(uri);
  if (refusal !== undefined) {
    await group.end({ discard: true });
    return `${path} cannot be changed. The editor says: ${refusal}`;
  }
  const before = group.text(uri) ?? '';
  const restorer = lateRestorer(before, (text) => context.outgoing.clean(text));
  return { group, uri, path, before, restorer, results: [], growing: undefined };
}

export function missing(path: string): string {
  return `There is no file ${path}. Look for it with the tools that list and search, or make it with create.`;
}

/** The text of a step as far as it has come. */
export async function growStep(work: Work, step: Step): Promise<void> {
  await work.restorer.ready(wordsOf(step));
  if (work.growing === undefined) {
    const started = start(work, step);
    work.growing = typeof started === 'string' ? 'refused' : started;
  }
  if (work.growing !== 'refused') work.growing.feed.upTo(step.text);
}

/** The step is whole; its result goes to the others. */
export async function finishStep(context: EditContext, work: Work, step: Step): Promise<void> {
  const growing = work.growing === 'refused' ? undefined : work.growing;
  work.growing = undefined;
  work.results.push(await finished(context, work, step, growing));
}

async function finished(
  context: EditContext,
  work: Work,
  step: Step,
  growing: Started | undefined,
): Promise<StepResult> {
  await work.restorer.ready(wordsOf(step));
  const before = growing?.before ?? work.group.text(work.uri) ?? '';
  const stranger = strangerIn(work.restorer, step.text, before);
  const problem = unwritable(step.text, before, work.restorer) ?? (stranger && strange(stranger));
  if (problem !== undefined && problem !== '') {
    await growing?.growing.abandon(problem.reason);
    return { kind: 'failed', text: problem.message };
  }
  const started = growing ?? start(work, step);
  if (typeof started === 'string') return noPlace(context, work, step, started);
  const stopped = await ended(started, step.text);
  return stopped === undefined ? { kind: 'done', text: '' } : { kind: 'stopped', text: stopped };
}

function strange(mark: string) {
  return {
    message: `${mark} stands for a secret of another file, which cannot be written here.`,
    reason: 'It would have written a placeholder for a secret.',
  };
}

/** What stands there instead is told from the text as it may leave. */
async function noPlace(
  { outgoing }: EditContext,
  { group, uri, path }: Work,
  step: Step,
  problem: string,
): Promise<StepResult> {
  if (step.command === 'insert') return { kind: 'failed', text: problem };
  if ((group.text(uri) ?? '').length > longestQuoted) return { kind: 'failed', text: tooLong(path) };
  const { text, replaced } = await outgoing.clean(group.text(uri) ?? '');
  const place = findOld(text, step.old);
  if (place.kind === 'found') return { kind: 'failed', text: `old_str was not found in ${path}. Read it again.` };
  const sources = place.lines.map(({ from, to }) => ({ uri, firstLine: from - 1, lastLine: to - 1, part: 'code' }));
  const isQuoting = sources.length > 0 && place.kind === 'notFound';
  const told: StepResult = { kind: 'failed', text: `old_str in ${path}: ${place.message}.` };
  return isQuoting ? { ...told, sources, replaced } : told;
}

/** Characters. The whole of a longer text is not cleaned for a few lines of it: that takes a second for ten megabytes. */
const longestQuoted = 2_000_000;

function tooLong(path: string): string {
  return `old_str in ${path}: it does not stand there exactly once. The file is too large to say what is closest: search for a line of it, and read around that.`;
}

function wordsOf(step: Step): string {
  return step.command === 'insert' ? step.text : `${step.old}\n${step.text}`;
}
