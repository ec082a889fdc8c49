/** What goes with each question unasked: the date when it is another one, and where in the editor the person is. */
import type { TextParam } from '../../claude/index.ts';
import type { Entry } from '../../ports.ts';
import { block } from '../../text/blocks.ts';
import { shownPath } from '../../tools/paths.ts';
import { attributesOf } from './file.ts';
import type { ComposeParams } from './params.ts';
import { type ComposeWorld, linesIn } from './piece.ts';
import { textsSaid } from './said.ts';

/** In the local time of the person; nothing where the model knows it. */
export function dateBlocks(now: Date, entries: readonly Entry[]): readonly TextParam[] {
  const [month, day] = [now.getMonth() + 1, now.getDate()].map((part) => String(part).padStart(2, '0'));
  const text = `<gloss>\nToday is ${now.getFullYear()}-${month}-${day}.\n</gloss>`;
  const last = textsSaid(entries).findLast((said) => said.startsWith('<gloss>\nToday is '));
  return last === text ? [] : [{ type: 'text', text }];
}

/** The document and the lines, not what stands in them; nothing of one that must not leave. */
export async function editorBlocks(
  { files, settings, outgoing }: ComposeWorld,
  { active, selection }: ComposeParams,
  delimiter: string,
): Promise<readonly TextParam[]> {
  if (active === undefined) return [];
  const { excludedFiles } = await settings.forDocument(active);
  if (!(await outgoing.mayLeave(active, excludedFiles))) return [];
  const { first, last } = selection?.uri === active ? linesIn(selection.range) : { first: undefined, last: undefined };
  const lines = first === undefined ? {} : { selected: `${first + 1}-${last + 1}` };
  const { text } = await outgoing.clean(attributesOf({ path: shownPath(files, active), ...lines }));
  return [{ type: 'text', text: block('editor', text, ['The developer looks at this file.'], delimiter) }];
}
