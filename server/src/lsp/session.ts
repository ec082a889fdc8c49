/** One editor's session: builds the world from what the client said of itself, and answers what it asks. */
import { createHash, randomBytes } from 'node:crypto';
import { pathToFileURL } from 'node:url';
import type { InitializeParams } from 'vscode-languageserver/node';
import { GlossCapabilities, InitializationOptions } from '#shared/initialization.ts';
import { createExclusion } from '../egress/ignoreFiles.ts';
import { createKeyRedactor } from '../egress/keyRedactor.ts';
import { reasonToStay } from '../egress/mayLeave.ts';
import type { OutgoingParts } from '../egress/outgoing.ts';
import { createReceipts } from '../egress/receipts.ts';
import { createExplanations } from '../explanations/store.ts';
import { features } from '../features/index.ts';
import { createCustomActions } from '../features/refactor/customActions.ts';
import { createGuard } from '../ledger/guard.ts';
import { createLedger } from '../ledger/ledger.ts';
import type { ChatOutgoing, Log, Outgoing, World } from '../ports.ts';
import { glossPart } from './capabilities.ts';
import { addChatRequests } from './chatRequests.ts';
import { createDocuments } from './documents.ts';
import { createEditor } from './editor.ts';
import { addExplanationRequests } from './explanationRequests.ts';
import { addInlineCompletion } from './inlineCompletion.ts';
import { createLog } from './log.ts';
import { createProviders } from './providers.ts';
import { createRoots } from './roots.ts';
import { addRoutes } from './routes.ts';
import type { ServerParts } from './serverParts.ts';
import { createSettings } from './settings.ts';
import { createSignIn } from './signIn.ts';
import { addStandardRequests } from './standard.ts';

export interface Session {
  start(): void;
  close(): Promise<void>;
}

