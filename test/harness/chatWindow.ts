/** A chat over plain LSP with the real server: a workspace on disk, a document that is written in, and a person who answers as told. */
import { mkdir, mkdtemp, readFile, rename, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { expect } from 'vitest';
import type { WorkspaceEdit } from 'vscode-languageserver-protocol/node';
import { type EditorOptions, type FakeEditor, startEditor } from './fakeEditor.ts';

export interface ChatWindowOptions
  extends Pick<
    EditorOptions,
    'process' | 'main' | 'nodeArguments' | 'settings' | 'capabilities' | 'variables' | 'answer'
  > {
  readonly service: { readonly url: string; readonly key: string };
  /** Path → text. */
  readonly files?: Readonly<Record<string, string>>;
  /** An earlier window's, to start again in the same place. */
  readonly again?: Pick<ChatWindow, 'folder' | 'storage'>;
  /** The title of the button that is chosen of a message; undefined puts it away. */
  readonly choose?: (message: string, titles: readonly string[]) => string | undefined | Promise<string | undefined>;
  /** What the editor answers to a whole edit; `make` does what it says. Makes it and says so when absent. */
  readonly applyEdit?: (make: () => Promise<void>, edit: WorkspaceEdit) => unknown;
  /** New text waits in the buffer, as in VS Code. */
  readonly pendingEdits?: boolean;
  /** What else this client answers, by name of `capabilities.experimental.gloss`. */
  readonly gloss?: Readonly<Record<string, boolean>>;
  /** Of a client without settings: `initializationOptions.permissions`. */
  readonly permissions?: readonly object[];
  /** Hears what the server tells. */
  readonly onNotification?: (method: string, params: unknown) => void;
}

export interface ChatWindow extends AsyncDisposable {
  readonly editor: FakeEditor;
  /** Absolute path of the workspace folder, and of Gloss's storage. */
  readonly folder: string;
  readonly storage: string;
  /** Messages with buttons that were shown. */
  readonly messages: string[];
  uriOf(file: string): string;
  /** A file of the workspace as the editor has it, else as it is on the disk. */
  file(name: string): Promise<string>;
  /** Opens files of the workspace. */
  load(...names: readonly string[]): Promise<void>;
  /** Opens a chat; the last one that was opened is meant by everything else. */
  open(what?: object): Promise<string>;
  /** Forks before a question; the fork is meant from then on. */
  fork(entry: string): Promise<void>;
  readonly uri: string;
  readonly conversation: string;
  text(): string;
  write(text: string): Promise<void>;
  /** Writes and sends; resolves when the turn has ended. */
  say(text: string): Promise<void>;
  /** Writes and sends; resolves when it is on its way. */
  begin(text: string): Promise<void>;
  ended(): Promise<void>;
  lens(title: string): Promise<{ readonly command: string; readonly arguments?: readonly unknown[] } | undefined>;
  click(title: string): Promise<unknown>;
}

export async function chatWindow(options: ChatWindowOptions): Promise<ChatWindow> {
  const { service, files = {}, again, choose, applyEdit, pendingEdits = false, permissions } = options;
  const folder = again?.folder ?? (await mkdtemp(path.join(tmpdir(), 'gloss-chat-work-')));
  const storage = again?.storage ?? (await mkdtemp(path.join(tmpdir(), 'gloss-chat-own-')));
  for (const [name, text] of Object.entries(files)) {
    await mkdir(path.dirname(path.join(folder, name)), { recursive: true });
    await writeFile(path.join(folder, name), text);
  }
  const messages: string[] = [];
  const shown: string[] = [];
  const opened = new Set<string>();
  let editor: FakeEditor | undefined;
  const message = async (params: unknown): Promise<unknown> => {
    const { message: text, actions = [] } = params as { message: string; actions?: { title: string }[] };
    messages.push(text);
    const titles = actions.map((action) => action.title);
    const title = await choose?.(text, titles);
    return title === undefined ? null : { title };
  };
  const show = async (params: unknown): Promise<unknown> => {
    const { uri: asked } = params as { uri: string };
    if (!shown.includes(asked)) {
      shown.push(asked);
      await editor?.open(asked, await readFile(fileURLToPath(asked), 'utf8'), 'markdown');
    }
    return { success: true };
  };
  /** As an editor does: what is changed is opened first. */
  const opening = async (uris: readonly string[]): Promise<void> => {
    for (const each of uris) {
      if (opened.has(each)) continue;
      const text = await readFile(fileURLToPath(each), 'utf8').catch(() => undefined);
      if (text === undefined) continue;
      opened.add(each);
      await editor?.open(each, text);
    }
  };
  const operate = async (operation: NonNullable<WorkspaceEdit['documentChanges']>[number]): Promise<void> => {
    if (!('kind' in operation)) return;
    if (operation.kind === 'create') {
      await mkdir(path.dirname(fileURLToPath(operation.uri)), { recursive: true });
      return writeFile(fileURLToPath(operation.uri), '', { flag: 'wx' });
    }
    const from = operation.kind === 'rename' ? operation.oldUri : operation.uri;
    if (opened.delete(from))
      await editor?.rpc.sendNotification('textDocument/didClose', { textDocument: { uri: from } });
    if (operation.kind === 'delete') await rm(fileURLToPath(from));
    else await rename(fileURLToPath(from), fileURLToPath(operation.newUri));
  };
  const make = async (edit: WorkspaceEdit): Promise<void> => {
    // Editors without versioned edits get them by document.
    const plain = Object.entries(edit.changes ?? {}).map(([uri, edits]) => ({
      textDocument: { uri, version: null },
      edits,
    }));
    const changes = edit.documentChanges ?? plain;
    for (const change of changes) await operate(change);
    await opening(changes.flatMap((change) => ('textDocument' in change ? [change.textDocument.uri] : [])));
    editor?.apply({ documentChanges: changes });
  };
  const apply = async ({ edit }: { readonly edit: WorkspaceEdit }): Promise<unknown> => {
    if (applyEdit !== undefined) return applyEdit(() => make(edit), edit);
    await make(edit);
    return { applied: true };
  };
  // The server is under test: it sends what the standard says.
  const answer: NonNullable<EditorOptions['answer']> = (method, params, token) => {
    const own = options.answer?.(method, params, token);
    if (own !== undefined) return own;
    if (method === 'window/showMessageRequest') return message(params);
    if (method === 'workspace/applyEdit' && !JSON.stringify(params).includes('/chats/'))
      return apply(params as { edit: WorkspaceEdit });
    return method === 'window/showDocument' ? show(params) : undefined;
  };
  const root = pathToFileURL(folder).href;
  const environment = { ANTHROPIC_API_KEY: service.key, ANTHROPIC_BASE_URL: service.url };
  editor = await startEditor({
    bare: true,
    folders: [root],
    ...(options.process === undefined
      ? { environment: { apiKey: service.key, baseUrl: service.url } }
      : { process: { ...environment, ...options.process } }),
    initializationOptions: {
      ...{ storage, trusted: true, baseUrl: service.url },
      ...(permissions === undefined ? {} : { permissions }),
    },
    capabilities: {
      window: { showDocument: { support: true }, showMessage: { messageActionItem: {} } },
      workspace: {
        ...{ workspaceFolders: true, applyEdit: true, workspaceEdit: { documentChanges: true } },
        ...(options.settings === undefined ? {} : { configuration: true }),
      },
      experimental: { gloss: { ...(pendingEdits ? { pendingEdits } : {}), ...options.gloss } },
      ...options.capabilities,
    },
    ...(options.main === undefined ? {} : { main: options.main }),
    ...(options.nodeArguments === undefined ? {} : { nodeArguments: options.nodeArguments }),
    ...(options.settings === undefined ? {} : { settings: options.settings }),
    ...(options.variables === undefined ? {} : { variables: options.variables }),
    ...(options.onNotification === undefined ? {} : { onNotification: options.onNotification }),
    answer,
  });
  const { rpc } = editor;
  const own = editor;
  let [uri, conversation] = ['', ''];
  const window: ChatWindow = {
    ...{ editor: own, folder, storage, messages },
    uriOf: (file) => pathToFileURL(path.join(folder, file)).href,
    async file(name) {
      const it = window.uriOf(name);
      return opened.has(it) ? own.text(it) : readFile(path.join(folder, name), 'utf8');
    },
    load: (...names) => opening(names.map((name) => window.uriOf(name))),
    get uri() {
      return uri;
    },
    get conversation() {
      return conversation;
    },
    async open(what) {
      const opened = (await own.command('gloss.chat', ...(what === undefined ? [] : [what]))) as {
        uri: string;
        conversation: string;
      };
      ({ uri, conversation } = opened);
      return uri;
    },
    async fork(entry) {
      const forked = (await own.command('gloss.chat.fork', { uri, entry })) as { uri: string; conversation: string };
      ({ uri, conversation } = forked);
    },
    text: () => own.text(uri),
    write: (text) => own.change(uri, `${own.text(uri).trimEnd()}\n\n${text}\n`),
    async begin(text) {
      await window.write(text);
      await own.command('gloss.chat.send', { uri });
    },
    async say(text) {
      await window.begin(text);
      await window.ended();
    },
    async ended() {
      await expect.poll(async () => (await window.lens('Stop')) === undefined, { timeout: 30_000 }).toBe(true);
      // The last of the answer is put in a moment later.
      await new Promise((resolve) => setTimeout(resolve, 300));
    },
    async lens(title) {
      const lenses = await rpc.sendRequest('textDocument/codeLens', { textDocument: { uri } });
      const all = lenses as readonly { command?: { title: string; command: string; arguments?: unknown[] } }[] | null;
      return all?.find(({ command }) => command?.title.startsWith(title) === true)?.command;
    },
    async click(title) {
      const found = await window.lens(title);
      if (found === undefined) throw new Error(`there is no lens ${title}`);
      return own.command(found.command, ...(found.arguments ?? []));
    },
    async [Symbol.asyncDispose]() {
      await own[Symbol.asyncDispose]();
      if (again !== undefined) return;
      await rm(folder, { recursive: true, force: true });
      await rm(storage, { recursive: true, force: true });
    },
  };
  return window;
}
