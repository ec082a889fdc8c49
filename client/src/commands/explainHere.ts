/** Explain Here: the selection, or the function or class around the cursor; from a code lens or code action, the place that it names. */
import type { ExplainTarget } from '#shared/explain.ts';
import { activePlace, namedPlace, type Place } from '../explain/places.ts';
import { askedBy } from '../explain/target.ts';
import type { World } from '../world.ts';

export async function explainHere(world: World, values: readonly unknown[]): Promise<void> {
  const asked = askedBy(values);
  if (asked.kind === 'invalid') warn(world);
  else if (asked.kind === 'target') await explainTarget(world, asked.target);
  else await explainPlace(world, activePlace());
}

/** Explains what an argument names: a whole file in a document, anything else in a thread under the code. */
export async function explainTarget(world: World, target: ExplainTarget): Promise<void> {
  const place = await namedPlace(target);
  if (place === undefined) warn(world);
  else if (target.subject?.kind === 'file') await (await world.explanationDocuments()).explain(target);
  else await explainPlace(world, place);
}

async function explainPlace(world: World, place: Place | undefined): Promise<void> {
  if (place !== undefined) (await world.explanations()).explain(place.document, place);
}

function warn({ log }: World): void {
  log.warn('Explain Here was called with something that is no place in a document: nothing was done.');
}
