/** The loop of a run: ask, run the calls, answer them, ask again (API reference, "Tool use"). */
import type { MessageOptions } from '../../endpoints/fallback.ts';
import type { Message } from '../../schema/message.ts';
import type { MessageRequest, UserBlock } from '../../schema/request.ts';
import type { MessageStream } from '../../stream/messageStream.ts';
import { refusalsBefore } from '../../stream/refusals.ts';
import { checkCompaction, compactionRequest, summaryIn } from './compaction.ts';
import type { LimitName, RunEnding } from './events.ts';
import { type Content, canGoOn, endsInResults, History, isEmpty, isPending, isToolUse, settled } from './history.ts';
import { tokensOf } from './meter.ts';
import type { RunParts } from './oneCall.ts';
import { Plan } from './plan.ts';
import { oddityOf, type Step, stepAfter } from './step.ts';
import { toolboxOf } from './toolbox.ts';
import { TurnCalls } from './turnCalls.ts';
import { unlessAborted } from './unlessAborted.ts';

/** What a loop needs of a streamed answer. */
export type RunStream = Pick<MessageStream, 'snapshot' | 'finalMessage' | 'abort' | typeof Symbol.asyncIterator>;

/** What a loop is given besides the conversation. */
export interface LoopParts extends RunParts {
  /** Asks the model. */
  readonly stream: (params: MessageRequest, options: MessageOptions) => RunStream;
  /** Whether anybody looks at the events of streams. */
  readonly isWatched: () => boolean;
  /** Resolves when the reader has taken all that was told. */
  readonly taken: () => Promise<void>;
}

/** An answer, and the calls that began while it came. */
interface Answered {
  readonly message: Message;
  /** Without calls that were there before. */
  readonly content: Content;
  readonly calls: TurnCalls;
}

const noSummary = 'The conversation could not be summarised. It stays as it is.';

export class Loop {
  readonly history: History;
  readonly plan: Plan;
  readonly #parts: LoopParts;
  /** Whose thoughts the conversation may hold. */
  #model: string;
  #last: Message | undefined;
  #wasNudged = false;
  /** Tokens of the last turn; 0 after a summary. */
  #length = 0;
  #canCompact = true;

  constructor(params: MessageRequest, parts: LoopParts) {
    this.history = new History(params.messages);
    this.plan = new Plan(params, parts.options);
    this.#parts = parts;
    this.#model = params.model;
  }

  /** @throws ClaudeError, and what `approve`, `onEvent` or `beforeTurn` throw. */
  async run(): Promise<RunEnding> {
    const { meter, options } = this.#parts;
    meter.check(this.#model);
    checkCompaction(this.plan.params, options);
    for (;;) {
      const limit = meter.reached();
      if (limit !== undefined && this.#last !== undefined) return this.#limited(limit, this.#last);
      const ending = this.#isTooLong() ? await this.#compact() : await this.#follow(await this.#ask());
      if (ending !== undefined) return ending;
    }
  }

  get #turn(): number {
    return this.#parts.meter.usage.turns;
  }

  #limited(limit: LimitName, message: Message): RunEnding {
    this.#parts.emit({ type: 'limit_reached', turn: this.#turn, limit });
    return { reason: 'limit', limit, message };
  }

  /** One request and its answer. */
  async #ask(): Promise<Answered> {
    const request = await this.#next();
    const { options } = this.#parts;
    const calls = new TurnCalls(this.#parts, this.#turn + 1, toolboxOf(request.tools ?? []));
    try {
      const message = await this.#answerTo(request, { ...options, fallbackModels: this.plan.fallbackModels }, calls);
      return { message, calls, content: this.history.fresh(message.content) };
    } catch (error) {
      calls.abandon();
      throw error;
    }
  }

