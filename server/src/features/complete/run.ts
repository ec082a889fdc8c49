/** Asks for one suggestion: reads the answer only as far as it is needed, and tells what it cost. */
import { costOf, type Message, type Usage } from '../../claude/index.ts';
import type { ChatOutgoing } from '../../ports.ts';
import type { Asked, Filtered } from './filters/index.ts';
import type { Gathered } from './gather.ts';
import { suggestionPrompt } from './prompt.ts';
import { createReading } from './reading.ts';

export interface Question {
  readonly gathered: Gathered;
  readonly model: string;
  readonly asked: Asked;
  readonly excludedFiles: readonly string[];
  readonly byHand: boolean;
}

export interface RunParts {
  readonly outgoing: Pick<ChatOutgoing, 'stream'>;
  readonly filters: (answer: string, asked: Asked) => Filtered;
  /** Told once, however it ends, where the service has begun to answer. */
  paid(dollars: number): void;
}

/** Milliseconds after which nobody waits for a suggestion any more. */
const within = 15_000;

/** @throws Refusal when something must not leave or no key is there; ClaudeError when the service fails. */
export async function askOnce(
  { outgoing, filters, paid }: RunParts,
  { gathered, model, asked, excludedFiles, byHand }: Question,
  signal: AbortSignal,
): Promise<Filtered> {
  const { wanted, sources, replaced } = gathered;
  const request = suggestionPrompt({ ...wanted, model });
  const purpose = {
    purpose: 'Suggestion',
    request,
    sources,
    replaced,
    excludedFiles,
    within,
    untilEnough: true as const,
  };
  const stream = outgoing.stream({ ...purpose, ...(byHand ? {} : { unasked: true as const }) }, {}, signal);
  const reading = createReading(filters, asked);
  const { promise, resolve } = Promise.withResolvers<Filtered>();
  const read = async (): Promise<Filtered> => {
    try {
      for await (const event of stream) {
        // How it ended is said before the end: the receipt that is completed then is not waited for.
        if (event.type === 'message_delta') resolve(reading.end(event.delta.stop_reason === 'max_tokens'));
        if (event.type !== 'content_block_delta' || event.delta.type !== 'text_delta') continue;
        const enough = reading.hear(event.delta.text);
        if (enough === undefined) continue;
        resolve(enough);
        // Leaving the loop closes the socket.
        return enough;
      }
      return reading.end(stream.snapshot?.stop_reason === 'max_tokens');
    } finally {
      const seen = stream.snapshot;
      if (seen !== undefined) paid(dollarsOf(seen, reading.length));
    }
  };
  return Promise.race([promise, read()]);
}

/** Characters that count as a token where the service was not asked to the end. */
const charactersPerToken = 3;

/** Zero where no price is known. */
function dollarsOf({ usage, model }: Message, length: number): number {
  const output_tokens = Math.max(usage.output_tokens, Math.ceil(length / charactersPerToken));
  const whole: Usage = { ...usage, output_tokens };
  return costOf(whole, model) ?? 0;
}
