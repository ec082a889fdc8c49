/** From what a tool returns to the content of its result (API reference, "Tool results"). */
import type { ToolResultBlock } from '../schema/request.ts';
import { isRecord } from '../schema/standard.ts';

/** What a result may hold. */
export type ResultContent = string | readonly ToolResultBlock[];

/**
 * Text stays text, a list of blocks stays one, nothing is no content; anything else becomes JSON.
 * @throws TypeError for what has no JSON form.
 */
export function contentOf(output: unknown): ResultContent | undefined {
  if (output === undefined || output === '') return undefined;
  if (typeof output === 'string') return output;
  if (isBlocks(output)) return withoutEmptyText(output);
  const json: string | undefined = JSON.stringify(output);
  if (json === undefined) throw new TypeError('The tool returned something that has no JSON form.');
  return json;
}

const blockTypes: Readonly<Record<ToolResultBlock['type'], true>> = {
  text: true,
  image: true,
  document: true,
  search_result: true,
  tool_reference: true,
  browser_state: true,
};

function isBlocks(output: unknown): output is readonly ToolResultBlock[] {
  return Array.isArray(output) && output.length > 0 && output.every(isBlock);
}

function isBlock(item: unknown): boolean {
  return isRecord(item) && typeof item['type'] === 'string' && Object.hasOwn(blockTypes, item['type']);
}

/** The service refuses text blocks without text. Undefined when nothing is left. */
export function withoutEmptyText(blocks: readonly ToolResultBlock[]): readonly ToolResultBlock[] | undefined {
  const filled = blocks.filter((block) => block.type !== 'text' || block.text !== '');
  return filled.length === 0 ? undefined : filled;
}
