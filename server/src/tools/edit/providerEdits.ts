/** Takes what the editor's own language support would change into the ledger: all of it, or nothing. */
import type { ProviderEdits } from '#shared/edits.ts';
import type { EditGroup, EndedGroup, EndOptions } from '../../editing.ts';
import type { Context } from '../../ports.ts';
import { lineStartsOf, offsetAt } from '../../text/lines.ts';

export async function putProviderEdits(
  { documents }: Pick<Context, 'documents'>,
  group: EditGroup,
  provided: ProviderEdits,
  options: Pick<EndOptions, 'signal'> = {},
): Promise<{ readonly ended: EndedGroup; readonly failures: readonly string[] }> {
  for (const { uri, version, edits } of provided) {
    const refusal = await group.open(uri);
    if (refusal !== undefined)
      return { ended: await group.end(), failures: [`${uri}: ${refusal} Nothing was changed.`] };
    const document = documents.get(uri);
    const text = group.text(uri) ?? '';
    if (document !== undefined && (document.version !== version || document.text !== text))
      return { ended: await group.end(), failures: ['A file changed meanwhile, so nothing was changed. Try again.'] };
    const starts = lineStartsOf(text);
    group.change(
      uri,
      edits.map(({ range, text: inserted }) => ({
        start: offsetAt(text, starts, range.start),
        end: offsetAt(text, starts, range.end),
        text: inserted,
      })),
    );
  }
  return { ended: await group.end({ ...options, allOrNothing: true }), failures: [] };
}
