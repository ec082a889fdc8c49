/** What a model that is known does not accept (API reference, "What each model accepts"). */
import type { Effort, MessageParam } from '../schema/request.ts';
import type { AnyRequest, Problem } from './problem.ts';
import type { ModelRules } from './table.ts';

type Rule = (request: AnyRequest, rules: ModelRules) => Problem | undefined;

/** The first thing in the request that the model refuses. */
export function modelProblem(request: AnyRequest, rules: ModelRules): Problem | undefined {
  for (const rule of all) {
    const problem = rule(request, rules);
    if (problem !== undefined) return problem;
  }
  return undefined;
}

const tokens: Rule = ({ max_tokens: wanted }, { id, maxOutputTokens }) =>
  wanted === undefined || wanted <= maxOutputTokens
    ? undefined
    : {
        field: 'max_tokens',
        text: `max_tokens is ${wanted}, but ${id} answers with at most ${maxOutputTokens} tokens. Lower it.`,
      };

const thinking: Rule = ({ thinking: wanted }, { id, thinking: accepted }) =>
  wanted === undefined || accepted.includes(wanted.type)
    ? undefined
    : {
        field: 'thinking.type',
        text: `${id} does not accept thinking of type ${wanted.type}. ${accepts(accepted, 'Use', 'Leave thinking out')}.`,
      };

const levels: readonly Effort[] = ['low', 'medium', 'high', 'xhigh', 'max'];

const effort: Rule = (
  { output_config: output, thinking: mode },
  { id, effort: accepted, effortWithoutThinking: limit },
) => {
  const wanted = output?.effort;
  const field = 'output_config.effort';
  if (wanted === undefined) return undefined;
  if (!accepted.includes(wanted))
    return { field, text: `${id} does not accept effort ${wanted}. ${accepts(accepted, 'Use', 'Leave effort out')}.` };
  const thinksLess = mode?.type === 'disabled' || mode?.type === 'between_tools';
  if (!thinksLess || limit === undefined || levels.indexOf(wanted) <= levels.indexOf(limit)) return undefined;
  return {
    field,
    text: `${id} accepts at most effort ${limit} while thinking is ${mode.type}. Lower the effort, or use adaptive thinking.`,
  };
};

const prefill: Rule = ({ messages, thinking: mode }, { id, prefill: accepted }) => {
  if (!isPrefill(messages.at(-1))) return undefined;
  const field = `messages.${messages.length - 1}`;
  if (accepted === 'never')
    return {
      field,
      text: `The last message is the beginning of an answer, which ${id} does not accept. End with a user message; use output_config.format or instructions to shape the answer.`,
    };
  if (mode?.type !== 'enabled') return undefined;
  return {
    field,
    text: `The last message is the beginning of an answer, which ${id} does not accept while thinking. End with a user message, or switch thinking off.`,
  };
};

const forcedTools: Rule = ({ tool_choice: choice }, { id, forcedTools: accepted }) =>
  accepted || (choice?.type !== 'any' && choice?.type !== 'tool')
    ? undefined
    : {
        field: 'tool_choice',
        text: `${id} cannot be forced to use a tool. Use tool_choice auto, and ask for the tool in words.`,
      };

const systemMessages: Rule = ({ messages }, { id, systemMessages: accepted }) => {
  const at = accepted === false ? messages.findIndex(({ role }) => role === 'system') : -1;
  if (at < 0) return undefined;
  return {
    field: `messages.${at}.role`,
    text: `${id} does not accept system messages inside messages. Use system at the top.`,
  };
};

const speed: Rule = ({ speed: wanted }, { id, speedFast }) =>
  wanted === 'fast' && speedFast === 'refused'
    ? { field: 'speed', text: `${id} has no fast mode. Leave speed out.` }
    : undefined;

const region: Rule = ({ inference_geo: wanted }, { id, inferenceGeo }) =>
  wanted === undefined || inferenceGeo
    ? undefined
    : { field: 'inference_geo', text: `${id} does not accept inference_geo. Leave it out.` };

const all: readonly Rule[] = [tokens, thinking, effort, prefill, forcedTools, systemMessages, speed, region];

/** Text at the end of an assistant message is a prefill, unless a tool of the service is still at work in it. */
function isPrefill(last: MessageParam | undefined): boolean {
  if (last?.role !== 'assistant') return false;
  if (typeof last.content === 'string') return true;
  return last.content.at(-1)?.type === 'text' && !last.content.some(({ type }) => type === 'server_tool_use');
}

function accepts(values: readonly string[], use: string, none: string): string {
  return values.length === 0 ? none : `${use} ${values.join(', ')}`;
}
