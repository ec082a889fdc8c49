/** The chat's tool that edits: exact replacements, insertions and new files, through the ledger, growing while the model writes. */
import * as z from 'zod';
import { stripControl } from '#shared/control.ts';
import { revealInvisible } from '#shared/invisible.ts';
import type { ToolStep } from '../../ports.ts';
import { defineTool, type Effective, type ToolAnswer, type ToolContext } from '../../tool.ts';
import { plural } from '../reading.ts';
import { type ChatCall, chatCallOf, comingFile, type GrowingCall, growingChatCall } from './chatCalls.ts';
import { answerOf, failure, fateOf, saidByEditor, settled, unknownFate } from './editAnswer.ts';
import { editTool } from './editTool.ts';
import { effectiveEdit } from './effectiveEdit.ts';
import { isAsShown } from './shown.ts';
import { aimAt, beginGroup, beginWork, finishStep, growStep, type Work } from './work.ts';
import { growthOf } from './works.ts';

/** As the model is told of a field. What it really sends is read by `chatCallOf`, which takes it in several spellings. */
const field = (type: string, description: string, more = {}) =>
  z
    .unknown()
    .meta({ type, description, ...more })
    .optional();

const replacement = {
  type: 'object',
  properties: { old_str: { type: 'string' }, new_str: { type: 'string' } },
  required: ['old_str', 'new_str'],
};

const Input = z
  .looseObject({
    command: field('string', 'What to do.', { enum: ['str_replace', 'edits', 'insert', 'create'] }),
    path: field('string', 'The file, below the workspace folder.'),
    old_str: field('string', 'Of str_replace: whole lines that stand exactly once in the file.'),
    new_str: field('string', 'Of str_replace: what stands there instead.'),
    edits: field('array', 'Of edits: replacements in this file, made one after the other.', { items: replacement }),
    insert_line: field('integer', 'Of insert: the line after which the text goes; 0 is the top.'),
    insert_text: field('string', 'Of insert: whole lines.'),
    file_text: field('string', 'Of create: the whole new file.'),
  })
  .meta({ required: ['command', 'path'] });

export const editFile = defineTool<z.infer<typeof Input>>({
  name: editTool.name,
  effect: 'edits',
  description:
    'Changes one text file. `str_replace` replaces the one place where old_str stands by new_str (none: deletes it); copy old_str exactly, with enough lines to be the only place. `edits` makes several replacements in the file at once, `insert` puts text after a line, `create` makes a new file. The result tells what was made, who decides on it and, where nothing was made, what stands there instead.',
  input: Input,
  isExclusive: true,
  async effective(context, input) {
    const call = chatCallOf(input);
    if ('problem' in call) return { impossible: call.problem };
    return effectiveEdit(context, call);
  },
  async run(context, input, effective) {
    const call = chatCallOf(input);
    if ('problem' in call || call.kind === 'view') {
      await drop(context);
      return failure('problem' in call ? call.problem : 'This tool only changes files.');
    }
    return call.kind === 'create' ? created(context, call, effective) : changed(context, call, effective);
  },
  grow: (context, step) => growthOf(context).inTurn(() => grow(context, step)),
  abandon: (context, reason) => drop(context, reason),
});

type Change = Extract<ChatCall, { kind: 'change' }>;
type Creation = Extract<ChatCall, { kind: 'create' }>;

async function grow(context: ToolContext, { state, value }: ToolStep): Promise<void> {
  if (!context.ledger.keepsPending || context.session.mode === 'plan') return;
  const { entry } = growthOf(context);
  if (state === 'invalid' || state === 'cut') {
    await undo(context, entry.work, 'The model did not finish it.');
    entry.work = undefined;
    return;
  }
  const call = state === 'open' ? growingChatCall(value) : wholeOf(chatCallOf(value));
  if (call === undefined) return reportFile(context, value);
  if (!entry.isBegun) {
    entry.isBegun = true;
    const begun = await beginWork(context, call.path);
    entry.work = typeof begun === 'string' ? undefined : begun;
  }
  const { work } = entry;
  if (work === undefined) return;
  const whole = call.isOpen ? call.steps.slice(0, -1) : call.steps;
  for (const one of whole.slice(work.results.length)) await finishStep(context, work, one);
  const last = call.steps.at(-1);
  if (call.isOpen && last !== undefined) await growStep(work, last);
}

