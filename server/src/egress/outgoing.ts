/** The one door out: every request to the service is filtered, recorded and priced here, and nowhere else. */
import type { Usage } from '#shared/usage.ts';
import type { Claude, ErrorKind, Message, MessageStream, StreamEvent } from '../claude/index.ts';
import { ClaudeError, costOf, toolInputOf } from '../claude/index.ts';
import type { Answer, Ask, Hearing, Log, Outgoing } from '../ports.ts';
import { Refusal } from '../ports.ts';
import type { Access } from './access.ts';
import { cleanText, filterRequest } from './filter.ts';
import type { Outcome } from './receipt.ts';
import type { Receipts } from './receipts.ts';
import { receiptId } from './receipts.ts';

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
  /** @throws Refusal when there is no key, or the endpoint is not to be used. */
  connect(signal: AbortSignal): Promise<Connected>;
  /** Why a document must not leave, with its full stop; undefined when it may. */
  reasonToStay(uri: string, patterns: readonly string[]): Promise<string | undefined>;
  readonly receipts: Receipts;
  readonly log: Log;
  readonly now: () => Date;
  /** Eight hexadecimal digits. */
  readonly random: () => string;
  /** Told when a request begins, and when it ends and how. */
  readonly watch: { began(): void; ended(failure: ServiceFailure | undefined): void };
}

export function createOutgoing(parts: OutgoingParts): Outgoing {
  return {
    clean: async (text) => cleanText(text, parts.log.clean),
    mayLeave: async (uri, patterns) => (await parts.reasonToStay(uri, patterns)) === undefined,
    isDemo: (signal) => isDemo(parts, signal),
    async ask(ask, hearing, signal) {
      parts.watch.began();
      try {
        const answer = await askOnce(parts, ask, hearing, signal);
        parts.watch.ended(undefined);
        return answer;
      } catch (error) {
        parts.watch.ended(error instanceof ClaudeError ? { kind: error.kind, message: error.message } : undefined);
        throw error;
      }
    },
  };
}

async function isDemo({ connect }: OutgoingParts, signal: AbortSignal): Promise<boolean | undefined> {
  try {
    return (await connect(signal)).access.demo;
  } catch (error) {
    if (error instanceof Refusal) return undefined;
    throw error;
  }
}

async function askOnce(parts: OutgoingParts, ask: Ask, hearing: Hearing, signal: AbortSignal): Promise<Answer> {
  await refuseExcluded(parts, ask);
  // First the key, so that the filter knows it.
  const { claude, access } = await parts.connect(signal);
  const filtered = filterRequest(ask.request, parts.log.clean);
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
    request: { ...request },
  });
  const stream = claude.messages.stream(request, {
    signal,
    onRetry: (notice) => parts.log.info(`retry: ${notice.reason}`),
  });
  const message = await recorded(parts, id, stream, hearing);
  return {
    message,
    usage: usageOf(message),
    receipt: `gloss:/receipts/${id}.txt`,
    demo: access.demo,
    notices: replaced.map((line) => `Replaced before sending: ${line}.`),
  };
}

/** Reads the stream to its end and completes the receipt, however it ends. */
async function recorded(parts: OutgoingParts, id: string, stream: MessageStream, hearing: Hearing): Promise<Message> {
  const close = (outcome: Outcome) =>
    parts.receipts.close(id, outcome).catch((error: unknown) => parts.log.error('a receipt was not completed', error));
  try {
    for await (const event of stream) await hear(stream, event, hearing);
    const message = await stream.finalMessage();
    await close({ result: 'answered', ...requestIdOf(stream), usage: usageOf(message) });
    return message;
  } catch (error) {
    const seen = stream.snapshot;
    const result = error instanceof ClaudeError ? error.kind : 'failed';
    await close({ result, ...requestIdOf(stream), ...(seen === undefined ? {} : { usage: usageOf(seen) }) });
    throw error;
  } finally {
    await stream[Symbol.asyncDispose]();
  }
}

/** Steps are of the caller's own tools: what the service's tools are called with is of no use to anybody here. */
async function hear(stream: MessageStream, event: StreamEvent, { text, textEnd, tool }: Hearing): Promise<void> {
  if (event.type === 'content_block_start' && event.content_block.type === 'text' && event.content_block.text !== '')
    return text?.(event.content_block.text);
  if (event.type === 'content_block_delta' && event.delta.type === 'text_delta' && event.delta.text !== '')
    return text?.(event.delta.text);
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
