/** Files that are cited and not open: nobody has followed what became of their lines, so they are looked at on disk. */
import type { Context, Documents, Snapshot } from '../../ports.ts';

const mostRead = 16;

/** Those of these documents that are no open ones, as far as they may be looked at unasked (threats S2). */
export async function closedFiles(
  { documents, files, trust }: Pick<Context, 'documents' | 'files' | 'trust'>,
  uris: readonly string[],
): Promise<Pick<Documents, 'get'>> {
  const isClosed = (uri: string) => documents.get(uri) === undefined && files.place(uri) !== undefined;
  const closed = trust() === 'trusted' ? [...new Set(uris)].filter(isClosed).slice(0, mostRead) : [];
  const read = await Promise.all(
    closed.map(async (uri): Promise<readonly [string, Snapshot]> => {
      // One that cannot be read has none of the lines.
      const text = await files.read(uri).catch(() => '');
      return [uri, { uri, version: 0, languageId: '', text }];
    }),
  );
  const byUri = new Map(read);
  return { get: (uri) => byUri.get(uri) };
}