/** A new file is made when it is whole, and nobody sees it before: how far it has come is told. */
function reportFile({ report }: ToolContext, value: unknown): void {
  const file = comingFile(value);
  const lines = (file?.text.split('\n').length ?? 0) - 1;
  if (file !== undefined && lines > 0) report(`${inLine(file.path)}, ${plural(lines, 'line')} so far`);
}

/** A path as the model writes it may hold anything (threats S17). */
function inLine(path: string): string {
  return revealInvisible(stripControl(path)).text.replace(/\s+/g, ' ');
}

function wholeOf(call: ReturnType<typeof chatCallOf>): GrowingCall | undefined {
  return 'kind' in call && call.kind === 'change' ? { ...call, isOpen: false } : undefined;
}

async function changed(context: ToolContext, call: Change, effective: Effective): Promise<ToolAnswer> {
  const { ledger, signal, session } = context;
  if (!ledger.keepsPending && !isAsShown(effective.facts, await effectiveEdit(context, call)))
    return failure('The file has changed since this was shown to the developer. Read it and call again.');
  const work = (await growthOf(context).take()) ?? (await beginWork(context, call.path));
  if (typeof work === 'string') return failure(work);
  const { group, results, path } = work;
  try {
    signal.throwIfAborted();
    for (const step of call.steps.slice(results.length)) await finishStep(context, work, step);
    signal.throwIfAborted();
  } catch (error) {
    await undo(context, work, 'It was stopped.');
    throw error;
  }
  const isMade = results.some(({ kind }) => kind === 'done');
  const agreed = effective.mustAsk.length > 0;
  const ended = await group.end(isMade ? { handOver: true, agreed, signal } : { discard: true });
  if (ended.hunks.length > 0) session.changed.add(work.uri);
  await settled(context, ended.hunks);
  return answerOf(context, { path, group: group.id, results, ended });
}

async function created(context: ToolContext, call: Creation, effective: Effective): Promise<ToolAnswer> {
  await drop(context);
  const { signal, session } = context;
  const now = await effectiveEdit(context, call);
  if ('impossible' in now) return failure(now.impossible);
  if (!isAsShown(effective.facts, now)) return failure('This is not what was shown to the developer. Call again.');
  const aim = await aimAt(context, call.path);
  if ('message' in aim) return failure(aim.message);
  const { uri, path } = aim;
  const group = beginGroup(context);
  const problem = group.create(uri, call.text);
  const agreed = effective.mustAsk.length > 0;
  const ended = await group.end(problem === undefined ? { handOver: true, agreed, signal } : { discard: true });
  const failures = problem === undefined ? ended.failures : [problem];
  if (failures.length > 0) return failure(`${path} was not made. ${saidByEditor(failures)}`);
  if (ended.isUnknown) return failure(`Not known: ${path}. ${unknownFate}`);
  session.changed.add(uri);
  await settled(context, ended.hunks);
  return { text: `Made ${path}. ${fateOf(context)}`, isData: false, groups: [group.id] };
}

/** What has grown of the call goes; what the person has made theirs stays. */
async function drop(context: ToolContext, reason = 'It was not finished.'): Promise<void> {
  await undo(context, await growthOf(context).take(), reason);
}

async function undo({ ledger }: ToolContext, work: Work | undefined, reason: string): Promise<void> {
  if (work === undefined) return;
  if (typeof work.growing === 'object') await work.growing.growing.abandon(reason);
  const { hunks } = await work.group.end({ discard: true });
  // Without a reason: that is what a person gives, and the model is told of.
  if (hunks.length > 0) await ledger.settle({ decision: 'reject', which: { kind: 'hunks', ids: [...hunks] } });
}
