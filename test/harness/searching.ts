/** A search as the server makes it: real folders, real ignore files, the real filter. */
import { pathToFileURL } from 'node:url';
import { cleanText } from '../../server/src/egress/filter.ts';
import { createSearchJudge } from '../../server/src/egress/searchable.ts';
import type { Search } from '../../server/src/ports.ts';
import { createFiles, realFolders } from '../../server/src/system/files.ts';
import { createSearch } from '../../server/src/system/search.ts';

export interface SearchingOptions {
  /** URI → text. */
  readonly open?: ReadonlyMap<string, string>;
  readonly excludedFiles?: readonly string[];
  readonly deadline?: number;
  /** Called for each file and folder that is judged. */
  readonly onJudged?: (path: string) => void;
}

/** @param folders absolute paths of the workspace folders. */
export function searching(
  folders: readonly string[],
  { open, excludedFiles = [], deadline, onJudged }: SearchingOptions = {},
): Search {
  const roots = () => folders.map((folder) => pathToFileURL(folder).href);
  const files = createFiles(roots);
  return createSearch({
    files,
    judge() {
      const judge = createSearchJudge({
        folders: () => realFolders(roots()),
        read: (root, path) => files.readConfiguration(root, path),
        excludedFiles: async () => excludedFiles,
      });
      return {
        ...judge,
        mayLeave(path, kind) {
          onJudged?.(path);
          return judge.mayLeave(path, kind);
        },
      };
    },
    openText: (uri) => open?.get(uri),
    clean: async (text) => cleanText(text, (same) => same),
    ...(deadline === undefined ? {} : { deadline }),
  });
}
