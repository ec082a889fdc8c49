/** Extract to Function: by the editor's own refactoring where it has one, and then the model only finds the name. */
import type { ProviderEdits } from '#shared/edits.ts';
import { putProviderEdits } from '../../tools/edit/providerEdits.ts';
import { ask } from './ask.ts';
import { namedIn } from './naming.ts';
import { extractedNamePrompt } from './prompt.ts';
import type { Done, Task } from './task.ts';

/** Undefined where the editor has none: the model does all of it then. */
export async function extractByProvider(task: Task): Promise<Done | undefined> {
  const { context, params, gathered, group } = task;
  const extracted = await context.providers.extract(params.uri, params.range);
  if (extracted === undefined) return undefined;
  const answer = await ask(task, extractedNamePrompt(gathered.material, task.wording), undefined);
  const name = namedIn(answer.message);
  const documents = name === undefined ? extracted.documents : renamed(extracted.documents, extracted.name, name);
  return { answers: [answer], ...(await putProviderEdits(context, group, documents)) };
}

/** The provider's own name, in what it writes. */
function renamed(documents: ProviderEdits, from: string, to: string): ProviderEdits {
  const word = new RegExp(`(?<![\\w$])${from.replace(/[$]/g, '\\$')}(?![\\w$])`, 'g');
  return documents.map((document) => ({
    ...document,
    edits: document.edits.map(({ range, text }) => ({ range, text: text.replace(word, () => to) })),
  }));
}
