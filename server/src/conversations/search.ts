/** Finds entries by their words, one conversation after the other, without holding any of them. */
import { stripControl } from '#shared/control.ts';
import type { ConversationSummary, EntryContent, FoundEntry } from '../ports.ts';
import type { Conversation } from './conversation.ts';
import { limits } from './limits.ts';
import { textsOf } from './texts.ts';

/** Those of one conversation, newest first. A title with all of the words counts as its newest entry. @throws the signal's reason. */
export async function foundIn(
  conversation: Conversation,
  summary: ConversationSummary,
  words: readonly RegExp[],
  signal: AbortSignal,
): Promise<readonly FoundEntry[]> {
  const nodes = [...conversation.tree.all()].filter(({ head }) => head.kind === 'asked' || head.kind === 'answered');
  const found: FoundEntry[] = [];
  let at = 0;
  for await (const contents of conversation.contents(nodes)) {
    signal.throwIfAborted();
    for (const content of contents) {
      const entry = nodes[at++]?.head.id;
      const excerpt = content === undefined ? undefined : excerptOf(textOf(content), words);
      if (entry !== undefined && excerpt !== undefined) found.push({ conversation: summary, entry, excerpt });
    }
  }
  const newest = conversation.tree.way().at(-1)?.node.head.id;
  const title = excerptOf(summary.title, words);
  const titled =
    title === undefined || newest === undefined ? [] : [{ conversation: summary, entry: newest, excerpt: title }];
  return [...titled, ...found.reverse()].slice(0, limits.foundEach);
}

/** What is searched for, in any case; none for no words. */
export function wordsIn(text: string): readonly RegExp[] {
  const words = text
    .normalize('NFC')
    .slice(0, 1_000)
    .split(/\s+/)
    .filter((word) => word !== '');
  return [...new Set(words)].map((word) => new RegExp(word.replace(/[\\^$.*+?()[\]{}|/]/g, '\\$&'), 'iu'));
}

function textOf(content: EntryContent): string {
  if (content.kind === 'asked') return content.text;
  return content.kind === 'answered' ? textsOf(content.turn.content).join('\n\n') : '';
}

function excerptOf(text: string, words: readonly RegExp[]): string | undefined {
  const composed = text.normalize('NFC');
  const places = words.map((word) => word.exec(composed)?.index);
  const first = places.reduce<number | undefined>(
    (least, place) => (place !== undefined && (least === undefined || place < least) ? place : least),
    undefined,
  );
  if (first === undefined || places.includes(undefined)) return undefined;
  const start = Math.max(0, first - 40);
  const piece = composed.slice(start, start + limits.excerpt).replace(/^[\udc00-\udfff]|[\ud800-\udbff]$/g, '');
  const line = stripControl(piece).replace(/\s+/g, ' ').trim();
  return `${start > 0 ? '…' : ''}${line}${start + limits.excerpt < composed.length ? '…' : ''}`;
}