  async #next(): Promise<MessageRequest> {
    const { options, signal, meter } = this.#parts;
    const planned = { turn: this.#turn + 1, messages: this.history.messages, usage: meter.usage };
    const asked = async () => options.beforeTurn?.(planned);
    const changes = (await unlessAborted(signal, asked())) ?? {};
    const { model } = { ...this.plan.params, ...changes };
    if (model !== this.#model) this.history.dropThinking();
    this.#model = model;
    const { messages } = this.history;
    return this.plan.requestWith(messages, changes, isPending(messages));
  }

  async #answerTo(request: MessageRequest, options: MessageOptions, calls: TurnCalls): Promise<Message> {
    const { stream, signal, emit, meter } = this.#parts;
    const turn = this.#turn + 1;
    emit({ type: 'turn_started', turn, model: request.model });
    const message = await this.#read(stream(request, { ...options, signal }), turn, calls);
    const refused = refusalsBefore(message);
    meter.count(message, refused);
    this.plan.learn(message, refused.length);
    this.#last = message;
    this.#length = tokensOf(message.usage);
    if (refused.length > 0) {
      this.history.dropThinking();
      this.#model = this.plan.params.model;
      emit({ type: 'fallback', turn, refused, model: this.#model });
    }
    const oddity = oddityOf(message);
    if (oddity !== undefined) emit({ type: 'warning', turn, text: oddity });
    return message;
  }

  async #read(stream: RunStream, turn: number, calls: TurnCalls): Promise<Message> {
    const { options, emit, isWatched, taken, signal } = this.#parts;
    const isEager = options.eager === true;
    if (!isEager && !isWatched()) return stream.finalMessage();
    for await (const event of stream) {
      const { snapshot } = stream;
      if (isEager && event.type === 'content_block_stop' && snapshot !== undefined) {
        const block = snapshot.content[event.index];
        if (block !== undefined && isToolUse(block) && !this.history.knows(block.id)) calls.beginEarly(block, snapshot);
      }
      emit({ type: 'stream', turn, event });
      await taken();
      // What has arrived already would be read on otherwise.
      if (signal.aborted) stream.abort(signal.reason);
    }
    return stream.finalMessage();
  }

  /** What an answer leads to; undefined to ask again. */
  async #follow(answered: Answered): Promise<RunEnding | undefined> {
    const { message, content } = answered;
    const { messages } = this.history;
    const isLeftAlone = this.#parts.options.nudge === false || this.#wasNudged || isPending(messages);
    const mayNudge = !isLeftAlone && endsInResults(messages);
    const step = stepAfter(message, content, { mayNudge, canGoOn: canGoOn(messages, content) });
    this.#wasNudged = step.type === 'nudge';
    const hasPausedTooOften = this.#parts.meter.pausedTooOften(step.type === 'go_on');
    await this.#keep(step, answered);
    this.#parts.emit({ type: 'turn_finished', turn: this.#turn, message, usage: this.#parts.meter.usage });
    if (step.type === 'end') return { reason: step.reason, message };
    if (hasPausedTooOften) return this.#limited('pauses', message);
    return answered.calls.isLooping ? this.#limited('same_calls', message) : undefined;
  }

  /** Adds to the conversation what stays of an answer, and what is said to it. */
  async #keep(step: Step, { message, content, calls }: Answered): Promise<void> {
    const { nudge } = this.#parts.options;
    if (step.type === 'answer') await this.#answerCalls(content, message, calls);
    else if (step.type === 'go_on') this.history.addAnswer(content);
    else if (step.type === 'nudge' && nudge !== false) this.history.addText(nudge);
    else if (step.type === 'end' && step.keeps === 'nothing') calls.abandon();
    else if (step.type === 'end') {
      const kept = step.keeps === 'settled' ? settled(content) : content;
      this.history.addAnswer(isEmpty(kept) ? [] : kept, await calls.answersWithout(kept.filter(isToolUse), message));
    }
  }

  async #answerCalls(content: Content, message: Message, calls: TurnCalls): Promise<void> {
    const blocks = content.filter(isToolUse);
    try {
      const results = await calls.answers(blocks, message);
      this.history.addAnswer(content, [...results, ...(await this.#interjected())]);
    } catch (error) {
      // Stopped in the middle: what was done is not forgotten, and the conversation can go on from here.
      this.history.addAnswer(content, calls.answersSoFar(blocks));
      calls.abandon();
      throw error;
    }
  }

  async #interjected(): Promise<readonly UserBlock[]> {
    const { options, signal } = this.#parts;
    const said = async () => options.interject?.();
    return (await unlessAborted(signal, said())) ?? [];
  }

  #isTooLong(): boolean {
    const { compaction } = this.#parts.options;
    if (compaction === undefined || !this.#canCompact || this.#length <= compaction.above) return false;
    return !isPending(this.history.messages);
  }

  async #compact(): Promise<undefined> {
    const { options } = this.#parts;
    const { compaction = { above: 0 } } = options;
    const request = compactionRequest(await this.#next(), compaction);
    const calls = new TurnCalls(this.#parts, this.#turn + 1, toolboxOf([]));
    const message = await this.#answerTo(request, { ...options, fallbackModels: [] }, calls);
    const summary = summaryIn(message);
    if (summary !== undefined) this.history.startFrom(summary);
    else this.#parts.emit({ type: 'warning', turn: this.#turn, text: noSummary });
    this.#canCompact = summary !== undefined;
    this.#length = 0;
    this.#parts.emit({ type: 'turn_finished', turn: this.#turn, message, usage: this.#parts.meter.usage });
  }
}
