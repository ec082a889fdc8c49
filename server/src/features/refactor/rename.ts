/** Rename for Clarity: the model finds the name, the editor's own rename provider changes it everywhere. */
import { Refusal } from '../../ports.ts';
import { isWordCode } from '../../text/around.ts';
import { maskOf } from '../../text/mask.ts';
import { ordered, wordAt } from '../../text/meant.ts';
import type { TextChange } from '../../text/spans.ts';
import { putProviderEdits } from '../../tools/edit/providerEdits.ts';
import { ask } from './ask.ts';
import { namedIn } from './naming.ts';
import { namePrompt } from './prompt.ts';
import type { Done, Task } from './task.ts';

/** @throws Refusal when there is nothing to rename, or the model finds no name. */
export async function renameByProvider(task: Task): Promise<Done> {
  const { context, params, gathered, group } = task;
  const { document, meant } = gathered;
  const asked = ordered(params.range);
  const lines = document.text.split(/\r\n|\n|\r/);
  const word = wordAt(lines[asked.start.line] ?? '', asked.start.character);
  const name = word?.text ?? meant.symbol?.name;
  const position =
    word === undefined ? meant.symbol?.selection.start : { line: asked.start.line, character: word.start };
  if (name === undefined || position === undefined)
    throw new Refusal('Put the cursor on the name that is to become clearer.', 'noName');
  const answer = await ask(task, namePrompt(gathered.material, task.wording), undefined);
  const newName = namedIn(answer.message);
  if (newName === undefined) return nothing(task, answer, 'The model gave no name that can be used.');
  if (newName === name) return nothing(task, answer, `\`${name}\` is a clear name already.`);
  const provided = await context.providers.rename(params.uri, position, newName);
  if (provided !== undefined) return { answers: [answer], ...(await putProviderEdits(context, group, provided)) };
  group.change(params.uri, wordsIn(document, name, newName));
  const note = `No language support here can rename, so the word ${name} was changed in this file only.`;
  return { answers: [answer], failures: [note], ended: await group.end({ allOrNothing: true }) };
}

async function nothing({ group }: Task, answer: Done['answers'][number], failure: string): Promise<Done> {
  return { answers: [answer], failures: [failure], ended: await group.end() };
}

/** Every whole word of this name that stands in code, not in comments or strings. */
function wordsIn(
  { text, languageId }: { readonly text: string; readonly languageId: string },
  name: string,
  newName: string,
): readonly TextChange[] {
  const code = maskOf(text, languageId);
  const found: TextChange[] = [];
  for (let at = code.indexOf(name); at >= 0; at = code.indexOf(name, at + name.length)) {
    const end = at + name.length;
    const isWhole = !isWordCode(code.charCodeAt(at - 1) || 32) && !isWordCode(code.charCodeAt(end) || 32);
    if (isWhole) found.push({ start: at, end, text: newName });
  }
  return found;
}
