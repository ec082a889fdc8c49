/** The one door out: every request to the service is filtered, recorded and priced here, and nowhere else. */
import type { Usage } from '#shared/usage.ts';
import type { Claude, ErrorKind, Message, MessageRequest, MessageStream, StreamEvent } from '../claude/index.ts';
import { ClaudeError, costOf, toolInputOf } from '../claude/index.ts';
import type { Answer, AnswerStream, Ask, ChatOutgoing, Hearing, Log, SaidPlace } from '../ports.ts';
import { Refusal } from '../ports.ts';
import type { Access } from './access.ts';
import { createRequestFilter, createTextFilter } from './filter.ts';
import type { Outcome, Receipt } from './receipt.ts';
import type { Receipts } from './receipts.ts';
import { createDigest, receiptId } from './receipts.ts';

/** A client and the access that it was made with. */
export interface Connected {
  readonly claude: Claude;
  readonly access: Access;
}

/** How the service failed a request. */
export interface ServiceFailure {
  readonly kind: ErrorKind;
  readonly message: string;
}

export interface OutgoingParts {
  /**
   * @param mayAsk whether the person may be asked for what is missing: only on their own action.
   * @throws Refusal when there is no key, or the endpoint is not to be used.
   */
  connect(mayAsk: boolean): Promise<Connected>;
  /** Why a document must not leave, with its full stop; undefined when it may. */
  reasonToStay(uri: string, patterns: readonly string[]): Promise<string | undefined>;
  readonly receipts: Receipts;
  readonly log: Log;
  /** How many keys the log takes out. */
  readonly knownKeys: () => number;
  readonly now: () => Date;
  /** Eight hexadecimal digits. */
  readonly random: () => string;
  /** Told when a request begins, and when it ends and how. */
  readonly watch: { began(): void; ended(failure: ServiceFailure | undefined): void };
}

interface Parts extends OutgoingParts {
  readonly filter: ReturnType<typeof createRequestFilter>;
  readonly digest: ReturnType<typeof createDigest>;
}

export function createOutgoing(given: OutgoingParts): ChatOutgoing {
  const parts: Parts = {
    ...given,
    filter: createRequestFilter(given.log.clean, given.knownKeys),
    digest: createDigest(),
  };
  const clean = createTextFilter(given.log.clean, given.knownKeys);
  return {
    clean: async (text) => clean(text),
    mayLeave: async (uri, patterns) => (await parts.reasonToStay(uri, patterns)) === undefined,
    isDemo: () => isDemo(parts),
    async ask(ask, hearing, signal) {
      const asked = createAnswerStream(parts, ask, hearing, signal);
      for await (const _ of asked);
      return answerIn(asked);
    },
    stream: (ask, hearing, signal) => createAnswerStream(parts, ask, hearing, signal),
  };
}

async function isDemo({ connect }: OutgoingParts): Promise<boolean | undefined> {
  try {
    return (await connect(true)).access.demo;
  } catch (error) {
    if (error instanceof Refusal) return undefined;
    throw error;
  }
}

/** A request that is filtered, recorded and sent when it is first read; its receipt is completed however it ends. */
function createAnswerStream(parts: Parts, ask: Ask, hearing: Hearing, given: AbortSignal): AnswerStream {
  const stopping = new AbortController();
  const signal = AbortSignal.any([given, stopping.signal]);
  let stream: MessageStream | undefined;
  let answer: Answer | undefined;
  async function* read(): AsyncGenerator<StreamEvent, undefined> {
    parts.watch.began();
    let failure: unknown;
    try {
      const sent = await send(parts, ask, signal);
      ({ stream } = sent);
      yield* recorded(parts, sent, hearing, leftAs(ask, signal));
      answer = await answerTo(sent);
    } catch (error) {
      failure = error;
      throw error;
    } finally {
      parts.watch.ended(failure instanceof ClaudeError ? { kind: failure.kind, message: failure.message } : undefined);
    }
  }
  return {
    get snapshot() {
      return stream?.snapshot;
    },
    get answer() {
      return answer;
    },
    [Symbol.asyncIterator]: read,
    async finalMessage() {
      if (answer === undefined) for await (const _ of read());
      return answerIn(this).message;
    },
    abort: (reason) => stopping.abort(reason),
  };
}

function answerIn({ answer }: AnswerStream): Answer {
  if (answer === undefined) throw new Error('an answer was asked for before it was whole');
  return answer;
}

const onlyOnce = { attempts: 1, longestServerDelay: 0 } as const;

interface Sent {
  readonly stream: MessageStream;
  readonly id: string;
  readonly demo: boolean;
  readonly replaced: readonly string[];
}