export function createSession(parts: ServerParts, params: InitializeParams): Session {
  const { connection } = parts;
  // A client that says nothing of itself is a bare one.
  const client = params.capabilities ?? {};
  const gloss = GlossCapabilities.catch(GlossCapabilities.parse({})).parse(glossPart(params));
  const options = InitializationOptions.catch({}).parse(params.initializationOptions ?? {});
  const redactor = createKeyRedactor();
  const log = createLog(connection, (text) => redactor.clean(text));
  const disk = parts.createDisk(options.storage ?? parts.storage);
  const roots = createRoots(connection, params);
  const files = parts.createFiles(roots.uris);
  const receipts = createReceipts(disk, log, (place) => chat.said(place));
  const signIn = createSignIn({ parts, client, gloss, options, log, hide: (secret) => redactor.add(secret) });
  const exclusion = createExclusion((root, path) => files.readConfiguration(root, path));
  // A client of ours tells settings of chats that the person has set, never a workspace.
  const personal = gloss.connection ? undefined : options;
  const settings = createSettings({ connection, capabilities: client, log, personal });
  const documents = createDocuments(connection);
  const ownStorage = [options.storage ?? parts.storage];
  const guard = createGuard({ files, ownStorage, languageOf: (uri) => documents.get(uri)?.languageId ?? '' });
  const editor = createEditor({ connection, client, gloss, log });
  const ledger = createLedger({
    ...{ documents, log, disk, files, guard },
    editor: {
      ...editor,
      show(uri, version, hunks) {
        editor.show(uri, version, hunks);
        chat.hunksChanged();
      },
    },
    roots: roots.uris,
    random: () => randomBytes(8).toString('hex'),
    now: () => performance.now(),
    wait: (milliseconds) => new Promise((resolve) => void setTimeout(resolve, milliseconds).unref()),
  });
  const explanations = createExplanations({
    ...{ documents, log },
    journal: parts.createJournal(options.storage ?? parts.storage, `explanations/${nameOf(roots.uris())}`, log),
  });
  const stays = (uri: string, patterns: readonly string[]) =>
    reasonToStay({ ...files, roots: roots.uris, exclusion }, uri, patterns);
  const outgoing = outgoingWhenAsked({
    connect: (mayAsk) => signIn.connect(mayAsk),
    reasonToStay: stays,
    receipts,
    log,
    knownKeys: () => redactor.count,
    now: () => new Date(),
    random: () => randomBytes(4).toString('hex'),
    watch: signIn.watch,
  });
  const world: World = {
    outgoing,
    documents,
    ledger,
    customActions: createCustomActions({ files, trust: () => signIn.trust(), log }),
    providers: createProviders(connection, gloss, log),
    files,
    settings,
    explanations,
    log,
    locale: typeof params.locale === 'string' ? params.locale : 'en',
    trust: () => signIn.trust(),
  };
  addRoutes(
    connection,
    features.flatMap(({ routes }) => routes),
    world,
  );
  addExplanationRequests({ connection, client, gloss, world });
  const storage = options.storage ?? parts.storage;
  const chat = addChatRequests({
    ...{ connection, client, gloss, world, disk },
    uriOf: (name) => pathToFileURL(`${storage}/${name}`).href,
    load: async (showText) => {
      const { createChatSession } = await import('./chatSession.ts');
      const shared = { connection, client, gloss, world, files, disk, storage, showText };
      return createChatSession({ ...shared, server: parts, outgoing: () => outgoing.whole() });
    },
  });
  signIn.onTrust(chat.trustChanged);
  const suggestions = addInlineCompletion({
    ...{ connection, client, gloss, settings, log },
    folder: () => roots.uris()[0] ?? '',
    async load(changed) {
      const { createSuggestionSession } = await import('./suggestionSession.ts');
      // Whether the workspace is trusted is known with the connection; a failure is told by the first request.
      await signIn.connect(false).catch(() => undefined);
      const journal = parts.createJournal(storage, 'suggestions', log);
      const shared = { world, documents, journal, reasonToStay: stays, owns: chat.owns, changed };
      return createSuggestionSession({ ...shared, outgoing: await outgoing.whole() });
    },
  });
  signIn.onChange(() => suggestions.connectionChanged());
  addStandardRequests({
    connection,
    client,
    gloss,
    world,
    settings,
    receipts,
    signIn,
    disk,
    storage,
    chat,
    suggestions,
  });
  return {
    start() {
      settings.start();
      roots.start();
      signIn.start();
      suggestions.start();
      loadAhead(log);
      log.info(`started, version ${parts.version}, Node ${process.versions.node}`);
    },
    async close() {
      await chat.close();
      await suggestions.close();
      await ledger.flush();
      await explanations.close();
      await signIn.close();
    },
  };
}

/** Names a workspace by its folders; all windows without one have a name of their own together. */
function nameOf(folders: readonly string[]): string {
  return createHash('sha256').update(JSON.stringify(folders.toSorted())).digest('hex').slice(0, 32);
}

/** Milliseconds after which the editor has got its first answers. */
const quiet = 1_000;

/**
 * The first explanation should not wait for code to load: it is loaded when nothing else waits. What helps in trouble is
 * loaded as well, before there is any.
 */
function loadAhead(log: Log): void {
  const parts = () => [
    import('../egress/outgoing.ts'),
    import('./suggestionSession.ts'),
    import('../features/explain/run.ts'),
    import('./errors.ts'),
    import('../egress/check.ts'),
  ];
  const load = () => Promise.all(parts()).catch((error: unknown) => log.error('a part could not be loaded', error));
  setTimeout(() => void load(), quiet).unref();
}

/** The door out. Filter and client are loaded with the first request: an editor should not wait for them to start. */
function outgoingWhenAsked(parts: OutgoingParts): Outgoing & { whole(): Promise<ChatOutgoing> } {
  let loaded: Promise<ChatOutgoing> | undefined;
  const load = (): Promise<ChatOutgoing> => {
    loaded ??= import('../egress/outgoing.ts').then(({ createOutgoing }) => createOutgoing(parts));
    return loaded;
  };
  return {
    whole: load,
    clean: async (text) => (await load()).clean(text),
    mayLeave: async (uri, excludedFiles) => (await load()).mayLeave(uri, excludedFiles),
    isDemo: async (signal) => (await load()).isDemo(signal),
    ask: async (ask, hearing, signal) => (await load()).ask(ask, hearing, signal),
  };
}
