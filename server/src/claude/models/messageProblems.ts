/** What may not stand in messages in this version of the API, whatever the model (API reference, "Messages"). */
import { isUnchanging, knownOf } from '../unchanging.ts';
import { checkContent } from './blockProblems.ts';
import { below, type Report, type Rule } from './problem.ts';
import { object, oneOf, orNull } from './shapes.ts';
import { type Turn, turnsOf } from './turns.ts';
import { fieldOf, isFields, isGiven, listOf, shown, typeOf } from './values.ts';

const mostMessages = 100_000;

export const messages: Rule = ({ messages: list }, report) => {
  const here = below(report, 'messages');
  if (!Array.isArray(list) || list.length === 0) here([], 'is empty. Add at least one user message.');
  else if (list.length > mostMessages) here([], `has more than ${mostMessages} messages. Send fewer.`);
  else
    for (const [at, message] of list.entries())
      if (at === 0 || !isFields(message) || !isUnchanging(message) || !isRight(message))
        checkMessage(message, below(here, at), at === 0);
};

/** Of a message that is not the first. */
const isRight = knownOf((message) => {
  let problems = 0;
  checkMessage(message, () => void problems++, false);
  return problems === 0;
});

export const system: Rule = ({ system: prompt }, report) => {
  if (prompt === undefined) return;
  const here = below(report, 'system');
  checkContent(prompt, 'system', here);
  for (const [at, block] of listOf(prompt).entries())
    if (typeof typeOf(block) === 'string' && typeOf(block) !== 'text')
      here([at, 'type'], `is ${shown(typeOf(block))}. The system prompt can only hold text.`);
};

const ofSystem = {
  clear_at: orNull(oneOf('never', 'next_user_message')),
  output_config: orNull(object({ effort: orNull(oneOf('low', 'medium', 'high', 'xhigh', 'max')) })),
};
const systemFields = object(ofSystem);

function checkMessage(message: unknown, report: Report, isFirst: boolean): void {
  if (!isFields(message)) {
    report([], `is ${shown(message)}. It must be an object with role and content.`);
    return;
  }
  const { role, content } = message;
  if (role !== 'user' && role !== 'assistant' && role !== 'system') {
    report(['role'], `is ${shown(role)}. It must be user, assistant or system.`);
    return;
  }
  if (role === 'system') systemFields(message, report);
  else
    for (const name of Object.keys(ofSystem))
      if (isGiven(message[name])) report([name], `is for system messages only. Leave it out of the ${role} message.`);
  if (content !== undefined || !isGiven(fieldOf(message['output_config'], 'effort')))
    checkContent(content, role, below(report, 'content'));
  if (role === 'user') checkCompaction(listOf(content), below(report, 'content'), isFirst);
}

/** A summary stands in the answer that made it, or before everything else. */
function checkCompaction(content: readonly unknown[], report: Report, isFirst: boolean): void {
  for (const [at, block] of content.entries())
    if (typeOf(block) === 'compaction' && !(isFirst && at === 0))
      report([at], 'is a compaction block in the middle. It must be the first block of all, or stay in its answer.');
}

/** System messages stand where the model is about to answer. */
export const systemPlaces: Rule = ({ messages: list, thread }, report) => {
  const turns = turnsOf(listOf(list));
  const goesOn = typeOf(thread) === 'continue';
  for (const [at, turn] of turns.entries()) {
    if (turn.role !== 'system') continue;
    const [before, after] = [turns[at - 1], turns[at + 1]];
    const here = below(report, 'messages', turn.from, 'role');
    if (before === undefined ? !goesOn : !mayPrecede(before, listOf(list)))
      here(
        [],
        'is system in a place where no system message can be. It must follow a user message, or an answer that ends with the result of a tool of the service; use system at the top for what holds from the beginning.',
      );
    if (after !== undefined && after.role !== 'assistant')
      here([], 'is system before a user message. Move it behind the user message, so that an answer follows it.');
  }
};

function mayPrecede({ role, to }: Turn, list: readonly unknown[]): boolean {
  if (role !== 'assistant') return role === 'user';
  const type = typeOf(listOf(fieldOf(list[to - 1], 'content')).at(-1));
  return typeof type === 'string' && type !== 'tool_result' && type.endsWith('_tool_result');
}
