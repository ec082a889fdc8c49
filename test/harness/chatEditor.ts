/** An editor for tests of chats as documents: real LSP both ways, the real engine, a model from a script, and files of its own. */
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { PassThrough } from 'node:stream';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { createConnection, ProposedFeatures } from 'vscode-languageserver/node';
import {
  type ClientCapabilities,
  type CodeAction,
  type CodeLens,
  createMessageConnection,
  StreamMessageReader,
  StreamMessageWriter,
} from 'vscode-languageserver-protocol/node';
import { GlossCapabilities } from '#shared/initialization.ts';
import { foldedText, inBrief, laidOut } from '../../server/src/agent/approvalText.ts';
import { answering } from '../../server/src/lsp/answering.ts';
import type { ShowText } from '../../server/src/lsp/chatParts.ts';
import { addChatRequests } from '../../server/src/lsp/chatRequests.ts';
import { createDocuments } from '../../server/src/lsp/documents.ts';
import { createPeople } from '../../server/src/lsp/people.ts';
import type { Trust } from '../../server/src/ports.ts';
import { createDisk } from '../../server/src/system/disk.ts';
import { type Engine, type EngineOptions, engine, turnOf } from './engine.ts';
import { createPendingDocuments } from './pendingDocuments.ts';

export interface ChatEditorOptions extends Omit<EngineOptions, 'people'> {
  /** Answers what the server asks; undefined falls through. */
  readonly answer?: (method: string, params: unknown) => unknown;
  readonly trust?: Trust;
  /** Of an editor that ran before. */
  readonly storage?: string;
}

export interface ChatEditor extends AsyncDisposable {
  readonly engine: Engine;
  readonly storage: string;
  /** What the server asked, by method. */
  readonly asked: { method: string; params: unknown }[];
  /** The documents that were opened, the newest last. */
  readonly opened: string[];
  text(uri?: string): string;
  /** Puts a text where another one starts, or at the end. */
  type(text: string, before?: string): Promise<void>;
  replace(from: string, to: string): Promise<void>;
  reopen(): Promise<void>;
  close(uri?: string): Promise<void>;
  lenses(): Promise<readonly CodeLens[]>;
  actions(line: number): Promise<readonly CodeAction[]>;
  /** Clicks on the code lens of this title. */
  click(title: string): Promise<unknown>;
  command(id: string, ...given: readonly unknown[]): Promise<unknown>;
}

const capabilities: ClientCapabilities = {
  window: { showDocument: { support: true }, showMessage: { messageActionItem: {} } },
  workspace: { applyEdit: true, workspaceEdit: { documentChanges: true }, codeLens: { refreshSupport: true } },
};

