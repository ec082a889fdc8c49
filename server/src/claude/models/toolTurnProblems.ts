/** Each call of a tool has its result in the next turn, before anything else there (API reference, "Tool use"). */
import { isUnchanging, knownOf } from '../unchanging.ts';
import { below, type Path, type Report, type Rule } from './problem.ts';
import { eachBlock, type Turn, turnsOf } from './turns.ts';
import { type Fields, fieldOf, isFields, isGiven, listOf, shown, typeOf } from './values.ts';

/** What an answer of the model waits for. */
interface Calls {
  /** Calls without a result, by id. */
  readonly open: Map<unknown, { readonly path: Path; readonly call: Fields }>;
  /** Tools of the service that are still at work. */
  readonly pending: Set<unknown>;
}

const noCalls: Calls = { open: new Map(), pending: new Set() };

export const toolTurns: Rule = ({ messages: given, thread }, report) => {
  const messages = listOf(given);
  // The turn before the first one may be the service's.
  let calls = typeOf(thread) === 'continue' ? undefined : noCalls;
  for (const turn of turnsOf(messages)) {
    if (turn.role === 'assistant') {
      unanswered(calls, report);
      calls = isWordsOnly(messages, turn) ? noCalls : callsOf(messages, turn, report);
    } else if (turn.role === 'user') {
      const isFine = calls === noCalls && isWordsOnly(messages, turn);
      if (calls !== undefined && !isFine) checkAnswer(messages, turn, calls, report);
      calls = noCalls;
    }
  }
  unanswered(calls, report);
};

/** Whether it neither calls a tool nor answers a call, which is known of what cannot change. */
function isWordsOnly(messages: readonly unknown[], { from, to }: Turn): boolean {
  const message = messages[from];
  return to === from + 1 && isUnchanging(message) && isFields(message) && isText(message);
}

const isText = knownOf((message) => listOf(fieldOf(message, 'content')).every((block) => typeOf(block) === 'text'));

function callsOf(messages: readonly unknown[], turn: Turn, report: Report): Calls {
  let calls: Calls | undefined;
  eachBlock(messages, turn, (block, message, at) => {
    const type = typeOf(block);
    if (!isFields(block) || typeof type !== 'string') return;
    const isCall = type === 'tool_use' || type === 'server_tool_use';
    if (isCall) calls ??= { open: new Map(), pending: new Set() };
    if (type === 'server_tool_use') calls?.pending.add(block['id']);
    else if (type !== 'tool_use') calls?.pending.delete(block['tool_use_id']);
    else if (calls?.open.has(block['id']) === true)
      report(['messages', message, 'content', at ?? 0, 'id'], 'is the id of another call as well. Give each its own.');
    else calls?.open.set(block['id'], { path: ['messages', message, 'content', at ?? 0], call: block });
  });
  return calls ?? noCalls;
}

function unanswered(calls: Calls | undefined, report: Report): void {
  for (const { path } of calls?.open.values() ?? [])
    report(
      path,
      'is a call of a tool without a result. Add a user message with its tool_result; for a call that was not run, one with is_error.',
    );
}

function checkAnswer(messages: readonly unknown[], turn: Turn, { open, pending }: Calls, report: Report): void {
  const answered = new Set<unknown>();
  let isBehind = false;
  eachBlock(messages, turn, (block, message, at) => {
    const here = below(report, 'messages', message, 'content', ...(at === undefined ? [] : [at]));
    if (isFields(block) && block['type'] === 'tool_result') {
      if (isBehind && open.has(block['tool_use_id']))
        here([], 'is a tool_result behind other content. Results come first: move it to the front.');
      checkResult(block, open.get(block['tool_use_id'])?.call, answered, here);
      return;
    }
    if (pending.size > 0 && !isBehind)
      here(
        [],
        "stands behind a call of one of the service's own tools that has not finished. Send results of tools only, or take the unfinished call out of the answer.",
      );
    isBehind = true;
  });
  for (const id of open.keys())
    if (!answered.has(id))
      report(
        ['messages', turn.from, 'content'],
        `has no tool_result for the call ${shown(id)} of the message before. Add it; for a call that was not run, with is_error.`,
      );
}

function checkResult(result: Fields, call: Fields | undefined, answered: Set<unknown>, report: Report): void {
  const id = result['tool_use_id'];
  if (answered.has(id))
    report(['tool_use_id'], `is ${shown(id)}, which has a result already. Send one result for each call.`);
  else if (call === undefined)
    report(['tool_use_id'], `is ${shown(id)}, which no call of the message before has. Correct it, or leave it out.`);
  answered.add(id);
  if (isGiven(call?.['toolset_name'])) checkToolsetResult(result, call?.['toolset_name'], report);
}

/** Members of a toolset answer with text and images, and in the name of their toolset. */
function checkToolsetResult(result: Fields, name: unknown, report: Report): void {
  if (result['toolset_name'] !== name)
    report(['toolset_name'], `is ${shown(result['toolset_name'])}. Repeat the name of the call: ${shown(name)}.`);
  let states = 0;
  for (const [at, block] of listOf(result['content']).entries()) {
    const type = typeOf(block);
    if (type === 'browser_state') states += 1;
    else if (type !== 'text' && type !== 'image')
      report(
        ['content', at],
        'is not text or an image, which is all that tools of a toolset answer with. Leave it out.',
      );
    if (states > 1) report(['content', at], 'is a second browser_state. Send one.');
  }
}
