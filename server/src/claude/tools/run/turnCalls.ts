/** The calls of one answer: each begins at most once, and is answered in any case. */
import type { ToolUseBlock } from '../../schema/blocks.ts';
import type { Message } from '../../schema/message.ts';
import type { ToolResultParam } from '../../schema/request.ts';
import { toolInputOf } from '../../stream/toolInput.ts';
import { frozenCopy } from './frozenCopy.ts';
import { answerCall, type EndedCall, notBegun, type RunParts, type TurnParts, textOf } from './oneCall.ts';
import { callOf, notRun, resultOf, sameAgain, stopped } from './outcome.ts';
import { type Toolbox, toolsetNameOf } from './toolbox.ts';

export class TurnCalls {
  /** One of them was the same call once too often. */
  isLooping = false;
  readonly #parts: TurnParts;
  readonly #answers = new Map<string, Promise<ToolResultParam>>();
  readonly #results = new Map<string, ToolResultParam>();
  /** Calls that have begun and are not over. */
  readonly #open = new Map<string, ToolUseBlock>();
  #isAbandoned = false;
  /** By toolset, whether its last call went well: they run in order, up to the first that does not. */
  readonly #lanes = new Map<string, Promise<boolean>>();
  #last: Promise<unknown> = Promise.resolve();

  constructor(parts: RunParts, turn: number, toolbox: Toolbox) {
    this.#parts = { ...parts, turn, toolbox, started: new Map(), inTurn: (task) => this.#inTurn(task) };
  }

  /** Begins a call while the answer still streams, if its tool may do that and its input is whole. */
  beginEarly(block: ToolUseBlock, message: Message): void {
    const how = this.#parts.toolbox.find(block);
    const mayBegin = how?.readOnly === true && !how.exclusive && toolsetNameOf(block) === undefined;
    if (mayBegin && toolInputOf(block)?.state === 'complete') this.#begin(block, message);
  }

  /**
   * Runs what has not begun, and waits for all. Results in the order of the calls.
   * @throws the reason when the run is stopped, and what `approve` or `onEvent` throw.
   */
  answers(blocks: readonly ToolUseBlock[], message: Message): Promise<readonly ToolResultParam[]> {
    return Promise.all(blocks.map((block) => this.#begin(block, message)));
  }

  /** Results without beginning anything more. */
  answersWithout(
    blocks: readonly ToolUseBlock[],
    { stop_reason: reason }: Message,
  ): Promise<readonly ToolResultParam[]> {
    return Promise.all(
      blocks.map((block) => this.#answers.get(block.id) ?? this.#end(block, notBegun(block, notRun(reason)))),
    );
  }

  /** Results as they are now: the calls that have none were stopped. */
  answersSoFar(blocks: readonly ToolUseBlock[]): readonly ToolResultParam[] {
    const { started } = this.#parts;
    return blocks.map((block) => this.#results.get(block.id) ?? resultOf(block, stopped(started.has(block.id))));
  }

  /** Nobody waits for what is not over yet. */
  abandon(): void {
    this.#isAbandoned = true;
    const { emit, turn, started, clock } = this.#parts;
    for (const block of this.#open.values()) {
      const since = started.get(block.id);
      const result = resultOf(block, stopped(since !== undefined));
      const duration = since === undefined ? 0 : clock.now() - since;
      emit({
        type: 'tool_finished',
        turn,
        call: callOf(block, frozenCopy(block.input)),
        outcome: 'stopped',
        result,
        duration,
      });
    }
    this.#open.clear();
  }

  #begin(block: ToolUseBlock, message: Message): Promise<ToolResultParam> {
    const begun = this.#answers.get(block.id);
    if (begun !== undefined) return begun;
    this.#open.set(block.id, block);
    const answer = this.#call(block, message).then((ended) => this.#end(block, ended));
    // Whoever waits for all of them sees it.
    answer.catch(() => {});
    this.#answers.set(block.id, answer);
    return answer;
  }

  #call(block: ToolUseBlock, message: Message): Promise<EndedCall> {
    const toolset = toolsetNameOf(block);
    const before = toolset === undefined ? undefined : this.#lanes.get(toolset);
    const isAgain = this.#parts.meter.isLooping(`${toolset ?? ''} ${block.name}`, textOf(block));
    this.isLooping ||= isAgain;
    const ended = isAgain
      ? Promise.resolve(notBegun(block, sameAgain))
      : answerCall(block, message, before, this.#parts);
    if (toolset !== undefined) this.#lanes.set(toolset, wentWell(ended));
    return ended;
  }

  #end(block: ToolUseBlock, { call, outcome: { outcome, content, error }, duration }: EndedCall): ToolResultParam {
    const { emit, turn } = this.#parts;
    const result = resultOf(block, { outcome, content });
    this.#results.set(block.id, result);
    this.#open.delete(block.id);
    if (this.#isAbandoned) return result;
    emit({ type: 'tool_finished', turn, call, outcome, result, duration, ...(error !== undefined && { error }) });
    return result;
  }

  #inTurn<Value>(task: () => Promise<Value>): Promise<Value> {
    const result = this.#last.then(task);
    this.#last = result.catch(() => {});
    return result;
  }
}

function wentWell(ended: Promise<EndedCall>): Promise<boolean> {
  return ended.then(
    ({ outcome }) => outcome.outcome === 'done',
    () => false,
  );
}