export async function chatEditor(options: ChatEditorOptions): Promise<ChatEditor> {
  const storage = options.storage ?? (await mkdtemp(path.join(tmpdir(), 'gloss-chat-')));
  const [toServer, toClient] = [new PassThrough(), new PassThrough()];
  const connection = createConnection(
    ProposedFeatures.all,
    new StreamMessageReader(toServer),
    new StreamMessageWriter(toClient),
  );
  const rpc = createMessageConnection(new StreamMessageReader(toClient), new StreamMessageWriter(toServer));
  const log = { clean: (text: string) => text, debug() {}, info() {}, warn() {}, error: console.error };
  const documents = createDocuments(connection);
  const uriOf = (name: string) => pathToFileURL(path.join(storage, name)).href;
  const disk = createDisk(storage);
  // The person's messages can open texts once the surface is there.
  const late: { showText: ShowText } = { showText: async () => false };
  const people = createPeople({
    ...{ connection, client: capabilities, log, approvalText: laidOut, foldedText, brief: inBrief },
    ...{ terminal: () => ({ write() {}, end() {} }), hasPanel: false },
    showText: (name, text) => late.showText(name, text),
  });
  const made = engine({ ...options, people });
  const surface = addChatRequests({
    ...{ connection, client: capabilities, gloss: GlossCapabilities.parse({}), disk, uriOf },
    world: {
      ...{ documents, log, trust: () => options.trust ?? 'trusted' },
      files: {
        roots: () => ['file:///work'],
        home: (uri) => (uri.startsWith('file:///work/') ? { root: '/work', path: uri.slice(13) } : undefined),
      },
    },
    load: async (showText) => {
      late.showText = showText;
      return {
        close: () => made.chats.close(),
        ...{ chats: made.chats, conversations: made.conversations, people, approvalText: laidOut, foldedText },
        applying: { put: async () => '' },
        places: { named: async () => [] },
        writing: {
          compose: async ({ text }) => turnOf(text),
          begunAt() {},
          preview: async (_chat, turn) => `# What Will Be Sent\n\n${turn.text}`,
          async glance({ text }) {
            return { turn: turnOf(text), before: 0, price: undefined, text: () => text };
          },
          mention: () => undefined,
          complete: async () => [{ label: '/fix', detail: 'Fix it', insert: '/fix', kind: 'command' }],
        },
        stateOf: (group) => (group === '' ? '' : `src/a.ts, line 1: proposed (${group})`),
        ...{ mustSave: false, pendingIn: () => 0, changes: () => [] },
        said: async () => undefined,
        showsOutput: (tool) => tool === 'run',
      };
    },
  });
  connection.onCodeLens(({ textDocument }) => surface.lenses(textDocument.uri));
  connection.onCodeAction((params) => surface.actions(params));
  connection.onExecuteCommand(({ command, arguments: given = [] }, token) =>
    answering(token, log, (signal) => surface.run(command, given, signal)),
  );
  connection.listen();

  const pending = createPendingDocuments(rpc);
  const asked: { method: string; params: unknown }[] = [];
  const opened: string[] = [];
  const open = async (uri: string): Promise<void> => {
    if (!opened.includes(uri)) opened.push(uri);
    const text = await readFile(fileURLToPath(uri), 'utf8');
    pending.open(uri, text);
    await rpc.sendNotification('textDocument/didOpen', {
      textDocument: { uri, languageId: 'markdown', version: 1, text },
    });
  };
  rpc.onRequest(async (method: string, params: unknown) => {
    asked.push({ method, params });
    const answer = options.answer?.(method, params) ?? pending.answer(method, params);
    if (answer !== undefined) return answer;
    if (method !== 'window/showDocument') return null;
    // The server is under test: it sends what the standard says.
    const { uri } = params as { uri: string };
    if (!opened.includes(uri)) await open(uri);
    return { success: true };
  });
  rpc.listen();
  const chatUri = () => opened.filter((uri) => uri.includes('/chats/')).at(-1) ?? '';
  const change = async (text: string): Promise<void> => {
    const version = pending.change(chatUri(), text);
    await rpc.sendNotification('textDocument/didChange', {
      textDocument: { uri: chatUri(), version },
      contentChanges: [{ text }],
    });
  };
  const editor: ChatEditor = {
    ...{ engine: made, storage, asked, opened },
    text: (uri = chatUri()) => pending.text(uri),
    async type(text, before) {
      const now = editor.text();
      const at = before === undefined ? now.length : now.indexOf(before);
      await change(now.slice(0, at) + text + now.slice(at));
    },
    replace: (from, to) => change(editor.text().replace(from, () => to)),
    reopen: () => open(chatUri()),
    close: (uri = chatUri()) => rpc.sendNotification('textDocument/didClose', { textDocument: { uri } }),
    lenses: () => rpc.sendRequest('textDocument/codeLens', { textDocument: { uri: chatUri() } }),
    actions: (line) =>
      rpc.sendRequest('textDocument/codeAction', {
        ...{ textDocument: { uri: chatUri() }, context: { diagnostics: [] } },
        range: { start: { line, character: 0 }, end: { line, character: 0 } },
      }),
    async click(title) {
      const lens = (await editor.lenses()).find(({ command }) => command?.title === title);
      if (lens?.command === undefined) throw new Error(`there is no lens ${title}`);
      return editor.command(lens.command.command, ...(lens.command.arguments ?? []));
    },
    command: (command, ...given) => rpc.sendRequest('workspace/executeCommand', { command, arguments: given }),
    async [Symbol.asyncDispose]() {
      await made.chats.close();
      rpc.dispose();
      connection.dispose();
      if (options.storage === undefined) await rm(storage, { recursive: true, force: true });
    },
  };
  return editor;
}
