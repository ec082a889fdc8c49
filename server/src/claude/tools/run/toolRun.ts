/** A run of tools as its reader sees it: events, or the last message. */
import { type Clock, systemClock } from '../../clock.ts';
import { ClaudeError } from '../../errors.ts';
import { abortedError } from '../../failures.ts';
import type { Message } from '../../schema/message.ts';
import type { MessageParam, MessageRequest, Tool, UserMessage } from '../../schema/request.ts';
import { Channel } from './channel.ts';
import type { RunEnding, RunEvent, RunUsage } from './events.ts';
import { isPending } from './history.ts';
import { Loop, type LoopParts } from './loop.ts';
import { Meter } from './meter.ts';
import { filled, type ToolRunOptions } from './options.ts';
import { Slots } from './slots.ts';

/**
 * A conversation that goes on by itself: the model asks for tools, they are run and answered, until it has said what
 * it had to say or a limit is reached. It begins when it is first read, and has one reader: iterate over it, or over
 * `text()`, or call `end()` or `finalMessage()`. One that breaks off stops the run.
 *
 * A run throws a `ClaudeError` when a request fails, and what `approve`, `onEvent` or `beforeTurn` throw. Tools that
 * fail are no failure of the run: the model is told.
 */
export interface ToolRun extends AsyncIterable<RunEvent> {
  /** The pieces of all answers' text as they come. */
  text(): AsyncIterable<string>;
  /** Why the run ended. Runs it, unless somebody reads it already. */
  end(): Promise<RunEnding>;
  /** The last answer. Runs to the end, unless somebody reads it already. */
  finalMessage(): Promise<Message>;
  /** Once it has ended without a failure. */
  readonly ending: RunEnding | undefined;
  /**
   * The conversation so far. It can be sent at any moment, also after a failure or an abort: each call has its result,
   * and a turn that is under way is not in it yet. Blocks are as they came.
   */
  readonly messages: readonly MessageParam[];
  /** What the run has used so far. */
  readonly usage: RunUsage;
  /** Gives the model more tools, from the next turn on; one with the name of another takes its place. Costs the cache. */
  addTools(...tools: readonly Tool[]): void;
  /** Takes tools away, from the next turn on. Costs the cache. */
  removeTools(...names: readonly string[]): void;
  /**
   * Goes on from where this run ended, as a new run with its options and with fresh limits.
   * @param content What the person says to it. Needed when the model had finished or was cut off; not possible while a
   * tool of the service is at work.
   * @throws ClaudeError of kind `configuration` when that is not heeded, or this run has not ended.
   */
  continue(content?: UserMessage['content'], options?: ToolRunOptions): ToolRun;
  /** Stops the run at once: reading throws a `ClaudeError` of kind `aborted`, and tools at work are told by their signal. */
  abort(reason?: unknown): void;
  /** Stops the run, if it still goes on, and waits for the tools that are at work. */
  [Symbol.asyncDispose](): Promise<void>;
}

/** What a run is made with. */
export interface RunWorld extends Pick<LoopParts, 'stream'> {
  readonly clock: Clock;
}

/**
 * A run as `messages.runTools` makes it, whose requests go another way: through a program's own filter, or to a recorded
 * conversation.
 * @param stream Asks the model. Nothing is sent before the stream is read.
 */
export function runTools(stream: LoopParts['stream'], params: MessageRequest, options?: ToolRunOptions): ToolRun {
  return createToolRun({ stream, clock: systemClock }, params, options);
}

export function createToolRun(world: RunWorld, params: MessageRequest, options: ToolRunOptions = {}): ToolRun {
  return new Run(world, params, options);
}

class Run implements ToolRun {
  ending: RunEnding | undefined;
  readonly #world: RunWorld;
  readonly #options: ToolRunOptions;
  readonly #loop: Loop;
  readonly #meter: Meter;
  readonly #channel = new Channel<RunEvent>();
  readonly #controller = new AbortController();
  readonly #running = new Set<Promise<unknown>>();
  #hasReader = false;
  #end: Promise<RunEnding> | undefined;
  #isOver = false;

