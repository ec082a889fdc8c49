/** A glance at the events that every stream has: those in their usual form need no schema, which is what takes time to load. */
import type { StreamEvent } from '../schema/events.ts';

type Fields = Readonly<Record<string, unknown>>;

/**
 * Whether an event is in the form that nearly all of its kind have. It then fits its schema as well: what is not known
 * to fit is not usual, whatever it is.
 */
export function isUsual(event: Fields): event is Fields & StreamEvent {
  switch (event['type']) {
    case 'message_start':
      return isPlain(event, 'message') && isUsualMessage(event['message']);
    case 'content_block_start':
      return isPlain(event, 'content_block') && isIndex(event['index']) && isUsualBlock(event['content_block']);
    case 'content_block_stop':
      return isPlain(event) && isIndex(event['index']);
    case 'message_delta':
      return isPlain(event, 'delta', 'usage') && isUsualDelta(event['delta']) && isUsualUsage(event['usage'] ?? {});
    default:
      return false;
  }
}

/** A message that has only begun. */
function isUsualMessage(message: unknown): boolean {
  if (!isFields(message) || !isPlain(message, 'content', 'usage')) return false;
  const { type, role, id, model, content, usage } = message;
  const begun = type === 'message' && role === 'assistant' && typeof id === 'string' && typeof model === 'string';
  if (!begun || !Array.isArray(content) || content.length > 0 || !isUsualDelta(without(message))) return false;
  return isFields(usage) && isUsualUsage(usage) && isCount(usage['input_tokens']) && isCount(usage['output_tokens']);
}

/** What `message_delta` may tell of it, too. */
function without({ stop_reason, stop_sequence, stop_details }: Fields): Fields {
  return { stop_reason, stop_sequence, stop_details };
}

function isUsualDelta(delta: unknown): boolean {
  if (!isFields(delta) || !isPlain(delta)) return false;
  return isText(delta['stop_reason']) && isText(delta['stop_sequence']) && isNothing(delta['stop_details']);
}

function isUsualBlock(block: unknown): boolean {
  if (!isFields(block)) return false;
  switch (block['type']) {
    case 'text':
      return isPlain(block) && typeof block['text'] === 'string' && isNothing(block['citations']);
    case 'thinking':
      return isPlain(block) && typeof block['thinking'] === 'string' && typeof (block['signature'] ?? '') === 'string'
        ? block['signature'] !== null
        : false;
    case 'tool_use':
      return isPlain(block, 'input') && typeof block['id'] === 'string' && typeof block['name'] === 'string'
        ? isFields(block['input']) && Object.keys(block['input']).length === 0
        : false;
    default:
      return false;
  }
}

const countNames = ['input_tokens', 'output_tokens', 'cache_creation_input_tokens', 'cache_read_input_tokens'];
const textNames = ['service_tier', 'speed', 'inference_geo'];
/** Counts in counts. */
const parts: Readonly<Record<string, readonly string[]>> = {
  cache_creation: ['ephemeral_5m_input_tokens', 'ephemeral_1h_input_tokens'],
  output_tokens_details: ['thinking_tokens'],
  server_tool_use: ['web_search_requests', 'web_fetch_requests'],
};

function isUsualUsage(usage: unknown): boolean {
  if (!isFields(usage) || !isPlain(usage, ...Object.keys(parts))) return false;
  const areParts = Object.entries(parts).every(([name, counts]) => areCounts(usage[name] ?? {}, counts));
  return areParts && areCounts(usage, countNames, textNames) && isNothing(usage['iterations']);
}

function areCounts(value: unknown, counts: readonly string[], texts: readonly string[] = []): boolean {
  if (!isFields(value) || (texts.length === 0 && !isPlain(value))) return false;
  return counts.every((name) => isCount(value[name] ?? 0)) && texts.every((name) => isText(value[name]));
}

/** No field but these holds anything that could be deep. */
function isPlain(fields: Fields, ...others: readonly string[]): boolean {
  for (const [name, value] of Object.entries(fields))
    if (typeof value === 'object' && value !== null && !others.includes(name)) return false;
  return true;
}

function isFields(value: unknown): value is Fields {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function isIndex(value: unknown): boolean {
  return Number.isSafeInteger(value) && Number(value) >= 0;
}

function isCount(value: unknown): boolean {
  return typeof value === 'number' && value >= 0 && value < Infinity;
}

function isText(value: unknown): boolean {
  return isNothing(value) || typeof value === 'string';
}

function isNothing(value: unknown): boolean {
  return value === undefined || value === null;
}
