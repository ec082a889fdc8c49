/** Builds all that chats need, with the first of them: an editor without a chat loads none of it. */
import { createHash, randomBytes, randomUUID } from 'node:crypto';
import { fileURLToPath } from 'node:url';
import type { ClientCapabilities, Connection } from 'vscode-languageserver/node';
import type { GlossCapabilities } from '#shared/initialization.ts';
import { foldedText, inBrief, laidOut } from '../agent/approvalText.ts';
import { createChats } from '../agent/chats.ts';
import { groupsIn, turnsOf } from '../agent/history.ts';
import type { Chats } from '../chat.ts';
import { createConversations } from '../conversations/store.ts';
import { createSearchJudge } from '../egress/searchable.ts';
import { createSpend, dayOf } from '../egress/spend.ts';
import { createChatFeature } from '../features/chat/index.ts';
import type { ChatOutgoing, ChatWorld, Disk, Search, World } from '../ports.ts';
import { outcomesOf, pendingEdits } from '../tools/edit/outcomes.ts';
import { tools } from '../tools/index.ts';
import { createApplying } from './chatApplying.ts';
import { createSurroundings, type Surroundings } from './chatContext.ts';
import type { ChatEngine } from './chatParts.ts';
import { createPlaces } from './chatPlaces.ts';
import { createChatWriting } from './chatWriting.ts';
import { tooLate, withPatience } from './patience.ts';
import { createPeople } from './people.ts';
import { createSaving } from './saving.ts';
import type { ServerFiles, ServerParts } from './serverParts.ts';
import { createTerminals } from './terminals.ts';

export interface ChatSessionParts {
  readonly server: Pick<ServerParts, 'createJournal' | 'createJournalShelf' | 'createShell' | 'createSearch'>;
  readonly connection: Connection;
  readonly client: ClientCapabilities;
  readonly gloss: GlossCapabilities;
  readonly world: World;
  readonly files: ServerFiles;
  readonly disk: Disk;
  /** Absolute path of `disk`. */
  readonly storage: string;
  outgoing(): Promise<ChatOutgoing>;
  /** Opens a text of Gloss's; resolves with whether the editor could. */
  showText(name: string, text: string): Promise<boolean>;
}

export interface ChatSession extends ChatEngine {
  /** Everything that runs has ended, and everything is on the disk. */
  close(): Promise<void>;
}

export async function createChatSession(parts: ChatSessionParts): Promise<ChatSession> {
  const { server, connection, client, gloss, files, storage } = parts;
  const { log } = parts.world;
  const now = () => new Date();
  const random = () => randomBytes(16).toString('hex');
  const outgoing = await parts.outgoing();
  const shell = await server.createShell(files.roots);
  const workspace = createHash('sha256').update(JSON.stringify(files.roots().toSorted())).digest('hex').slice(0, 32);
  const journals = server.createJournalShelf(storage, `conversations/${workspace}`, log);
  const conversations = createConversations({ journals, log, now, random });
  const spend = createSpend({ journal: server.createJournal(storage, 'spend', log), log, now, random });
  const people = createPeople({
    ...{ connection, client, log, approvalText: laidOut, foldedText, brief: inBrief, showText: parts.showText },
    ...{ terminal: createTerminals({ connection, gloss, log }), hasPanel: gloss.panel },
  });
  const search = await searchFor(parts, outgoing);
  const documents = { ...parts.world.documents, ...createSaving({ connection, gloss, log }) };
  const world: ChatWorld = { ...parts.world, documents, outgoing, conversations, search, shell, people };
  const feature = createChatFeature({ ...world, disk: parts.disk, now }, tools);
  const surroundings = createSurroundings({ connection, gloss, log });
  const settings = () => world.settings.forDocument(files.roots()[0] ?? '');
  const chats: Chats = createChats({
    ...{ world, tools, now, settings, words: feature.words, newId: randomUUID, reviewed: gloss.pendingEdits },
    folder: () => folderNow(files, surroundings),
    outcomes: (told, groups) => outcomesOf(world.ledger, told, groups),
    spend: {
      add: (dollars, tokens) => spend.add(dayOf(now()), dollars, tokens),
      today: () => spend.ofDay(dayOf(now())),
    },
  });
  return {
    ...{ chats, conversations, people, approvalText: laidOut, foldedText },
    applying: createApplying(world),
    places: createPlaces({ files, documents, mayRead: (uri) => mayRead(world, uri) }),
    writing: createChatWriting({
      surroundings,
      ...{ feature, chats, settings: world.settings, files, search, documents, tellsPlace: gloss.chatContext },
      mayRead: (uri) => mayRead(world, uri),
      isDemo: (signal) => outgoing.isDemo(signal),
    }),
    stateOf: (group) => world.ledger.outcome(group),
    changes: (groups) => world.ledger.changes(groups),
    // Another editor is handed whole edits, which it makes in its buffers.
    mustSave: !gloss.save,
    pendingIn: (chat) => (gloss.pendingEdits ? pendingEdits(world.ledger, groupsIn(chat.stored().entries)) : 0),
    showsOutput: (tool) => tools.find(({ name }) => name === tool)?.effect === 'runs',
    async said({ conversation, entry, model }) {
      const stored = await conversations.open(conversation, entry);
      return stored === undefined ? undefined : turnsOf(stored.entries, model);
    },
    async close() {
      await chats.close();
      shell.close();
      await conversations.close();
      await spend.close();
    },
  };
}

/** Milliseconds that a new chat waits to know where the person is. */
const placePatience = 2_000;

/** Of the document that the person is in; else the first one. */
async function folderNow(files: ServerFiles, surroundings: Surroundings): Promise<string> {
  const [first = '', ...others] = files.roots();
  const wanted = others.length === 0 ? undefined : surroundings.of('', ['place']);
  const place = wanted === undefined ? undefined : await withPatience(wanted, placePatience);
  const active = place === undefined || place === tooLate ? undefined : place.active;
  const folder = (active === undefined ? undefined : files.home(active)?.root) ?? fileURLToPath(first || 'file:///');
  return folder.split(/[\\/]/).findLast((name) => name !== '') ?? '';
}

async function mayRead({ settings, outgoing }: ChatWorld, uri: string): Promise<boolean> {
  const { excludedFiles } = await settings.forDocument(uri);
  return outgoing.mayLeave(uri, excludedFiles);
}

function searchFor({ server, files, world }: ChatSessionParts, outgoing: ChatOutgoing): Promise<Search> {
  return server.createSearch({
    files,
    judge: () =>
      createSearchJudge({
        folders: () => files.roots().flatMap((root) => files.realPath(root) ?? []),
        read: (root, path) => files.readConfiguration(root, path),
        excludedFiles: async () => (await world.settings.forDocument(files.roots()[0] ?? '')).excludedFiles,
      }),
    openText: (uri) => world.documents.get(uri)?.text,
    clean: (text) => outgoing.clean(text),
  });
}
