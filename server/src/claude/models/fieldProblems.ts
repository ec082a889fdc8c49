/** What the fields of a request may hold, whatever the model (API reference, "Messages", request fields). */
import { below, type Rule } from './problem.ts';
import { flag, list, object, oneOf, orNull, text, variants, whole } from './shapes.ts';
import { type Fields, fieldOf, isFields, isGiven, shown, typeOf } from './values.ts';

const skill = object({ skill_id: text, type: oneOf('anthropic', 'custom'), version: text }, ['skill_id', 'type']);
const container = object({ id: orNull(text), skills: orNull(list(skill)) });
const taskBudget = object({ type: oneOf('tokens'), total: whole(0), remaining: orNull(whole(0)) }, ['type', 'total']);
const format = object({ type: oneOf('json_schema'), schema: object({}) }, ['type', 'schema']);
const parallel = { disable_parallel_tool_use: flag };

/** Thread and such, whose fields depend on each other, have rules of their own. */
const shapes = object({
  stream: flag,
  stop_sequences: list(text),
  output_config: object({
    effort: orNull(oneOf('low', 'medium', 'high', 'xhigh', 'max')),
    format: orNull(format),
    task_budget: orNull(taskBudget),
  }),
  tool_choice: variants({
    auto: object(parallel),
    any: object(parallel),
    tool: object({ name: text, ...parallel }, ['name']),
    none: object({}),
  }),
  metadata: object({ user_id: orNull(text) }),
  service_tier: oneOf('auto', 'standard_only'),
  speed: orNull(oneOf('standard', 'fast')),
  inference_geo: orNull(text),
  container: (value, report) => {
    if (isGiven(value) && typeof value !== 'string') container(value, report);
  },
  diagnostics: orNull(object({ previous_message_id: orNull(text) })),
  billing_policy: orNull(object({ type: oneOf('billing_policy'), bill_to: oneOf('user_profile', 'self') }, ['type'])),
});

export const fields: Rule = (request, report) => shapes(request, report);

export const model: Rule = ({ model: name }, report) => {
  if (typeof name !== 'string' || name.trim() === '')
    report(['model'], 'is empty. Name a model, such as claude-sonnet-5-5.');
};

/** At their default values as well. */
export const sampling: Rule = (request, report) => {
  for (const name of ['temperature', 'top_p', 'top_k'])
    if (request[name] !== undefined)
      report([name], 'does not exist any more in this version of the API. Leave it out.');
};

/** Fields that other versions and clients have in the body. */
export const elsewhere: Rule = (request, report, { betas }) => {
  if (request['betas'] !== undefined)
    report(['betas'], 'is not a field of the request. Give it in the options of the call.');
  if (isGiven(request['output_format']) && !betas.includes('structured-outputs-2025-11-13'))
    report(['output_format'], 'was replaced by output_config.format. Use that.');
};

export const maxTokens: Rule = (request, report, { use }) => {
  const tokens = request['max_tokens'];
  const here = below(report, 'max_tokens');
  if (use === 'count') return;
  if (tokens === undefined) here([], 'is missing. Say how long the answer may be.');
  else if (!Number.isInteger(tokens) || Number(tokens) < 0)
    here([], `is ${shown(tokens)}. It must be a whole number, 0 or more.`);
  else if (tokens !== 0) return;
  else if (use === 'batch') here([], 'is 0, which a batch does not take. Allow some tokens.');
  else if (use === 'stream')
    here([], 'is 0, which only fills the cache and cannot be streamed. Use create, or allow some tokens.');
  else if (beside(request).length > 0)
    here(
      [],
      `is 0, which only fills the cache and cannot be combined with ${beside(request).join(', ')}. Leave that out, or allow some tokens.`,
    );
};

/** Without output there is nothing to stream, shape, force or think about by hand. */
function beside(request: Fields): readonly string[] {
  const choice = typeOf(request['tool_choice']);
  return [
    ...(request['stream'] === true ? ['stream'] : []),
    ...(typeOf(request['thinking']) === 'enabled' ? ['manual thinking'] : []),
    ...(isGiven(fieldOf(request['output_config'], 'format')) ? ['an output format'] : []),
    ...(choice === 'any' || choice === 'tool' ? ['forced tools'] : []),
  ];
}

/** What requests of a batch cannot have (API reference, "Batches"). */
export const batch: Rule = (request, report, { use }) => {
  if (use !== 'batch') return;
  if (request['stream'] !== undefined)
    report(['stream'], 'is not for batches, which are never streamed. Leave it out.');
  if (request['speed'] === 'fast') report(['speed'], 'is fast, which a batch does not have. Leave it out.');
  if (isGiven(request['thread'])) report(['thread'], 'cannot be used in a batch. Send the whole conversation.');
  if (fieldOf(request['billing_policy'], 'bill_to') === 'user_profile')
    report(['billing_policy'], 'cannot bill a user profile in a batch. Leave it out.');
};

/** `none` is the one choice of tools that says nothing about how many. */
export const toolChoiceNone: Rule = ({ tool_choice: choice }, report) => {
  if (isFields(choice) && choice['type'] === 'none' && choice['disable_parallel_tool_use'] !== undefined)
    report(['tool_choice', 'disable_parallel_tool_use'], 'means nothing where no tool is used. Leave it out.');
};
