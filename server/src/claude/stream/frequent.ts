/** A short way for the deltas that make up nearly all of a stream: recognised whole, without the JSON around them. */
import type { ContentBlockDeltaEvent, ContentDelta } from '../schema/events.ts';
import type { SseDecoder } from './sse.ts';

/**
 * One delta event as services write it: fields in the usual order, blanks where JSON printers put them. Groups:
 * index, one for the kind, the string with its quotes. What differs in anything takes the long way, with the same
 * result.
 */
const delta =
  // biome-ignore lint/suspicious/noControlCharactersInRegex: JSON forbids them in strings.
  /(?:event: ?content_block_delta\n)?data: ?\{"type": ?"content_block_delta", ?"index": ?(0|[1-9]\d{0,5}), ?"delta": ?\{"type": ?"(?:(text_delta)", ?"text|(input_json_delta)", ?"partial_json|(thinking_delta)", ?"thinking)": ?("[^"\\\x00-\x1f]*(?:\\(?:["\\/bfnrt]|u[0-9a-fA-F]{4})[^"\\\x00-\x1f]*)*")\} *\}\n\n/y;

/** Shorter slices are copies; longer ones would keep everything that was read with them in memory. */
const longestCopied = 12;

/** The delta that comes next, when it is one of the frequent kinds in the usual form. */
export function frequentDelta(decoder: SseDecoder): ContentBlockDeltaEvent | undefined {
  const match = decoder.match(delta);
  if (match === null) return undefined;
  const [, index, text, json, , literal = '""'] = match;
  return { type: 'content_block_delta', index: Number(index), delta: deltaOf(stringOf(literal), text, json) };
}

/** The pattern lets only valid literals through. */
function stringOf(literal: string): string {
  if (literal.length - 2 <= longestCopied && !literal.includes('\\')) return literal.slice(1, -1);
  return String(JSON.parse(literal));
}

function deltaOf(value: string, text: string | undefined, json: string | undefined): ContentDelta {
  if (text !== undefined) return { type: 'text_delta', text: value };
  if (json !== undefined) return { type: 'input_json_delta', partial_json: value };
  return { type: 'thinking_delta', thinking: value };
}