async function send(parts: Parts, ask: Ask, signal: AbortSignal): Promise<Sent> {
  await refuseExcluded(parts, ask);
  // First the key, so that the filter knows it.
  const { claude, access } = await parts.connect(ask.unasked !== true);
  const filtered = parts.filter(ask.request);
  const { request } = filtered;
  const replaced = [...new Set([...ask.replaced, ...filtered.replaced])];
  const id = receiptId(parts.now(), parts.random());
  await parts.receipts.open({
    id,
    time: parts.now().toISOString(),
    purpose: ask.purpose,
    host: access.host,
    credentialSource: access.credential?.source ?? 'none',
    demo: access.demo,
    sources: [...ask.sources],
    replaced,
    ...(ask.context === undefined ? {} : { context: { ...ask.context, parts: [...ask.context.parts] } }),
    ...keptAs(parts, request, ask.said),
  });
  const stream = claude.messages.stream(request, {
    signal,
    ...(ask.fallbackModels === undefined ? {} : { fallbackModels: ask.fallbackModels }),
    ...(ask.within === undefined ? {} : { retries: onlyOnce, deadlines: { total: ask.within } }),
    onRetry: (notice) => parts.log.info(`retry: ${notice.reason}`),
  });
  return { stream, id, demo: access.demo, replaced };
}

/** The whole request, or where its messages are kept already. */
function keptAs(
  { digest }: Parts,
  request: MessageRequest,
  said: SaidPlace | undefined,
): Pick<Receipt, 'request' | 'said'> {
  if (said === undefined) return { request: { ...request } };
  const { messages, ...rest } = request;
  return { request: rest, said: { ...said, digest: digest(messages) } };
}

async function answerTo({ stream, id, demo, replaced }: Sent): Promise<Answer> {
  const message = await stream.finalMessage();
  return {
    message,
    usage: usageOf(message),
    receipt: `gloss:/receipts/${id}.txt`,
    demo,
    notices: replaced.map((line) => `Replaced before sending: ${line}.`),
  };
}

/** Hands on the events, and completes the receipt, however it ends. */
async function* recorded(
  parts: OutgoingParts,
  { stream, id }: Sent,
  hearing: Hearing,
  left: () => string,
): AsyncGenerator<StreamEvent> {
  let outcome: Outcome | undefined;
  try {
    for await (const event of stream) {
      await hear(stream, event, hearing);
      yield event;
    }
    outcome = { result: 'answered', ...requestIdOf(stream), usage: usageOf(await stream.finalMessage()) };
  } catch (error) {
    outcome = { result: error instanceof ClaudeError ? error.kind : 'failed', ...seenIn(stream) };
    throw error;
  } finally {
    await parts.receipts
      .close(id, { ...seenIn(stream), ...(outcome ?? { result: left() }) })
      .catch((error: unknown) => parts.log.error('a receipt was not completed', error));
    await stream[Symbol.asyncDispose]();
  }
}

/** How it ended where its reader left: only Gloss knows whether that was because enough had come. */
function leftAs({ untilEnough }: Ask, signal: AbortSignal): () => string {
  return () =>
    untilEnough === true && !signal.aborted ? 'complete: ended by Gloss as soon as enough had come' : 'aborted';
}

function seenIn(stream: MessageStream): Pick<Outcome, 'requestId' | 'usage'> {
  const seen = stream.snapshot;
  return { ...requestIdOf(stream), ...(seen === undefined ? {} : { usage: usageOf(seen) }) };
}

/** Steps are of the caller's own tools: what the service's tools are called with is of no use to anybody here. */
async function hear(stream: MessageStream, event: StreamEvent, hearing: Hearing): Promise<void> {
  const { text, textEnd, thinking, tool } = hearing;
  if (event.type === 'content_block_start' && event.content_block.type === 'text' && event.content_block.text !== '')
    return text?.(event.content_block.text);
  if (event.type === 'content_block_delta' && event.delta.type === 'text_delta' && event.delta.text !== '')
    return text?.(event.delta.text);
  if (event.type === 'content_block_delta' && event.delta.type === 'thinking_delta' && event.delta.thinking !== '')
    return thinking?.(event.delta.thinking);
  const isStep =
    event.type === 'content_block_stop' ||
    (event.type === 'content_block_delta' && event.delta.type === 'input_json_delta');
  const block = isStep ? stream.snapshot?.content[event.index] : undefined;
  if (event.type === 'content_block_stop' && block?.type === 'text') return textEnd?.(block.citations ?? []);
  if (tool === undefined || !isStep || block?.type !== 'tool_use') return;
  const state = toolInputOf(block);
  if (state === undefined) return;
  const { id, name } = block;
  await tool({
    id,
    name,
    state: state.state,
    get value() {
      return state.value;
    },
  });
}

async function refuseExcluded(parts: OutgoingParts, { sources, excludedFiles }: Ask): Promise<void> {
  for (const uri of new Set(sources.map((source) => source.uri))) {
    const reason = await parts.reasonToStay(uri, excludedFiles);
    if (reason !== undefined)
      throw new Refusal(`This file stays on this machine: ${reason} Nothing was sent.`, 'excluded');
  }
}

function requestIdOf(stream: MessageStream): { requestId?: string } {
  return stream.requestId === undefined ? {} : { requestId: stream.requestId };
}

function usageOf(message: Message): Usage {
  const { usage } = message;
  const price = costOf(usage, message.model);
  return {
    inputTokens: usage.input_tokens,
    outputTokens: usage.output_tokens,
    cacheReadTokens: usage.cache_read_input_tokens ?? 0,
    cacheWriteTokens: usage.cache_creation_input_tokens ?? 0,
    ...(price === undefined ? {} : { price }),
  };
}
