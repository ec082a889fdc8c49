/** Where the marks of prompt caching may be set (API reference, "Prompt caching"). */
import { isUnchanging, knownOf } from '../unchanging.ts';
import { below, type Report, type Rule } from './problem.ts';
import { object, oneOf } from './shapes.ts';
import { type Fields, fieldOf, isFields, isGiven, listOf, shown, typeOf } from './values.ts';

const mostMarks = 4;
const control = object({ type: oneOf('ephemeral'), ttl: oneOf('5m', '1h') }, ['type']);

/** What is known of the marks that came before, in the order of the prompt: tools, system, messages. */
interface Seen {
  count: number;
  hasShort: boolean;
}

export const caching: Rule = (request, report) => {
  const seen: Seen = { count: 0, hasShort: false };
  markList(listOf(request['tools']), seen, below(report, 'tools'));
  markList(listOf(request['system']), seen, below(report, 'system'));
  for (const [at, message] of listOf(request['messages']).entries())
    if (!isUnchanging(message) || !isFields(message) || hasMarks(message))
      markList(listOf(fieldOf(message, 'content')), seen, below(report, 'messages', at, 'content'));
  const automatic = request['cache_control'];
  if (isGiven(automatic)) checkAutomatic(request, seen, below(report, 'cache_control'));
  else if (seen.count > mostMarks)
    report(['cache_control'], `is set in ${seen.count} places, and ${mostMarks} are possible. Take some of them away.`);
};

const hasMarks = knownOf((message) => {
  const seen: Seen = { count: 0, hasShort: false };
  markList(listOf(fieldOf(message, 'content')), seen, () => undefined);
  return seen.count > 0;
});

function checkAutomatic(request: Fields, seen: Seen, report: Report): void {
  const automatic = request['cache_control'];
  control(automatic, report);
  const last = fieldOf(lastCacheable(request), 'cache_control');
  if (seen.count >= mostMarks)
    report(
      [],
      `is set automatically and in ${seen.count} other places, and ${mostMarks} are possible in all. Take one of them away.`,
    );
  else if (isGiven(last) && ttlOf(last) !== ttlOf(automatic))
    report(
      ['ttl'],
      `is ${shown(ttlOf(automatic))}, but the last block has a cache_control of ${shown(ttlOf(last))}. Use the same, or take one of them away.`,
    );
  else if (seen.hasShort && ttlOf(automatic) === '1h') report(['ttl'], tooLate);
}

const tooLate = 'is 1h behind a cache_control of 5m. What is kept longer comes first: use 5m here, or 1h there.';

/** Parts of results, documents and such come before the mark of what holds them. */
function markList(blocks: readonly unknown[], seen: Seen, report: Report, levels = 1): void {
  for (const [at, block] of blocks.entries()) {
    if (!isFields(block)) continue;
    if (levels > 0 && Array.isArray(block['content']))
      markList(block['content'], seen, below(report, at, 'content'), levels - 1);
    if (isGiven(block['cache_control'])) mark(block, seen, below(report, at, 'cache_control'));
  }
}

function mark(block: Fields, seen: Seen, report: Report): void {
  const { type, text, cache_control: given } = block;
  control(given, report);
  if (type === 'thinking' || type === 'redacted_thinking')
    report([], 'cannot be set on thinking. Set it on the block before or after.');
  if (type === 'text' && text === '') report([], 'cannot be set on empty text. Set it on another block.');
  if (seen.hasShort && ttlOf(given) === '1h') report(['ttl'], tooLate);
  seen.count += 1;
  seen.hasShort ||= ttlOf(given) === '5m';
}

function ttlOf(given: unknown): unknown {
  return fieldOf(given, 'ttl') ?? '5m';
}

/** The block that the automatic mark is set on, if the messages have one. */
function lastCacheable(request: Fields): unknown {
  const messages = listOf(request['messages']);
  for (let at = messages.length - 1; at >= 0; at--) {
    const content = fieldOf(messages[at], 'content');
    if (typeof content === 'string' && content !== '') return undefined;
    const block = listOf(content).findLast(isCacheable);
    if (block !== undefined) return block;
  }
  return undefined;
}

function isCacheable(block: unknown): boolean {
  const type = typeOf(block);
  if (type === 'thinking' || type === 'redacted_thinking') return false;
  return type !== 'text' || fieldOf(block, 'text') !== '';
}
