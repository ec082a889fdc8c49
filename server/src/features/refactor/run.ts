/** Changes code: from a place and a wish to hunks that await the person. */
import { randomUUID } from 'node:crypto';
import type { EditParams, EditResult } from '#shared/edits.ts';
import { safeMarkdown } from '#shared/markdown.ts';
import type { Usage } from '#shared/usage.ts';
import type { Message, MessageRequest } from '../../claude/index.ts';
import type { EndedGroup, WholeEdit } from '../../editing.ts';
import { type Answer, Refusal } from '../../ports.ts';
import { type CallResult, createEditCalls } from '../../tools/edit/editCalls.ts';
import { actionFor, type EditAction, instructAction } from './actions.ts';
import { ask } from './ask.ts';
import { extractByProvider } from './extract.ts';
import { type Gathered, gather } from './gather.ts';
import { editPrompt } from './prompt.ts';
import { renameByProvider } from './rename.ts';
import type { Done, EditContext, Task } from './task.ts';

export interface Edited {
  readonly result: EditResult;
  /** For an editor that applies whole edits itself. */
  readonly whole: WholeEdit | undefined;
}

/** A model that gets it wrong may try again so often. */
const mostRounds = 4;

/**
 * Runs an action.
 * @param whole nothing goes into a buffer: the edit comes back whole.
 * @throws Refusal when there is nothing to change or it must not leave; ClaudeError when the service fails.
 */
export async function runEdit(context: EditContext, given: EditParams, whole: boolean): Promise<Edited> {
  const { params, before } = await withRetry(context, given);
  const action = await actionFor(context, params);
  const settings = await context.settings.forDocument(params.uri);
  const gathered = await gather(context, params);
  const origin = { action: action.id, title: titleOf(action, params), ...instructionOf(params) };
  const group = context.ledger.begin(origin, whole);
  try {
    return await run(context, { params, before, action, settings, gathered, group });
  } catch (error) {
    // What is not in its document yet is not done, and nobody is asked about it.
    await group.end({ discard: true });
    throw error;
  }
}

interface Prepared extends Pick<Task, 'params' | 'action' | 'settings' | 'gathered' | 'group'> {
  readonly before: string | undefined;
}

async function run(
  context: EditContext,
  { params, before, action, settings, gathered, group }: Prepared,
): Promise<Edited> {
  const refusal = await group.open(params.uri);
  if (refusal !== undefined) throw new Refusal(refusal, 'notEditable');
  const task: Task = {
    context,
    action,
    params,
    gathered,
    group,
    settings,
    wording: {
      action,
      ...instructionOf(params),
      ...explanationOf(params),
      ...beforeOf(before ?? context.ledger.rejections(params.uri, gathered.meant)),
      model: settings.edit.model,
      language: settings.explain.language || context.locale,
      delimiter: randomUUID().slice(0, 8),
    },
  };
  const byProvider =
    action.id === 'rename' ? renameByProvider : action.id === 'extract' ? extractByProvider : undefined;
  const provided = await byProvider?.(task);
  const { answers, ended, failures } = provided ?? (await byModel(task));
  return { result: resultOf(group.id, answers, ended, failures), whole: ended.whole };
}

/** What the person reads at the edit: their own words where they gave some. */
function titleOf({ id, title }: EditAction, { instruction = '' }: EditParams): string {
  return id === instructAction.id ? instruction.trim().replace(/\s+/g, ' ').slice(0, longestTitle) : title;
}

const longestTitle = 200;

/** What became of earlier tries here. */
function beforeOf(before: string): { readonly before?: string } {
  return before === '' ? {} : { before };
}

function instructionOf({ instruction }: EditParams): { readonly instruction?: string } {
  return instruction === undefined ? {} : { instruction };
}

function explanationOf({ explanation }: EditParams): { readonly explanation?: string } {
  return explanation === undefined ? {} : { explanation };
}

/** A hunk that is tried again is rejected first; the model hears what became of it. */
async function withRetry(
  { ledger }: EditContext,
  params: EditParams,
): Promise<{ readonly params: EditParams; readonly before?: string }> {
  if (params.retry === undefined) return { params };
  const found = ledger.find(params.retry);
  if (found === undefined) throw new Refusal('This change is settled already.', 'settled');
  const { hunk, origin } = found;
  await ledger.settle({ decision: 'reject', which: { kind: 'hunks', ids: [hunk.id] } });
  const back = ledger.find(hunk.id)?.hunk;
  const { version: _moved, ...rest } = params;
  const again = { ...rest, ...origin, uri: hunk.uri, range: back?.range ?? hunk.range };
  const outcome = ledger.outcome(hunk.group);
  return { params: again, before: `${outcome}\nThis is to be made another way:\n${hunk.after}` };
}

