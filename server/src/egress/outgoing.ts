/** The one door out: every request to the service is filtered, recorded and priced here, and nowhere else. */
import type { Usage } from '#shared/usage.ts';
import type { Claude, ErrorKind, Message, MessageStream } from '../claude/index.ts';
import { ClaudeError, costOf } from '../claude/index.ts';
import type { Answer, Ask, Log, Outgoing } from '../ports.ts';
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
    async ask(ask, onText, signal) {
      parts.watch.began();
      try {
        const answer = await askOnce(parts, ask, onText, signal);
        parts.watch.ended(undefined);
        return answer;
      } catch (error) {
        parts.watch.ended(error instanceof ClaudeError ? { kind: error.kind, message: error.message } : undefined);
        throw error;
      }
    },
  };
}

async function askOnce(
  parts: OutgoingParts,
  ask: Ask,
  onText: (text: string) => void | Promise<void>,
  signal: AbortSignal,
): Promise<Answer> {
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
    request: { ...request },
  });
  const stream = claude.messages.stream(request, {
    signal,
    onRetry: (notice) => parts.log.info(`retry: ${notice.reason}`),
  });
  const message = await recorded(parts, id, stream, onText);
  return {
    message,
    usage: usageOf(message),
    receipt: `gloss:/receipts/${id}.txt`,
    demo: access.demo,
    notices: replaced.map((line) => `Replaced before sending: ${line}.`),
  };
}

/** Reads the stream to its end and completes the receipt, however it ends. */
async function recorded(
  parts: OutgoingParts,
  id: string,
  stream: MessageStream,
  onText: (text: string) => void | Promise<void>,
): Promise<Message> {
  const close = (outcome: Outcome) =>
    parts.receipts.close(id, outcome).catch((error: unknown) => parts.log.error('a receipt was not completed', error));
  try {
    for await (const text of stream.text()) await onText(text);
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
