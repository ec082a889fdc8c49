/** What Will Be Sent: a question as plain text for people, before it leaves: its parts, what was replaced, the estimated price, and every word. Pure. */
import type { Settings } from '#shared/settings.ts';
import type { ComposedTurn } from '../../chat.ts';
import { costOf, type UserBlock } from '../../claude/index.ts';
import type { Attached } from '../../ports.ts';

/** What goes before the question. */
export interface Before {
  /** Estimated tokens of the system prompt and the tools. */
  readonly fixed: number;
  /** Tokens of the conversation so far: 0 for a new one. */
  readonly said: number;
  /** The demo would answer, which costs nothing. */
  readonly demo?: boolean;
}

/** US dollars. */
export interface PriceRange {
  readonly least: number;
  readonly most: number;
}

export function previewText(turn: ComposedTurn, { chat }: Settings, before: Before): string {
  return [
    'What will be sent with this question',
    '',
    `Model      ${chat.model}`,
    `Tokens     about ${before.fixed + before.said + turn.tokens}: ${turn.tokens} of the question, ${before.said} of the conversation so far, ${before.fixed} of instructions and tools`,
    `Price      ${priceOf(turn, chat.model, before)}`,
    '',
    'These are estimates, made before sending. The answer, and what Claude reads with its tools, come on top. What is sent in the end will be in the receipt.',
    '',
    ...partLines(turn.attached),
    '',
    ...listed('Nothing is replaced.', 'Replaced before sending:', turn.replaced),
    ...(turn.notices ?? []).flatMap((notice) => ['', notice]),
    '',
    'Every word of it, in order:',
    '',
    ...turn.content.flatMap((block) => [textOf(block), '']),
  ].join('\n');
}

function partLines(attached: readonly Attached[]): readonly string[] {
  if (attached.length === 0) return ['Only the words of the question go.'];
  return [
    'Along with the words of the question:',
    ...attached.flatMap(({ name, kind, tokens, sources }) => [
      `  ${name}  (${kind}, about ${tokens} ${tokens === 1 ? 'token' : 'tokens'})`,
      ...sources.map(({ uri, firstLine, lastLine }) => `    ${uri}  lines ${firstLine + 1}-${lastLine + 1}`),
    ]),
  ];
}

/** The cheapest and the dearest that it may be: with all that was said before kept by the service, and with nothing. Undefined where that is not known. */
export function priceRange(tokens: number, model: string, { fixed, said }: Before): PriceRange | undefined {
  const kept = costOf(
    { input_tokens: 0, output_tokens: 0, cache_read_input_tokens: fixed + said, cache_creation_input_tokens: tokens },
    model,
  );
  const anew = costOf(
    {
      input_tokens: 0,
      output_tokens: 0,
      cache_creation_input_tokens: fixed + said + tokens,
      cache_creation: { ephemeral_1h_input_tokens: fixed, ephemeral_5m_input_tokens: said + tokens },
    },
    model,
  );
  return kept === undefined || anew === undefined ? undefined : { least: kept, most: anew };
}

function priceOf({ tokens }: ComposedTurn, model: string, before: Before): string {
  const { demo = false } = before;
  const range = priceRange(tokens, model, before);
  if (range === undefined) return demo ? '$0 (demo)' : 'not known for this model';
  const { least, most } = range;
  const real = `about ${dollars(least)} if the service has kept what came before, ${dollars(most)} if it has not`;
  return demo ? `$0 (demo; from the real service ${real})` : real;
}

function dollars(amount: number): string {
  return `$${amount.toFixed(4)}`;
}

function listed(none: string, some: string, lines: readonly string[]): readonly string[] {
  return lines.length === 0 ? [none] : [some, ...lines.map((line) => `  ${line}`)];
}

function textOf(block: UserBlock): string {
  switch (block.type) {
    case 'text':
      return block.text;
    case 'image':
      return '[a picture, as it is]';
    case 'document':
      return `[a document, as it is: ${block.title ?? 'without a name'}]`;
    default:
      return JSON.stringify(block);
  }
}