/** Asks until everything that the model wants has found its place, or it has tried often enough. */
async function byModel(task: Task): Promise<Done> {
  const { context, group, gathered, params } = task;
  const calls = createEditCalls({
    group,
    document: params.uri,
    path: gathered.material.path,
    near: () => gathered.span,
    restorer: gathered.restorer,
    mayCreate: task.action.id === 'tests' || task.action.id === 'instruct' || task.action.id.startsWith('custom:'),
    view: (range) => numbered(gathered, range),
  });
  const answers: Answer[] = [];
  let failures: readonly string[] = [];
  try {
    let request = editPrompt(gathered.material, task.wording);
    for (let round = 1; round <= mostRounds; round++) {
      const answer = await ask(task, request, calls);
      answers.push(answer);
      const results = calls.take();
      failures = results.flatMap(({ kind, text }) => (kind === 'failed' || kind === 'stopped' ? [text] : []));
      const next = nextRequest(request, answer.message, results);
      if (next === undefined) break;
      request = next;
    }
    return { answers, failures, ended: await group.end() };
  } catch (error) {
    await calls.abandon(context.signal.aborted ? 'You stopped it.' : 'The answer broke off.');
    throw error;
  }
}

/** What goes back to the model: only where it could not do what it wanted, or has looked at something. */
function nextRequest(
  request: MessageRequest,
  message: Message,
  results: readonly CallResult[],
): MessageRequest | undefined {
  if (results.length === 0 && request.messages.length === 1 && textOf(message).includes('```'))
    return insisting(request, message);
  const mayGoOn =
    results.length > 0 && message.stop_reason === 'tool_use' && results.every(({ kind }) => kind !== 'stopped');
  if (!mayGoOn || results.every(({ kind }) => kind === 'done')) return undefined;
  const answers = results.map(({ id, text, kind }) => ({
    type: 'tool_result' as const,
    tool_use_id: id,
    content: [{ type: 'text' as const, text }],
    ...(kind === 'failed' ? { is_error: true } : {}),
  }));
  return {
    ...request,
    messages: [
      ...request.messages,
      { role: 'assistant', content: message.content },
      { role: 'user', content: answers },
    ],
    cache_control: { type: 'ephemeral' },
  };
}

/** Code in the answer's text changes nothing. */
function insisting(request: MessageRequest, message: Message): MessageRequest {
  const text = 'Nothing was changed: code in your answer reaches no file. Make the edits with the tool.';
  const turns = [
    { role: 'assistant' as const, content: message.content },
    { role: 'user' as const, content: text },
  ];
  return { ...request, messages: [...request.messages, ...turns] };
}

function numbered({ material: { lines, firstLine } }: Gathered, range: readonly number[] | undefined): string {
  const [from = 1, to = -1] = range ?? [];
  const last = to < 0 ? firstLine + lines.length : to;
  return lines
    .map((text, index) => ({ number: firstLine + index + 1, text }))
    .filter(({ number }) => number >= from && number <= last)
    .map(({ number, text }) => `${String(number).padStart(6)}\t${text}`)
    .join('\n');
}

function resultOf(
  group: string,
  answers: readonly Answer[],
  ended: EndedGroup,
  failures: readonly string[],
): EditResult {
  const last = answers.at(-1);
  const text = answers
    .map(({ message }) => textOf(message))
    .join('\n\n')
    .trim();
  const cut = answers.some(({ message }) => message.stop_reason === 'max_tokens')
    ? ['The answer was cut at the length limit.']
    : [];
  const declined = last?.message.stop_reason === 'refusal' ? ['The model declined to make this change.'] : [];
  return {
    group,
    hunks: [...ended.hunks],
    markdown: safeMarkdown(text),
    failures: [...new Set([...failures, ...ended.failures, ...cut, ...declined])],
    model: last?.message.model ?? '',
    usage: sumOf(answers.map(({ usage }) => usage)),
    ...(last === undefined ? {} : { receipt: last.receipt }),
    demo: last?.demo ?? false,
    notices: [...new Set(answers.flatMap(({ notices }) => notices))],
  };
}

function textOf(message: Message): string {
  return message.content
    .map((block) => (block.type === 'text' && typeof block.text === 'string' ? block.text : ''))
    .join('');
}

function sumOf(usages: readonly Usage[]): Usage {
  const sum = (of: (usage: Usage) => number) => usages.reduce((total, usage) => total + of(usage), 0);
  const isPriced = usages.length > 0 && usages.every(({ price }) => price !== undefined);
  return {
    inputTokens: sum(({ inputTokens }) => inputTokens),
    outputTokens: sum(({ outputTokens }) => outputTokens),
    cacheReadTokens: sum(({ cacheReadTokens }) => cacheReadTokens),
    cacheWriteTokens: sum(({ cacheWriteTokens }) => cacheWriteTokens),
    ...(isPriced ? { price: sum(({ price }) => price ?? 0) } : {}),
  };
}
