/** What goes back to the service in its own words: JSON that JavaScript reads but would write otherwise. */
import type { ContentBlock } from '../schema/blocks.ts';
import type { ContentBlockStartEvent } from '../schema/events.ts';
import { isUnchanging, knownOf } from '../unchanging.ts';
import { PartialJson } from './partialJson.ts';

interface Original {
  readonly text: string;
  /** Whether JavaScript would write it otherwise; undefined until somebody has looked. */
  differs: boolean | undefined;
}

/** Beside the values: they are the caller's, and stay plain. */
const originals = new WeakMap<object, Original>();
/** Without any, requests are written without looking for them. */
let hasOriginals = false;

/** Remembers the JSON that a value of a message was read from. */
export function keepOriginal(value: object, text: string): void {
  originals.set(value, { text, differs: undefined });
  hasOriginals = true;
}

const growing: ReadonlySet<string> = new Set([
  'text',
  'thinking',
  'tool_use',
  'server_tool_use',
  'mcp_tool_use',
  'compaction',
]);

/** Whether nothing is added to a block after its start, such as results of the service's own tools. */
export function comesWhole(block: ContentBlock): boolean {
  return !growing.has(String(block.type));
}

/** Remembers the JSON of a block that comes whole, if JavaScript would write it otherwise. */
export function keepBlock(event: ContentBlockStartEvent, data: string): void {
  const block = event.content_block;
  if (!comesWhole(block) || JSON.stringify(event) === data || isExact(data)) return;
  const start = /"content_block"\s*:\s*/.exec(data);
  if (start === null) return;
  const text = data.slice(start.index + start[0].length, data.lastIndexOf('}'));
  // Only if the block is the last member, as services write it: then this is its text and nothing else.
  if (rewritten(text) === JSON.stringify(block)) keepOriginal(block, text);
}

/**
 * The JSON of a request. In its messages, tool inputs and blocks that came from the service go back as they were
 * written, token by token, as long as nobody has changed them: the service may hold its signatures to that.
 */
export function jsonOf(body: object): string {
  const { messages } = fieldsOf(body);
  if (!Array.isArray(messages) || 'toJSON' in body || !messages.some(isUnchanging)) return written(body);
  const place = crypto.randomUUID();
  const around = written({ ...body, messages: place });
  const at = around.indexOf(`"${place}"`);
  const list = messages.map((message: unknown) => (isObject(message) ? textOf(message) : JSON.stringify(message)));
  return `${around.slice(0, at)}[${list.map((text) => text ?? 'null').join(',')}]${around.slice(at + place.length + 2)}`;
}

/** What was sent before and cannot have changed is not written again. */
const textOf = knownOf((message) => written({ messages: [message] }).slice('{"messages":['.length, -']}'.length));

function written(body: object): string {
  if (!hasOriginals) return JSON.stringify(body);
  const texts: string[] = [];
  // Nobody else can have written it anywhere in the body.
  const mark = crypto.randomUUID();
  const json = JSON.stringify(
    marked(body, (value) => {
      const text = originalOf(value);
      return text === undefined ? undefined : `${mark}${texts.push(text) - 1}`;
    }),
  );
  if (texts.length === 0) return json;
  return json.replace(new RegExp(`"${mark}(\\d+)"`, 'g'), (_all, at) => texts[Number(at)] ?? 'null');
}

/** The text in place of a value, where there has to be one. */
export function originalOf(value: object): string | undefined {
  const original = originals.get(value);
  if (original === undefined || original.differs === false) return undefined;
  const { text } = original;
  const now = JSON.stringify(value);
  original.differs ??= now !== text && !isExact(text);
  if (!original.differs || now !== rewritten(text)) return undefined;
  // Half of a pair has no bytes of its own. It can only be in a string, where an escape says the same.
  return text.replace(/\p{Surrogate}/gu, (half) => `\\u${half.charCodeAt(0).toString(16)}`);
}

function isExact(text: string): boolean {
  const json = new PartialJson();
  json.push(text);
  return json.exact;
}

/** A text as JavaScript would write it; undefined when it is not JSON. */
function rewritten(text: string): string | undefined {
  try {
    return JSON.stringify(JSON.parse(text));
  } catch {
    // It was cut out in the wrong place, and is not used.
    return undefined;
  }
}

/** What stands for a value in the JSON; undefined when it is written as it is. */
type Mark = (value: object) => string | undefined;

/** A request, or a batch of them, with marks in it. */
function marked(body: object, mark: Mark): object {
  const { messages, requests } = fieldsOf(body);
  if (Array.isArray(requests))
    return { ...body, requests: requests.map((one) => within(one, 'params', (params) => marked(params, mark))) };
  if (!Array.isArray(messages)) return body;
  return { ...body, messages: messages.map((message) => within(message, 'content', (list) => contents(list, mark))) };
}

function contents(list: object, mark: Mark): object {
  if (!Array.isArray(list)) return list;
  const changed = list.map((block: unknown) => {
    if (!isObject(block)) return block;
    return mark(block) ?? within(block, 'input', (input) => mark(input) ?? input);
  });
  return changed.some((block, at) => block !== list[at]) ? changed : list;
}

/** An object with one field replaced, if that holds an object and is another afterwards. */
function within(holder: unknown, name: string, change: (value: object) => object | string): unknown {
  if (!isObject(holder)) return holder;
  const value = fieldsOf(holder)[name];
  if (!isObject(value)) return holder;
  const changed = change(value);
  return changed === value ? holder : { ...holder, [name]: changed };
}

function isObject(value: unknown): value is object {
  return typeof value === 'object' && value !== null;
}

function fieldsOf(value: object): Readonly<Record<string, unknown>> {
  // Any object can be read like this; what its fields hold is looked at before use.
  return value as Record<string, unknown>;
}
