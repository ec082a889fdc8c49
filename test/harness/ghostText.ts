/** An editor that types and shows ghost text, over plain LSP. */
import { CancellationTokenSource, type InlineCompletionItem } from 'vscode-languageserver-protocol/node';
import type { SuggestionReason, SuggestionStatistics } from '#shared/suggestions.ts';
import { type EditorOptions, type FakeEditor, startEditor } from './fakeEditor.ts';

export interface Ghost extends AsyncDisposable {
  readonly editor: FakeEditor;
  /** What `gloss/suggestions` told. */
  readonly told: readonly {
    readonly mode: string;
    readonly snoozedUntil?: string;
    readonly reason: SuggestionReason;
  }[];
  /** The document is this now; `▮` is the cursor. Another name is another document. */
  type(marked: string, name?: string, languageId?: string): Promise<void>;
  /** What is suggested at the cursor; by hand unless it is said otherwise. */
  items(asked?: AskedFor): Promise<readonly InlineCompletionItem[]>;
  /** The text of the first one. */
  text(asked?: AskedFor): Promise<string | undefined>;
  /** Asks and does not wait. */
  begin(asked?: AskedFor): { readonly answer: Promise<readonly InlineCompletionItem[]>; cancel(): void };
  why(): Promise<SuggestionReason>;
  statistics(reset?: boolean): Promise<SuggestionStatistics>;
}

export interface AskedFor {
  readonly automatic?: boolean;
  /** What the editor's list has selected: the word before the cursor of so many code units is replaced by it. */
  readonly selected?: { readonly text: string; readonly over: number };
}

interface Service {
  readonly url: string;
  readonly key: string;
}

export async function startGhost(service: Service | undefined, options: EditorOptions = {}): Promise<Ghost> {
  const told: Ghost['told'][number][] = [];
  const connection =
    service === undefined ? {} : { baseUrl: service.url, credential: { kind: 'apiKey', value: service.key } as const };
  const editor = await startEditor({
    ...options,
    connection: { ...connection, ...options.connection },
    onNotification(method, params) {
      options.onNotification?.(method, params);
      // The server is the one under test, and the tests look at what is in it.
      if (method === 'gloss/suggestions') told.push(params as Ghost['told'][number]);
    },
  });
  const open = new Set<string>();
  let [uri, position] = ['', { line: 0, character: 0 }];
  const begin: Ghost['begin'] = ({ automatic = false, selected } = {}) => {
    const source = new CancellationTokenSource();
    const start = { ...position, character: position.character - (selected?.over ?? 0) };
    const info = selected && { selectedCompletionInfo: { text: selected.text, range: { start, end: position } } };
    const params = { textDocument: { uri }, position, context: { triggerKind: automatic ? 2 : 1, ...info } };
    const answer = editor.rpc.sendRequest<InlineCompletionItem[]>(
      'textDocument/inlineCompletion',
      params,
      source.token,
    );
    return { answer, cancel: () => source.cancel() };
  };
  const items: Ghost['items'] = (asked) => begin(asked).answer;
  return {
    ...{ editor, told, begin, items },
    async type(marked, name = 'a.ts', languageId = 'typescript') {
      uri = name.includes(':') ? name : `file:///work/${name}`;
      const before = marked.slice(0, Math.max(0, marked.indexOf('▮'))).split('\n');
      position = { line: before.length - 1, character: before.at(-1)?.length ?? 0 };
      const text = marked.replace('▮', '');
      if (open.has(uri)) await editor.change(uri, text);
      else await editor.open(uri, text, languageId);
      open.add(uri);
    },
    text: async (asked) => (await items(asked))[0]?.insertText as string | undefined,
    why: () => editor.rpc.sendRequest('gloss/whySuggestion', {}),
    statistics: (reset = false) => editor.rpc.sendRequest('gloss/suggestionStatistics', { reset }),
    [Symbol.asyncDispose]: () => editor[Symbol.asyncDispose](),
  };
}