  constructor(world: RunWorld, params: MessageRequest, given: ToolRunOptions) {
    const options = filled(given);
    this.#world = world;
    this.#options = given;
    this.#meter = new Meter(options);
    const choice = params.tool_choice;
    const isSerial = choice !== undefined && 'disable_parallel_tool_use' in choice && choice.disable_parallel_tool_use;
    this.#loop = new Loop(params, {
      ...world,
      options,
      signal: this.#controller.signal,
      meter: this.#meter,
      slots: new Slots(isSerial === true ? 1 : options.parallel),
      running: this.#running,
      emit: (event) => this.#emit(event),
      isWatched: () => this.#hasReader || options.onEvent !== undefined,
      taken: () => this.#channel.taken(),
    });
  }

  get messages(): readonly MessageParam[] {
    return this.#loop.history.messages;
  }

  get usage(): RunUsage {
    return this.#meter.usage;
  }

  [Symbol.asyncIterator](): AsyncIterator<RunEvent> {
    return this.#reader();
  }

  async *text(): AsyncGenerator<string, undefined> {
    for await (const told of this) {
      if (told.type !== 'stream' || told.event.type !== 'content_block_delta') continue;
      const { delta } = told.event;
      if (delta.type === 'text_delta' && delta.text !== '') yield delta.text;
    }
  }

  #reader(): AsyncIterator<RunEvent> {
    if (this.#hasReader)
      throw new ClaudeError(
        'configuration',
        'The run is being read already: it has one reader. Use onEvent, or end().',
      );
    this.#hasReader = true;
    this.#begin();
    return {
      next: () => this.#channel.take(),
      return: async () => {
        this.abort('the reader broke off');
        return { done: true, value: undefined };
      },
    };
  }

  end(): Promise<RunEnding> {
    return this.#begin();
  }

  async finalMessage(): Promise<Message> {
    return (await this.#begin()).message;
  }

  addTools(...tools: readonly Tool[]): void {
    this.#loop.plan.addTools(tools);
  }

  removeTools(...names: readonly string[]): void {
    this.#loop.plan.removeTools(names);
  }

  continue(content?: UserMessage['content'], options: ToolRunOptions = {}): ToolRun {
    const problem = this.#problemOfGoingOn(content !== undefined);
    if (problem !== undefined) throw new ClaudeError('configuration', problem, { stage: 'settings', field: 'content' });
    const { plan } = this.#loop;
    const said: readonly MessageParam[] = content === undefined ? [] : [{ role: 'user', content }];
    const params = plan.requestWith([...this.messages, ...said], {}, isPending(this.messages));
    return new Run(this.#world, params, { ...this.#options, fallbackModels: plan.fallbackModels, ...options });
  }

  #problemOfGoingOn(isSaid: boolean): string | undefined {
    if (!this.#isOver) return 'The run has not ended. Wait for its end, or abort it.';
    const isWorking = isPending(this.messages);
    if (isSaid && isWorking)
      return 'A tool of the service is still at work: nothing can be said now. Continue without content first.';
    const reason = this.ending?.reason;
    const isClosed = reason === 'finished' || reason === 'truncated' || reason === 'context_full';
    if (!isSaid && isClosed && !isWorking) return 'The model has stopped speaking. Say something to it.';
    return undefined;
  }

  abort(reason?: unknown): void {
    if (this.#controller.signal.aborted) return;
    this.#controller.abort(abortedError(reason));
    this.#channel.hurry();
  }

  async [Symbol.asyncDispose](): Promise<void> {
    this.abort('the run was disposed');
    await this.#end?.catch(() => {});
    await Promise.allSettled(this.#running);
  }

  #emit(event: RunEvent): void {
    this.#options.onEvent?.(event);
    if (this.#hasReader) this.#channel.push(event);
  }

  #begin(): Promise<RunEnding> {
    if (this.#end === undefined) {
      this.#end = this.#run();
      // Whoever waits for the end sees it; a reader sees it in any case.
      this.#end.catch(() => {});
    }
    return this.#end;
  }

  async #run(): Promise<RunEnding> {
    const { signal } = this.#options;
    const onAbort = (): void => this.abort(signal?.reason);
    if (signal?.aborted === true) onAbort();
    else signal?.addEventListener('abort', onAbort, { once: true });
    try {
      this.#controller.signal.throwIfAborted();
      const ending = await this.#loop.run();
      this.#controller.signal.throwIfAborted();
      this.ending = ending;
      this.#isOver = true;
      this.#emit({ type: 'finished', ending });
      this.#channel.close();
      return ending;
    } catch (error) {
      const failure = this.#failureOf(error);
      this.#isOver = true;
      this.#channel.close({ error: failure });
      throw failure;
    } finally {
      signal?.removeEventListener('abort', onAbort);
      // What still runs has nobody left to answer to.
      this.#controller.abort(abortedError('the run is over'));
    }
  }

  /** Stopped is stopped, whichever part of the run noticed it first. */
  #failureOf(error: unknown): unknown {
    const { aborted, reason } = this.#controller.signal;
    if (!aborted) return error;
    const partial = error instanceof ClaudeError ? error.partial : undefined;
    return reason instanceof ClaudeError ? reason.withDetails({ partial }) : error;
  }
}
