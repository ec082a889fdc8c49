/** Reads a name out of a model's answer. */
import type { Message } from '../../claude/index.ts';

/** What may stand as an identifier in the languages that people rename things in. */
const identifier = /^[\p{L}_$@][\p{L}\p{N}_$]{0,99}[?!]?$/u;

/** The first name in backticks, else the whole answer where it is one word; undefined where there is none. */
export function namedIn(message: Message): string | undefined {
  const text = message.content
    .map((block) => (block.type === 'text' && typeof block.text === 'string' ? block.text : ''))
    .join('');
  const quoted = [...text.matchAll(/`([^`\n]+)`/g)].map((match) => (match[1] ?? '').trim());
  return [...quoted, text.trim()].find((name) => identifier.test(name));
}
