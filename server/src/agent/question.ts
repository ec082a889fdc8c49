/** One question of the person: asked, its calls run and answered, again and again, until the model has said what it had to say. */
import type { Settings } from '#shared/settings.ts';
import type { ChatEnding } from '../chat.ts';
import {
  ClaudeError,
  type Message,
  type MessageOptions,
  type MessageParam,
  type MessageRequest,
  type RunEnding,
  runTools,
  type ToolRun,
} from '../claude/index.ts';
import { type Answer, type AnswerStream, type ChatWorld, Refusal, type Source } from '../ports.ts';
import type { Calls } from './calls.ts';
import { compacted } from './compact.ts';
import { missingResults, textsOf, turnsOf } from './history.ts';
import type { Interjected } from './interjected.ts';
import { closed } from './orStopped.ts';
import { Paused } from './pauses.ts';
import type { Recorder } from './recorder.ts';
import { createSync, type State } from './sync.ts';
import { isNearlyFull } from './window.ts';

export interface QuestionParts {
  readonly world: ChatWorld;
  readonly settings: Settings;
  readonly recorder: Recorder;
  readonly calls: Calls;
  readonly signal: AbortSignal;
  /** Of the last request and its answer, before this question. */
  readonly tokens: number;
  readonly conversation: string;
  /** What it is for, as receipts name it. */
  readonly purpose: string;
  /** Of the question itself; those of results come with them. */
  readonly sources: readonly Source[];
  readonly replaced: readonly string[];
  request(turns: readonly MessageParam[], model: string): MessageRequest;
  /** Before each request. @throws Paused when the person does not want to go on. */
  mayGoOn(): Promise<void>;
  /** An answer has come and is paid for. */
  onAnswer(answer: Answer): Promise<void>;
  onText(text: string): void;
  onThinking(text: string): void;
  /** Asks whether to go on where the run has stopped by itself. */
  goOn(text: string): Promise<boolean>;
  /** What the person says while it works. */
  interject(): Interjected | undefined;
}

/** The next request would not fit into the model's window. */
class TooLong extends Error {
  override readonly name = 'TooLong';
}

export interface Ended {
  readonly ending: ChatEnding;
  /** For the person. */
  readonly message?: string;
  /** Of what failed. */
  readonly kind?: string;
}

/** What failed, for programs; nothing of what nobody foresaw. */
export function kindOf(error: unknown): Pick<Ended, 'kind'> {
  return error instanceof ClaudeError || error instanceof Refusal ? { kind: error.kind } : {};
}

/** Runs a question whose turn is recorded already. What fails is an ending, too: everything until then is kept. */
export async function runQuestion(parts: QuestionParts): Promise<Ended> {
  const state: State = {
    model: parts.settings.chat.model,
    tokens: parts.tokens,
    mayCompact: true,
    last: undefined,
    said: undefined,
    fresh: { sources: parts.sources, replaced: parts.replaced },
  };
  for (;;) {
    const step = await oneRun(parts, state);
    if (step !== 'again') return step;
  }
}

async function oneRun(parts: QuestionParts, state: State): Promise<Ended | 'again'> {
  const { recorder, calls } = parts;
  await answerMissing(recorder, state.model);
  const turns = turnsOf(recorder.entries, state.model);
  const request = calls.runnable(parts.request(turns, state.model));
  const sync = createSync(parts, state, turns.length);
  const { fallbackModel } = parts.settings.chat;
  const fallbackModels = fallbackModel === '' || fallbackModel === state.model ? [] : [fallbackModel];
  const run = runTools((asked, options) => streamFor(parts, state, asked, options), request, {
    ...{ signal: parts.signal, fallbackModels },
    eager: true,
    maxTurns: Number.MAX_SAFE_INTEGER,
    approve: async (call) => {
      await sync.answered(call.message);
      return calls.approve(call);
    },
    async beforeTurn({ messages }) {
      await sync.all(messages);
      if (state.mayCompact && isNearlyFull(state.tokens, state.model)) throw new TooLong();
      await parts.mayGoOn();
      return undefined;
    },
    interject() {
      const said = parts.interject();
      state.said = said;
      return said?.blocks;
    },
    onEvent: (event) => {
      calls.onEvent(event);
      if (event.type === 'fallback') sync.fellBack(event);
    },
  });
  try {
    const ending = await run.end();
    await sync.all(run.messages);
    return await ended(ending, parts, state);
  } catch (error) {
    await calls.abandon(parts.signal.aborted ? 'You stopped it.' : 'The answer broke off.');
    await sync.all(run.messages);
    await keepPartial(error, run, parts, state);
    return failed(error, parts, state);
  }
}

/** One request: through the door out, heard while it comes, counted when it is there. */
function streamFor(
  { world, settings, calls, recorder, signal: ofAll, ...parts }: QuestionParts,
  state: State,
  request: MessageRequest,
  { signal = ofAll, fallbackModels = [] }: MessageOptions,
): AnswerStream {
  const { sources, replaced } = state.fresh;
  state.fresh = { sources: [], replaced: [] };
  const models = fallbackModels.filter((model) => typeof model === 'string');
  const ask = { purpose: parts.purpose, request, sources, replaced, fallbackModels: models };
  const hearing = {
    text: parts.onText,
    thinking: parts.onThinking,
    tool: (step: Parameters<Calls['hear']>[0]) => calls.hear(step),
  };
  const said = { conversation: parts.conversation, entry: recorder.entries.at(-1)?.id ?? '', model: state.model };
  const stream = world.outgoing.stream({ ...ask, excludedFiles: settings.excludedFiles, said }, hearing, signal);
  state.last = stream;
  return stream;
}

