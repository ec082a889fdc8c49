/** Replaces secrets in a text that is about to leave by placeholders that keep their place (threats S12). */
import { type View, viewsOf } from './decodings.ts';
import { namedIn } from './namedSecrets.ts';
import { privateKeysIn } from './privateKeys.ts';
import { randomIn } from './randomValues.ts';
import { placedIn } from './secretValues.ts';
import { type Found, tokensIn } from './tokenShapes.ts';

export interface Redacted {
  readonly text: string;
  /** One for each different secret. */
  readonly found: readonly { readonly kind: string; readonly placeholder: string }[];
}

/**
 * The text with tokens, private keys, passwords and random values replaced, also where they are encoded, as in
 * `[secret:github-token:1]`. The same secret gets the same placeholder in one call. The number of lines stays: each
 * line of a key becomes a placeholder. Linear in the text's length.
 */
export function redactSecrets(text: string): Redacted {
  const secrets = apart(viewsOf(text).flatMap(secretsIn));
  const placeholders = new Map<string, { kind: string; placeholder: string }>();
  const counts = new Map<string, number>();
  let result = '';
  let from = 0;
  for (const { start, end, kind, value } of secrets) {
    const known = placeholders.get(value) ?? { kind, placeholder: `[secret:${kind}:${(counts.get(kind) ?? 0) + 1}]` };
    if (!placeholders.has(value)) counts.set(kind, (counts.get(kind) ?? 0) + 1);
    placeholders.set(value, known);
    result += text.slice(from, start) + replaced(text.slice(start, end), known.placeholder);
    from = end;
  }
  return { text: result + text.slice(from), found: [...placeholders.values()] };
}

interface Secret extends Found {
  /** Decoded. */
  readonly value: string;
}

/** In the offsets of the original text. */
function secretsIn(view: View): readonly Secret[] {
  const { text } = view;
  const found = [...privateKeysIn(text), ...tokensIn(text), ...placedIn(text), ...namedIn(text), ...randomIn(text)];
  return found.map(({ start, end, kind }) => {
    const [from, to] = view.span(start, end);
    return { start: from, end: to, kind, value: text.slice(start, end) };
  });
}

/** In the order of the text, none overlapping: of those that do, the first found gives the name, and all of them goes. */
function apart(secrets: readonly Secret[]): readonly Secret[] {
  const sorted = secrets.map((secret, rank) => ({ ...secret, rank })).sort((one, other) => one.start - other.start);
  const result: (Secret & { readonly rank: number })[] = [];
  for (const secret of sorted) {
    const last = result.at(-1);
    if (last === undefined || last.end <= secret.start) result.push(secret);
    else
      result[result.length - 1] = {
        ...(last.rank <= secret.rank ? last : secret),
        start: last.start,
        end: Math.max(last.end, secret.end),
      };
  }
  return result;
}

/** The placeholder once on each line that is not blank, with the line's indentation. */
function replaced(secret: string, placeholder: string): string {
  return secret.replace(/[^\s][^\r\n]*/g, () => placeholder);
}
