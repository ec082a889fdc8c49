/** What a model that is known does not accept (API reference, "What each model accepts"). */
import { definesTools } from './betaProblems.ts';
import { below, type Context, type KnownRules, type Report, type Rule } from './problem.ts';
import { levelOf, modelEffort, modelThinking } from './thinkingProblems.ts';
import { toolTypes } from './toolTypes.ts';
import { fieldOf, isFields, isGiven, listOf, shown, typeOf } from './values.ts';

/** What a batch may ask for where the model's own limit is high enough (API reference, "Batches"). */
const mostOfBatch = 300_000;
const enoughForBatch = 128_000;

export const tokens: Rule = ({ max_tokens: wanted }, report, { use, rules }) => {
  const own = rules?.maxOutputTokens;
  if (typeof wanted !== 'number' || own === undefined || use === 'count') return;
  const most = use === 'batch' && own >= enoughForBatch ? Math.max(own, mostOfBatch) : own;
  if (wanted > most)
    report(['max_tokens'], `is ${wanted}, but ${rules?.id} answers with at most ${most} tokens. Lower it.`);
};

/** Text at the end of an assistant message is a prefill, unless the service is still at work in it. */
export const prefill: Rule = (request, report, { rules }) => {
  const messages = listOf(request['messages']);
  const place = ['messages', messages.length - 1];
  // A retry that a refused answer has paid for may go on with what had come of it.
  if (!isPrefill(messages) || isGiven(request['fallback_credit_token'])) return;
  if (rules?.prefill === 'never')
    report(
      place,
      `is the beginning of an answer, which ${rules.id} does not accept. End with a user message; use output_config.format or instructions to shape the answer.`,
    );
  else if (isFields(fieldOf(request['output_config'], 'format')))
    report(place, 'is the beginning of an answer, which cannot be combined with output_config.format. Leave one out.');
  else if (rules?.prefill === 'withoutThinking' && typeOf(request['thinking']) === 'enabled')
    report(
      place,
      `is the beginning of an answer, which ${rules.id} does not accept while thinking. End with a user message, or switch thinking off.`,
    );
};

function isPrefill(messages: readonly unknown[]): boolean {
  if (fieldOf(messages.at(-1), 'role') !== 'assistant') return false;
  if (typeof fieldOf(messages.at(-1), 'content') === 'string') return true;
  // A turn that was paused more than once is in more than one message.
  const turn = messages.slice(messages.findLastIndex((message) => fieldOf(message, 'role') !== 'assistant') + 1);
  const types = turn.flatMap((message) => listOf(fieldOf(message, 'content')).map(typeOf));
  return types.at(-1) === 'text' && !types.some(isOfService);
}

function isOfService(type: unknown): boolean {
  return type === 'server_tool_use' || type === 'mcp_tool_use' || String(type).endsWith('_tool_result');
}

/** Whether the tool that is asked for is there, and may be. */
export const toolChoice: Rule = ({ tool_choice: choice, tools, messages, thread }, report, { rules }) => {
  const type = typeOf(choice);
  if (rules?.forcedTools === false && (type === 'any' || type === 'tool'))
    report(
      ['tool_choice'],
      `is ${type}, but ${rules.id} cannot be forced to use a tool. Use auto, and ask for the tool in words.`,
    );
  const isElsewhere = isGiven(thread) || definesTools(messages);
  if (!isFields(choice) || isElsewhere) return;
  if (listOf(tools).length === 0) {
    if (type !== 'none') report(['tool_choice'], 'is given without tools. Add tools, or leave it out.');
  } else if (type === 'tool') namedTool(choice['name'], listOf(tools), below(report, 'tool_choice', 'name'));
};

function namedTool(name: unknown, tools: readonly unknown[], report: Report): void {
  if (tools.some((tool) => fieldOf(tool, 'name') === name)) return;
  const sets = tools.map((tool) => toolTypes.get(typeOf(tool))?.runs);
  if (sets.includes('mcp')) return;
  if (sets.includes('toolset'))
    report([], `is ${shown(name)}, and members of a toolset cannot be forced. Use auto, or name another tool.`);
  else report([], `is ${shown(name)}, which is not among the tools. Add it, or choose another.`);
}

export const systemMessages: Rule = ({ messages }, report, { rules }) => {
  for (const [at, message] of listOf(messages).entries()) {
    if (fieldOf(message, 'role') !== 'system') continue;
    const here = below(report, 'messages', at);
    if (rules?.systemMessages === false)
      here(['role'], `is system, which ${rules.id} does not accept inside messages. Use system at the top.`);
    levelOf(rules)(fieldOf(fieldOf(message, 'output_config'), 'effort'), below(here, 'output_config', 'effort'));
  }
};

export const speed: Rule = ({ speed: wanted }, report, { rules }) => {
  if (wanted === 'fast' && rules?.speedFast === 'refused')
    report(['speed'], `is fast, which ${rules.id} does not have. Leave it out.`);
};

export const region: Rule = ({ inference_geo: wanted }, report, { rules }) => {
  if (isGiven(wanted) && rules?.inferenceGeo === false)
    report(['inference_geo'], `cannot be chosen for ${rules.id}. Leave it out.`);
};

export const features: Rule = (request, report, { use, rules }) => {
  const { id, features: has = {} } = rules ?? {};
  if (use === 'batch' && has.batch === false)
    report(['model'], `is ${id}, which does not work in batches. Use another model.`);
  for (const [at, tool] of listOf(request['tools']).entries()) {
    const name = toolTypes.get(typeOf(tool))?.name;
    if ((name === 'web_search' && has.web_search === false) || (name === 'code_execution' && has.runs_code === false))
      report(['tools', at, 'type'], `is ${shown(typeOf(tool))}, which ${id} does not use. Leave it out.`);
  }
};

/** What the request says for a fallback is held to that model's rules. What it leaves out is the service's to fit. */
export const fallbackModels: Rule = ({ fallbacks }, report, context) => {
  for (const [at, entry] of listOf(fallbacks).entries()) {
    const rules = rulesOfEntry(entry, context);
    if (!isFields(entry) || rules === undefined) continue;
    for (const rule of [tokens, modelThinking, modelEffort, speed])
      rule(entry, below(report, 'fallbacks', at), { ...context, rules });
  }
};

function rulesOfEntry(entry: unknown, { rulesFor }: Context): KnownRules | undefined {
  const name = fieldOf(entry, 'model');
  return typeof name === 'string' ? rulesFor(name) : undefined;
}
