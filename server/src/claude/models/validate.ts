/** Refuses, before anything is sent, what the service would refuse: the rules of the API and of each model. */
import { ClaudeError } from '../errors.ts';
import { messageProblem } from './messageProblems.ts';
import { modelProblem } from './modelProblems.ts';
import type { AnyRequest, Problem } from './problem.ts';
import { modelRules } from './table.ts';

/** @throws ClaudeError of kind `invalid_request` that names the field and the fix. Models that are not known pass. */
export function validate(request: AnyRequest, streamed: boolean): void {
  const problem =
    generalProblem(request, streamed) ??
    messageProblem(request.messages) ??
    cacheProblem(request) ??
    modelSpecific(request);
  if (problem === undefined) return;
  throw new ClaudeError('invalid_request', `Nothing was sent: ${problem.text}`, {
    stage: 'settings',
    field: problem.field,
  });
}

function modelSpecific(request: AnyRequest): Problem | undefined {
  const rules = modelRules(request.model);
  return rules === undefined ? undefined : modelProblem(request, rules);
}

const sampling = ['temperature', 'top_p', 'top_k'];
const mostBreakpoints = 4;

function generalProblem(request: AnyRequest, streamed: boolean): Problem | undefined {
  if (typeof request.model !== 'string' || request.model.trim() === '')
    return { field: 'model', text: 'model is empty. Name a model, such as claude-sonnet-5-5.' };
  const removed = sampling.find((name) => name in request);
  if (removed !== undefined)
    return { field: removed, text: `${removed} does not exist any more in this version of the API. Leave it out.` };
  return shapeProblem(request) ?? tokensProblem(request, streamed) ?? thinkingProblem(request) ?? toolsProblem(request);
}

/** Programs without types send whatever they have. */
function shapeProblem(request: AnyRequest): Problem | undefined {
  const field = (['thinking', 'output_config', 'tool_choice'] as const).find(
    (name) => name in request && !isObject(request[name]),
  );
  if (field !== undefined) return { field, text: `${field} is not an object. Correct it, or leave it out.` };
  const { tools } = request;
  if (tools === undefined || (Array.isArray(tools) && tools.every(isObject))) return undefined;
  return { field: 'tools', text: 'tools is not a list of tools. Correct it, or leave it out.' };
}

function isObject(value: unknown): boolean {
  return value === undefined || (typeof value === 'object' && value !== null && !Array.isArray(value));
}

function tokensProblem(
  { max_tokens: tokens, thinking, output_config: output, tool_choice: choice }: AnyRequest,
  streamed: boolean,
): Problem | undefined {
  const field = 'max_tokens';
  if (tokens === undefined)
    return streamed ? { field, text: 'max_tokens is missing. Say how long the answer may be.' } : undefined;
  if (!Number.isInteger(tokens) || tokens < 0)
    return { field, text: `max_tokens is ${String(tokens)}. It must be a whole number, 0 or more.` };
  if (tokens > 0) return undefined;
  if (streamed)
    return {
      field,
      text: 'max_tokens is 0, which only fills the cache and cannot be streamed. Use create, or allow some tokens.',
    };
  if (thinking?.type === 'enabled' || output?.format !== undefined || choice?.type === 'any' || choice?.type === 'tool')
    return {
      field,
      text: 'max_tokens 0 cannot be combined with manual thinking, an output format or forced tools. Leave those out.',
    };
  return undefined;
}

function thinkingProblem({ thinking, max_tokens: tokens, tool_choice: choice }: AnyRequest): Problem | undefined {
  if (thinking === undefined) return undefined;
  if (thinking.type === 'enabled') {
    const { budget_tokens: budget } = thinking;
    const field = 'thinking.budget_tokens';
    if (!Number.isInteger(budget) || budget < 1024)
      return { field, text: 'thinking.budget_tokens must be a whole number of at least 1024.' };
    if (tokens !== undefined && budget >= tokens)
      return {
        field,
        text: 'thinking.budget_tokens must be less than max_tokens. Raise max_tokens or lower the budget.',
      };
    if (choice?.type === 'any' || choice?.type === 'tool')
      return { field: 'tool_choice', text: 'tool_choice cannot force a tool while thinking is manual. Use auto.' };
  }
  const bare = thinking.type === 'disabled' || thinking.type === 'between_tools';
  if (bare && Object.keys(thinking).length > 1)
    return { field: 'thinking', text: `thinking of type ${thinking.type} takes no other fields. Leave them out.` };
  return undefined;
}

function toolsProblem({ tools, tool_choice: choice }: AnyRequest): Problem | undefined {
  const names = new Set<string>();
  for (const [at, tool] of (tools ?? []).entries()) {
    const { name, type }: { readonly name?: unknown; readonly type?: unknown } = tool;
    const field = `tools.${at}.name`;
    if (name === undefined && type !== undefined && type !== null && type !== 'custom') continue;
    if (typeof name !== 'string' || !/^[a-zA-Z0-9_-]{1,64}$/.test(name))
      return { field, text: `${field} must be 1 to 64 letters, digits, "_" or "-".` };
    if (names.has(name)) return { field, text: `Two tools have the name ${name}. Give each its own.` };
    names.add(name);
  }
  if (choice?.type === 'tool' && !names.has(choice.name))
    return {
      field: 'tool_choice.name',
      text: `tool_choice names ${JSON.stringify(choice.name)}, which is not among the tools. Add it, or choose another.`,
    };
  if (choice !== undefined && choice.type !== 'none' && names.size === 0 && (tools ?? []).length === 0)
    return { field: 'tool_choice', text: 'tool_choice is given without tools. Add tools, or leave it out.' };
  return undefined;
}

function cacheProblem(request: AnyRequest): Problem | undefined {
  const isMarked = (item: unknown): boolean =>
    typeof item === 'object' &&
    item !== null &&
    'cache_control' in item &&
    item.cache_control !== null &&
    item.cache_control !== undefined;
  const blocks = [request.tools, request.system, ...request.messages.map(({ content }) => content)].flatMap((list) =>
    Array.isArray(list) ? list : [],
  );
  const marks = blocks.filter(isMarked).length + (isMarked(request) ? 1 : 0);
  if (marks <= mostBreakpoints) return undefined;
  return {
    field: 'cache_control',
    text: `cache_control is set in ${marks} places. At most ${mostBreakpoints} are possible, the automatic one included.`,
  };
}
