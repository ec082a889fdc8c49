/** Before a call may run: its input is checked, and whoever has to approve it is asked. */
import { ClaudeError } from '../../errors.ts';
import type { ToolUseBlock } from '../../schema/blocks.ts';
import type { Message } from '../../schema/message.ts';
import { problemList } from '../../schema/standard.ts';
import type { Behaviour, Prepared } from '../runnable.ts';
import type { ToolCall } from './events.ts';
import { frozenCopy } from './frozenCopy.ts';
import type { ToolRunOptions } from './options.ts';
import { callOf, denied, failed, type Outcome, unfit } from './outcome.ts';
import { unlessAborted } from './unlessAborted.ts';

/** Ready to run with exactly what was shown, or what became of it. */
export type Admission =
  | { readonly call: ToolCall; readonly run: Ready['run']; readonly isEdited: boolean }
  | { readonly call: ToolCall; readonly outcome: Outcome };

type Ready = Extract<Prepared, { run: unknown }>;

/** Who is asked, and what they should know. */
export interface Asking {
  readonly message: Message;
  readonly signal: AbortSignal;
  readonly approve: ToolRunOptions['approve'];
}

/** @throws what `approve` throws, the signal's reason, and ClaudeError for an edited input that does not fit. */
export async function admission(block: ToolUseBlock, how: Behaviour, asking: Asking): Promise<Admission> {
  const { signal, approve, message } = asking;
  signal.throwIfAborted();
  const ready = await prepared(block, how);
  if ('outcome' in ready) return { call: callOf(block, frozenCopy(block.input)), outcome: ready };
  const call = callOf(block, frozenCopy(ready.value));
  if (approve === undefined) return { call, run: ready.run, isEdited: false };
  const asked = async () => approve({ ...call, readOnly: how.readOnly, message, signal });
  const approval = await unlessAborted(signal, asked());
  // Programs without types may answer anything: only what is a yes counts as one.
  if (approval?.type === 'allow') return { call, run: ready.run, isEdited: false };
  if (approval?.type === 'edit') return withInput(approval.input, block, how);
  return { call, outcome: denied(approval?.reason) };
}

async function prepared(block: ToolUseBlock, how: Behaviour): Promise<Ready | Outcome> {
  try {
    // A copy: what the tool does to its input must not reach the conversation.
    const ready = await how.prepare(structuredClone(block.input), block.name);
    return 'problems' in ready ? unfit(ready.problems) : ready;
  } catch (error) {
    return failed(error);
  }
}

async function withInput(input: unknown, block: ToolUseBlock, how: Behaviour): Promise<Admission> {
  const ready = await how.prepare(structuredClone(input), block.name);
  if ('problems' in ready)
    throw new ClaudeError(
      'configuration',
      `The input of ${block.name} was changed to one that does not fit:\n${problemList(ready.problems)}`,
      { field: 'approve' },
    );
  return { call: callOf(block, frozenCopy(ready.value)), run: ready.run, isEdited: true };
}
