/** What a block may hold, and where it may stand (API reference, "Messages", content blocks). */
import { mediaShapes } from './mediaProblems.ts';
import { below, type Report } from './problem.ts';
import { flag, object, orNull, type Shape, text } from './shapes.ts';
import { alternatives, type Fields, isFields, listOf, shown } from './values.ts';

/** Where a block stands: in a message of a role, or in the result of a tool. */
export type Place = 'user' | 'assistant' | 'system' | 'tool_result';

interface Kind {
  readonly places: readonly Place[];
  readonly shape: Shape;
}

const anything = object({});
const call = object({ id: text, name: text }, ['id', 'name']);
const change = object({ tool: object({ type: text }, ['type']) }, ['tool']);
const answer: Kind = { places: ['assistant'], shape: object({ tool_use_id: text }, ['tool_use_id']) };

/** The signature comes last: a block without it is what was left of an answer that broke off. */
const thought: Shape = (value, report) => {
  object({ thinking: text, signature: text }, ['thinking'])(value, report);
  if (isFields(value) && value['signature'] === undefined)
    report(['signature'], 'is missing: the block was cut short. Leave the whole block out.');
};

/** Blocks that are not listed pass: they are newer than this client. */
const kinds: ReadonlyMap<unknown, Kind> = new Map<unknown, Kind>([
  ['text', { places: ['user', 'assistant', 'system', 'tool_result'], shape: object({ text }, ['text']) }],
  ['image', { places: ['user', 'tool_result'], shape: mediaShapes.image }],
  ['document', { places: ['user', 'tool_result'], shape: mediaShapes.document }],
  ['search_result', { places: ['user', 'tool_result'], shape: mediaShapes.searchResult }],
  ['thinking', { places: ['assistant'], shape: thought }],
  ['redacted_thinking', { places: ['assistant'], shape: object({ data: text }, ['data']) }],
  [
    'tool_use',
    { places: ['assistant'], shape: object({ id: text, name: text, input: anything }, ['id', 'name', 'input']) },
  ],
  ['tool_result', { places: ['user'], shape: object({ tool_use_id: text, is_error: orNull(flag) }, ['tool_use_id']) }],
  ['server_tool_use', { places: ['assistant'], shape: call }],
  ['mcp_tool_use', { places: ['assistant'], shape: call }],
  ['web_search_tool_result', answer],
  ['web_fetch_tool_result', answer],
  ['code_execution_tool_result', answer],
  ['bash_code_execution_tool_result', answer],
  ['text_editor_code_execution_tool_result', answer],
  ['tool_search_tool_result', answer],
  ['advisor_tool_result', answer],
  ['mcp_tool_result', answer],
  ['mcp_tool_listing', { places: ['assistant'], shape: anything }],
  ['fallback', { places: ['assistant'], shape: anything }],
  ['compaction', { places: ['user', 'assistant'], shape: object({ content: orNull(text) }) }],
  ['container_upload', { places: ['user', 'assistant'], shape: object({ file_id: text }, ['file_id']) }],
  ['tool_reference', { places: ['tool_result'], shape: object({ tool_name: text }, ['tool_name']) }],
  ['browser_state', { places: ['tool_result'], shape: anything }],
  ['tool_addition', { places: ['system'], shape: change }],
  ['tool_removal', { places: ['system'], shape: change }],
]);

/** The content of a message, of a tool's result, or the system prompt. */
export function checkContent(content: unknown, place: Place, report: Report): void {
  if (typeof content === 'string') return;
  if (!Array.isArray(content)) report([], `is ${shown(content)}. It must be text or a list of blocks.`);
  else for (const [at, block] of content.entries()) checkBlock(block, place, below(report, at));
}

function checkBlock(block: unknown, place: Place, report: Report): void {
  if (!isFields(block) || typeof block['type'] !== 'string') {
    report([], 'is not a block with a type. Send text as a block of type text.');
    return;
  }
  const kind = kinds.get(block['type']);
  if (kind === undefined) return;
  if (!kind.places.includes(place)) misplaced(block, place, kind, report);
  kind.shape(block, report);
  if (block['type'] === 'text') checkText(block, place, report);
  // A result inside a result is misplaced, and not followed any further down.
  if (block['type'] === 'tool_result' && block['content'] !== undefined && place !== 'tool_result')
    checkContent(block['content'], 'tool_result', below(report, 'content'));
}

const placeNames: Readonly<Record<Place, string>> = {
  user: 'a user message',
  assistant: 'an assistant message',
  system: 'a system message',
  tool_result: 'the result of a tool',
};

function misplaced({ type }: Fields, place: Place, { places }: Kind, report: Report): void {
  const right = alternatives(places.map((name) => placeNames[name]));
  report([], `is a block of type ${type} in ${placeNames[place]}. It can only stand in ${right}: move it there.`);
}

/** What the model cited is the model's: in another's mouth it is refused in this version of the API. */
function checkText(block: Fields, place: Place, report: Report): void {
  const citations = listOf(block['citations']);
  if (citations.length === 0) return;
  if (place !== 'assistant')
    report(['citations'], `are in ${placeNames[place]}. Leave them out: only answers of the model have them.`);
  for (const [at, citation] of citations.entries())
    if (isFields(citation) && 'cache_control' in citation)
      report(['citations', at, 'cache_control'], 'cannot be set on a citation. Set it on the text.');
}
