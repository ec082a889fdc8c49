/** The demo's tool loop: which tools the question names are called, in its order, and what they answered is told. */
import type { MessagesBody, Tool } from './body.ts';
import { canBeForced } from './models.ts';
import { exampleOf } from './schemaExample.ts';
import { askedAt, callsIn, resultsIn, type Turn, textOf } from './turns.ts';
import { code, disclaimer, joined } from './wording.ts';

interface ToolStep {
  readonly text: string;
  readonly calls: readonly { readonly name: string; readonly input: unknown }[];
}

/** What to do next where tools are involved; undefined where they are not. */
export function toolStep({ messages, tools = [], tool_choice: choice }: MessagesBody): ToolStep | undefined {
  const callable = tools.filter((tool) => inputOf(tool) !== undefined);
  const asked = askedAt(messages);
  const done = new Set(
    messages
      .slice(asked + 1)
      .flatMap(callsIn)
      .map(({ name }) => name),
  );
  const question = textOf(messages[asked]);
  const wanted = namedIn(question, callable).filter(({ name = '' }) => !done.has(name));
  const isOneByOne = choice?.disable_parallel_tool_use === true || /\bthen\b/i.test(question);
  const next = isOneByOne ? wanted.slice(0, 1) : wanted;
  switch (choice?.type) {
    case 'tool':
      return calling(
        callable.filter(({ name }) => name === choice.name),
        '',
      );
    case 'any':
      return calling(next.length > 0 ? next : callable.slice(0, 1), '');
    case 'none':
      return toldResults(messages);
    default:
      return next.length > 0 ? calling(next, announced(next)) : toldResults(messages);
  }
}

/** A forced call comes without words. */
function calling(tools: readonly Tool[], text: string): ToolStep {
  return { text, calls: tools.map((tool) => ({ name: tool.name ?? '', input: inputOf(tool) })) };
}

function announced(tools: readonly Tool[]): string {
  return `The question names ${joined(tools.map(({ name = '' }) => code(name)))}, so that is called. ${disclaimer}`;
}

/** In the order in which they are mentioned; where only "tools" are mentioned, the first one. */
function namedIn(question: string, tools: readonly Tool[]): readonly Tool[] {
  const named = tools
    .map((tool) => ({ tool, at: placeOf(tool.name ?? '', question) }))
    .filter(({ at }) => at >= 0)
    .sort((one, other) => one.at - other.at);
  if (named.length > 0) return named.map(({ tool }) => tool);
  return /\btools?\b/i.test(question) ? tools.slice(0, 1) : [];
}

/** Where a whole word stands; -1 for nowhere. */
function placeOf(name: string, text: string): number {
  for (let at = text.indexOf(name); at >= 0 && name !== ''; at = text.indexOf(name, at + 1)) {
    const around = text.charAt(at - 1) + text.charAt(at + name.length);
    if (!/[\w-]/.test(around)) return at;
  }
  return -1;
}

/** Inputs of the service's own tools that the caller runs: they have no schema in the request. */
const known: Readonly<Record<string, unknown>> = {
  bash: { command: 'echo demo' },
  memory: { command: 'view', path: '/memories' },
  str_replace_based_edit_tool: { command: 'view', path: '.' },
};

/** Undefined for tools that the caller does not run. */
function inputOf({ name = '', type, input_schema: schema }: Tool): unknown {
  if (schema !== undefined) return exampleOf(schema);
  return type !== undefined && type !== null && Object.hasOwn(known, name) ? known[name] : undefined;
}

/** Undefined when no tool was called. */
function toldResults(messages: readonly Turn[]): ToolStep | undefined {
  const last = messages.at(-1);
  const results = last === undefined ? [] : resultsIn(last);
  if (results.length === 0) return undefined;
  const names = new Map(messages.flatMap(callsIn).map(({ id, name }) => [id, name]));
  const sentences = results.map(({ id, text, isError }) => {
    const name = code(names.get(id) ?? 'tool');
    if (isError) return `${name} failed: ${code(text)}.`;
    return text === '' ? `${name} answered nothing.` : `${name} answered ${text.length} characters: ${code(text)}.`;
  });
  return { text: `${sentences.join(' ')}\n\n${disclaimer}`, calls: [] };
}

/** What the service would refuse, in its words; undefined when nothing is wrong. */
export function toolProblem({ model, messages, tools = [], tool_choice: choice }: MessagesBody): string | undefined {
  if (choice !== undefined && choice.type !== 'none' && tools.length === 0)
    return 'tool_choice: may only be specified while providing tools';
  if (choice?.type === 'tool' && !tools.some(({ name }) => name === choice.name))
    return `tool_choice: Tool '${choice.name ?? ''}' not found in provided tools`;
  if ((choice?.type === 'tool' || choice?.type === 'any') && !canBeForced(model))
    return `tool_choice: forced tool use is not supported by ${model}`;
  return pairProblem(messages);
}

/** Each call must be answered in the next turn, and nothing else may be. */
function pairProblem(messages: readonly Turn[]): string | undefined {
  for (const [at, turn] of messages.entries()) {
    const [before, after] = [messages[at - 1], messages[at + 1]];
    const called = new Set(before === undefined ? [] : callsIn(before).map(({ id }) => id));
    const stray = resultsIn(turn).find(({ id }) => !called.has(id));
    if (stray !== undefined)
      return `messages.${at}: unexpected \`tool_use_id\` found in \`tool_result\` blocks: ${stray.id}`;
    if (after === undefined) continue;
    const answered = new Set(resultsIn(after).map(({ id }) => id));
    const open = callsIn(turn).find(({ id }) => !answered.has(id));
    if (open !== undefined)
      return `messages.${at}: \`tool_use\` ids were found without \`tool_result\` blocks immediately after: ${open.id}`;
  }
  return undefined;
}
