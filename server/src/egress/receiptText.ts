/** A receipt as plain text for people: where it went, what it cost, and every word of it. */
import type { Usage } from '#shared/usage.ts';
import type { Outcome, Receipt } from './receipt.ts';

/** @param missing Why the messages are not those that were sent. */
export function receiptText(receipt: Receipt, outcome: Outcome | undefined, missing?: string): string {
  return [
    `What was sent: ${receipt.purpose}`,
    '',
    `Time       ${receipt.time}`,
    `Sent to    ${receipt.host}${receipt.demo ? ' (demo backend on this machine, no model running)' : ''}`,
    `Key from   ${receipt.credentialSource} (the key itself is not recorded)`,
    `Model      ${receipt.request.model}`,
    `Outcome    ${outcome?.result ?? 'still running, or interrupted'}`,
    ...(outcome?.requestId === undefined ? [] : [`Request    ${outcome.requestId}`]),
    ...usageLines(outcome?.usage, receipt.demo),
    '',
    'From these places:',
    ...receipt.sources.map(placeLine),
    '',
    ...contextLines(receipt.context),
    receipt.replaced.length === 0 ? 'Nothing was replaced before sending.' : 'Replaced before sending:',
    ...receipt.replaced.map((line) => `  ${line}`),
    '',
    ...(missing === undefined ? [] : [missing, '']),
    'Every text in the request, in order:',
    '',
    ...textsOf(receipt.request),
    'The exact body of the request, as JSON:',
    '',
    JSON.stringify(receipt.request, undefined, 2),
    '',
  ].join('\n');
}

function placeLine(source: Receipt['sources'][number]): string {
  return `  ${source.uri}  lines ${source.firstLine + 1}-${source.lastLine + 1}  (${source.part})`;
}

/** Counted before sending, so that it can be held against what the service counted. */
function contextLines(context: Receipt['context']): readonly string[] {
  if (context === undefined) return [];
  const { tokens, budget, parts } = context;
  const widest = Math.max(0, ...parts.map(({ part }) => part.length));
  return [
    `Context: about ${tokens} tokens of at most ${budget}, estimated before sending:`,
    ...parts.map(({ part, tokens: its }) => `  ${part.padEnd(widest)}  ${its}`),
    '',
  ];
}

function usageLines(usage: Usage | undefined, demo: boolean): readonly string[] {
  if (usage === undefined) return [];
  const cache = `${usage.cacheReadTokens} read from the cache, ${usage.cacheWriteTokens} written to it`;
  return [
    `Tokens     ${usage.inputTokens} in, ${usage.outputTokens} out, ${cache}`,
    `Price      ${priceOf(usage, demo)}`,
  ];
}

function priceOf({ price }: Usage, demo: boolean): string {
  if (price === undefined) return 'not known for this model';
  const dollars = `$${price.toFixed(6)}`;
  return demo ? `$0 (demo; from the real service about ${dollars})` : dollars;
}

/** Every string under a `text` or string `content`, in order. */
function textsOf(value: unknown): readonly string[] {
  if (Array.isArray(value)) return value.flatMap(textsOf);
  if (typeof value !== 'object' || value === null) return [];
  return Object.entries(value).flatMap(([key, inner]) =>
    typeof inner === 'string' && (key === 'text' || key === 'content' || key === 'system')
      ? [inner, '']
      : textsOf(inner),
  );
}
