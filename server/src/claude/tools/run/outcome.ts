/** What becomes of a call, and how the model is told. */
import type { ToolUseBlock } from '../../schema/blocks.ts';
import type { ToolResultParam } from '../../schema/request.ts';
import { problemList } from '../../schema/standard.ts';
import type { ResultContent } from '../content.ts';
import { errorContentOf } from '../toolError.ts';
import type { ToolCall, ToolOutcome } from './events.ts';
import { toolsetNameOf } from './toolbox.ts';

export interface Outcome {
  readonly outcome: ToolOutcome;
  readonly content: ResultContent | undefined;
  readonly error?: unknown;
}

export function done(content: ResultContent | undefined): Outcome {
  return { outcome: 'done', content };
}

export function failed(error: unknown): Outcome {
  return { outcome: 'failed', content: errorContentOf(error), error };
}

const longestRaw = 10_000;

/** In the wrapper that the service documents: the model sees its mistake (API reference, "Fine-grained tool streaming"). */
export function badJson(text: string): Outcome {
  return { outcome: 'invalid', content: JSON.stringify({ INVALID_JSON: text.slice(0, longestRaw) }) };
}

export function unfit(problems: readonly string[]): Outcome {
  return { outcome: 'invalid', content: `The input does not fit:\n${problemList(problems)}` };
}

const longestName = 100;

export function unknownTool({ name }: ToolUseBlock, names: readonly string[]): Outcome {
  const known = names.length === 0 ? 'There are none.' : `The tools are: ${names.join(', ')}.`;
  return { outcome: 'unknown', content: `There is no tool ${JSON.stringify(name.slice(0, longestName))}. ${known}` };
}

export function denied(reason: unknown): Outcome {
  const said = typeof reason === 'string' && reason.trim() !== '' ? reason : 'The call was not approved.';
  return { outcome: 'denied', content: said };
}

export const sameAgain: Outcome = {
  outcome: 'skipped',
  content: 'Not run: this is the same call again. Do something else, or say what is missing.',
};

export const earlierFailed: Outcome = {
  outcome: 'skipped',
  content: 'Not run: an earlier action of this answer failed.',
};

/** A call of an answer whose calls are not run. */
export function notRun(stopReason: unknown): Outcome {
  return { outcome: 'skipped', content: `Not run: the answer ended with ${String(stopReason).slice(0, longestName)}.` };
}

/** @param hasBegun Whether the tool was at work. */
export function stopped(hasBegun: boolean): Outcome {
  const content = hasBegun
    ? 'Stopped before it was finished: what it had done by then may stay.'
    : 'Not run: the run was stopped.';
  return { outcome: 'stopped', content };
}

/** The input was changed by whoever approved it: the model should know what the result belongs to. */
export function edited({ content, ...outcome }: Outcome, input: unknown): Outcome {
  const note = { type: 'text', text: `The input was changed before the tool ran: ${JSON.stringify(input)}` } as const;
  const blocks = typeof content === 'string' ? [{ type: 'text', text: content } as const] : (content ?? []);
  return { ...outcome, content: [note, ...blocks] };
}

/** The block that answers a call. */
export function resultOf(block: ToolUseBlock, { outcome, content }: Outcome): ToolResultParam {
  const toolset = toolsetNameOf(block);
  return {
    type: 'tool_result',
    tool_use_id: block.id,
    ...(content !== undefined && { content }),
    ...(outcome !== 'done' && { is_error: true }),
    ...(toolset !== undefined && { toolset_name: toolset }),
  };
}

/** A call as it is told of. */
export function callOf(block: ToolUseBlock, input: unknown = block.input): ToolCall {
  return { id: block.id, name: block.name, toolset: toolsetNameOf(block), input };
}
