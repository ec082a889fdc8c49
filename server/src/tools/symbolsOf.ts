/** The symbols of a document: the editor's own, or an outline. */
import type { CodeSymbol } from '#shared/symbols.ts';
import type { World } from '../ports.ts';
import { outlineOf } from '../text/outline.ts';

/** The editor's symbols where it has some, else the outline. */
export async function symbolsOf(
  context: Pick<World, 'providers'>,
  document: { readonly uri: string; readonly text: string; readonly languageId: string },
): Promise<readonly CodeSymbol[]> {
  const symbols = await context.providers.symbols(document.uri);
  return symbols !== undefined && symbols.length > 0 ? symbols : outlineOf(document.text, document.languageId);
}
