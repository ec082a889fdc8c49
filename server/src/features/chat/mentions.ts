/** Finds what a person mentions in a question. Pure. The spellings are a table in `mentions.test.ts`. */

/**
 * `@src/a.ts`, `@src/a.ts#L5`, `@src/a.ts#L5-10` (also `:5` and `:5-10`), `@src/`, `@"a b.ts"#L5`, `@symbol:name`,
 * `@symbol:src/a.ts#name`, and the four words. A file that is called like a word is `@./problems`.
 */
export type Meant =
  | { readonly kind: 'path'; readonly path: string; readonly lines?: MeantLines }
  | { readonly kind: 'symbol'; readonly name: string; readonly path?: string }
  | { readonly kind: 'problems' | 'changes' | 'selection' | 'terminal' };

/** First and last line, zero-based. */
export interface MeantLines {
  readonly first: number;
  readonly last: number;
}

export interface Mention {
  /** As it is written, from the `@` on. */
  readonly written: string;
  readonly meant: Meant;
}

/** More than this in one question are not read. */
const mostMentions = 50;

/** Each once, in the order of the text. Code between back quotes mentions nothing. */
export function mentionsIn(text: string): readonly Mention[] {
  const found = new Map<string, Mention>();
  for (const { groups } of withoutCode(text).matchAll(mentions)) {
    const mention = mentionOf(groups ?? {});
    if (mention !== undefined && found.size < mostMentions) found.set(mention.written, mention);
  }
  return [...found.values()];
}

/** An address or a decorator's `@` stands behind a letter or a sign; a mention begins a word. */
const mentions =
  /(?<![\p{L}\p{N}_@/.\\-])@(?:"(?<quoted>[^"\n]{1,1000})"(?<behind>#L\d{1,9}(?:-L?\d{1,9})?)?|(?<plain>[^\s"`<>@][^\s"`<>]{0,999}))/gu;

function mentionOf(groups: Readonly<Record<string, string | undefined>>): Mention | undefined {
  const { quoted, behind = '', plain } = groups;
  if (quoted !== undefined) return { written: `@"${quoted}"${behind}`, meant: meantBy(`${quoted}${behind}`) };
  const word = withoutPunctuation(plain ?? '');
  return word === '' ? undefined : { written: `@${word}`, meant: meantBy(word) };
}

const words = ['problems', 'changes', 'selection', 'terminal'] as const;

function meantBy(word: string): Meant {
  const kind = words.find((one) => one === word);
  if (kind !== undefined) return { kind };
  if (word.startsWith('symbol:')) return symbolOf(word.slice('symbol:'.length));
  const lined = /^(?<path>.+?)(?:#L|:)(?<first>\d{1,9})(?:-L?(?<last>\d{1,9}))?$/u.exec(word)?.groups;
  if (lined === undefined) return { kind: 'path', path: word };
  const [one, other] = [Number(lined['first']), Number(lined['last'] ?? lined['first'])];
  const first = Math.max(1, Math.min(one, other));
  return {
    kind: 'path',
    path: lined['path'] ?? '',
    lines: { first: first - 1, last: Math.max(first, one, other) - 1 },
  };
}

function symbolOf(word: string): Meant {
  const at = word.lastIndexOf('#');
  return at < 0
    ? { kind: 'symbol', name: word }
    : { kind: 'symbol', name: word.slice(at + 1), path: word.slice(0, at) };
}

const openers: ReadonlyMap<string, string> = new Map([
  [')', '('],
  [']', '['],
  ['}', '{'],
]);

/** What ends a sentence or closes a bracket that was opened before the mention is not of its name. */
function withoutPunctuation(word: string): string {
  const counts = new Map<string, number>();
  for (const sign of word) counts.set(sign, (counts.get(sign) ?? 0) + 1);
  let end = word.length;
  for (; end > 0; end--) {
    const last = word.charAt(end - 1);
    const opener = openers.get(last);
    const count = counts.get(last) ?? 0;
    if (opener === undefined ? !/[.,;:!?'’…*_]/u.test(last) : count <= (counts.get(opener) ?? 0)) break;
    counts.set(last, count - 1);
  }
  return word.slice(0, end);
}

/** Without blocks and spans of code. Takes time linear in the text. */
function withoutCode(text: string): string {
  let fence: string | undefined;
  return text
    .split('\n')
    .map((line) => {
      const mark = /^ {0,3}(`{3,}|~{3,})/.exec(line)?.[1];
      const isInside = fence !== undefined;
      if (fence === undefined) fence = mark;
      else if (mark?.startsWith(fence) === true && line.trim() === mark) fence = undefined;
      return isInside || mark !== undefined ? '' : withoutSpans(line);
    })
    .join('\n');
}

/** A run of back quotes begins a span where one of the same length follows. */
function withoutSpans(line: string): string {
  const runs = [...line.matchAll(/`+/g)];
  const next = new Map<number, number>();
  const closing = runs.map(() => 0);
  for (let at = runs.length - 1; at >= 0; at--) {
    const { length } = runs[at]?.[0] ?? '';
    closing[at] = next.get(length) ?? 0;
    next.set(length, at);
  }
  let kept = '';
  let from = 0;
  for (let at = 0; at < runs.length; at++) {
    const end = closing[at] ?? 0;
    if (end === 0) continue;
    kept += `${line.slice(from, runs[at]?.index)}\``;
    from = (runs[end]?.index ?? 0) + (runs[end]?.[0].length ?? 0);
    at = end;
  }
  return kept + line.slice(from);
}