/** A server that was killed leaves calls without results: they get some before anything else is said. */
export async function answerMissing(recorder: Recorder, model: string): Promise<void> {
  const turn = missingResults(turnsOf(recorder.entries, model));
  if (turn !== undefined) await recorder.record({ kind: 'results', turn, calls: [], said: [] });
}

async function ended(ending: RunEnding, parts: QuestionParts, state: State): Promise<Ended | 'again'> {
  const { recorder } = parts;
  const note = async (text: string, more: object = {}) => recorder.record({ kind: 'noted', text, ...more });
  switch (ending.reason) {
    case 'finished':
      return { ending: 'finished' };
    case 'truncated':
      await note('The answer was cut at the length limit.');
      return { ending: 'finished', message: 'The answer was cut at the length limit. Ask it to go on.' };
    case 'refused': {
      const text = refusalText(ending.message);
      await note(text, { withdraws: true });
      return { ending: 'refused', message: text };
    }
    case 'context_full':
      if (!state.mayCompact)
        return { ending: 'failed', message: 'The conversation no longer fits into the model. Begin a new one.' };
      return shortened(parts, state);
    case 'limit': {
      const text =
        ending.limit === 'same_calls'
          ? 'The model makes the same call again and again. Go on?'
          : 'The service has paused many times. Go on?';
      if (await parts.goOn(text)) return 'again';
      await note(text.replace(' Go on?', ' It was stopped.'));
      return { ending: 'limit' };
    }
  }
}

function refusalText({ model, stop_details: details }: Message): string {
  const category = details?.category;
  const about = typeof category === 'string' ? ` (${category})` : '';
  return `${model} declined to answer${about}. Ask in other words, or choose another model.`;
}

/** What had come of an answer that broke off stays: the texts for the model, all of it for the person. */
async function keepPartial(
  error: unknown,
  run: ToolRun,
  { recorder, world }: QuestionParts,
  state: State,
): Promise<void> {
  const partial = error instanceof ClaudeError ? error.partial : undefined;
  const last = run.messages.at(-1);
  if (partial === undefined || (last?.role === 'assistant' && last.content === partial.content)) return;
  const content = textsOf(partial.content);
  if (content.length === 0) return;
  const { usage } = partial;
  // Nobody waits for this one any more: the question's own signal has ended.
  const demo = await world.outgoing.isDemo(AbortSignal.timeout(1_000)).catch(() => undefined);
  await recorder.record({
    kind: 'answered',
    turn: { role: 'assistant', content },
    model: state.model,
    stopReason: 'cut',
    usage: {
      inputTokens: usage.input_tokens,
      outputTokens: usage.output_tokens,
      cacheReadTokens: usage.cache_read_input_tokens ?? 0,
      cacheWriteTokens: usage.cache_creation_input_tokens ?? 0,
    },
    receipt: '',
    demo: demo === true,
    cut: error instanceof ClaudeError && error.kind === 'aborted' ? 'stopped' : 'broken off',
  });
}

async function failed(error: unknown, parts: QuestionParts, state: State): Promise<Ended | 'again'> {
  const { recorder, signal, settings } = parts;
  if (error instanceof TooLong) return shortened(parts, state);
  if (error instanceof Paused) {
    await recorder.record({ kind: 'noted', text: error.message });
    return { ending: 'limit', message: error.message, kind: 'limit' };
  }
  if (signal.aborted) {
    const text = signal.reason === closed ? 'Unfinished: Gloss was closed in the middle.' : 'Stopped.';
    await recorder.record({ kind: 'noted', text });
    return { ending: 'stopped' };
  }
  const { fallbackModel } = settings.chat;
  if (
    error instanceof ClaudeError &&
    error.kind === 'overloaded' &&
    fallbackModel !== '' &&
    state.model !== fallbackModel
  ) {
    await recorder.record({ kind: 'noted', text: `${state.model} is overloaded. ${fallbackModel} goes on.` });
    state.model = fallbackModel;
    return 'again';
  }
  const isFull = error instanceof ClaudeError && /prompt is too long|context window/i.test(error.message);
  if (isFull && state.mayCompact) return shortened(parts, state);
  if (!(error instanceof ClaudeError) && !(error instanceof Refusal)) parts.world.log.error('a chat failed', error);
  const text =
    error instanceof ClaudeError || error instanceof Refusal
      ? error.message
      : 'Something went wrong. The log has the details.';
  await recorder.record({ kind: 'noted', text, isError: true });
  return { ending: 'failed', message: text, ...kindOf(error) };
}

/** The conversation so far gives way to a summary, and the question goes on. */
async function shortened(parts: QuestionParts, state: State): Promise<Ended | 'again'> {
  state.mayCompact = false;
  const { recorder, world, signal, purpose, settings, onAnswer } = parts;
  const turns = turnsOf(recorder.entries, state.model);
  const summary = await compacted(
    { world, signal, purpose, excludedFiles: settings.excludedFiles },
    parts.request(turns, state.model),
  );
  if (summary === undefined)
    return { ending: 'failed', message: 'The conversation could not be summarised. Begin a new one.' };
  await recorder.record({ kind: 'compacted', turns: summary.turns, usage: summary.usage, receipt: summary.receipt });
  await onAnswer(summary.answer);
  state.tokens = 0;
  return 'again';
}
