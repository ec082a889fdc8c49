/** What the tools that read need: real folders, the real rules of what may leave, and an editor that knows what a test says. */
import path from 'node:path';
import { pathToFileURL } from 'node:url';
import type * as z from 'zod';
import { defaultSettings } from '#shared/settings.ts';
import { cleanText } from '../../server/src/egress/filter.ts';
import { createExclusion } from '../../server/src/egress/ignoreFiles.ts';
import { reasonToStay } from '../../server/src/egress/mayLeave.ts';
import type { Providers } from '../../server/src/ports.ts';
import { createFiles } from '../../server/src/system/files.ts';
import { languageOf } from '../../server/src/text/languageOf.ts';
import type { Effective, Tool, ToolAnswer, ToolContext } from '../../server/src/tool.ts';
import { searching } from './searching.ts';

export interface ReadingOptions {
  /** Text of open documents by their paths below the first folder. */
  readonly open?: Readonly<Record<string, string>>;
  readonly excludedFiles?: readonly string[];
  /** A bare editor knows nothing. */
  readonly providers?: Partial<Providers>;
}

export interface ReadingTools {
  readonly context: ToolContext;
  /** Does a call as the engine does. */
  call(tool: Tool, input: object): Promise<ToolAnswer & { readonly effective?: Effective }>;
}

export const fileUri = (...parts: readonly string[]): string => pathToFileURL(path.join(...parts)).href;

/** @param folders absolute paths of the workspace folders. */
export function readingTools(folders: readonly string[], options: ReadingOptions = {}): ReadingTools {
  const { excludedFiles = [] } = options;
  const roots = () => folders.map((folder) => fileUri(folder));
  const files = createFiles(roots);
  const exclusion = createExclusion((root, file) => files.readConfiguration(root, file));
  const [first = ''] = folders;
  const open = new Map(Object.entries(options.open ?? {}).map(([file, text]) => [fileUri(first, file), text]));
  const documents = {
    get(uri: string) {
      const text = open.get(uri);
      return text === undefined ? undefined : { uri, text, version: 1, languageId: languageOf(uri) };
    },
  };
  const context = {
    ...{ files, documents, locale: 'en', call: 'toolu_1', signal: new AbortController().signal },
    search: searching(folders, { open, excludedFiles }),
    settings: { forDocument: async () => ({ ...defaultSettings, excludedFiles }) },
    outgoing: {
      clean: async (text: string) => cleanText(text, (same) => same),
      mayLeave: async (uri: string, patterns: readonly string[]) =>
        (await reasonToStay({ ...files, roots, exclusion }, uri, patterns)) === undefined,
    },
    providers: { ...bare, ...options.providers },
    report() {},
    // Only what tools that read use is there.
  } as unknown as ToolContext;
  return {
    context,
    async call(tool, input) {
      const parsed: unknown = (tool.input as z.ZodType).parse(input);
      const effective = await tool.effective(context, parsed);
      if ('impossible' in effective) return { text: effective.impossible, failed: true, isData: false };
      return { ...(await tool.run(context, parsed, effective)), effective };
    },
  };
}

const bare: Providers = {
  symbols: async () => undefined,
  definitions: async () => [],
  references: async () => undefined,
  hover: async () => undefined,
  allProblems: async () => undefined,
  problems: async () => [],
  rename: async () => undefined,
  extract: async () => undefined,
};
