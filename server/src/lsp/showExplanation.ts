/**
 * Shows explanations in editors that have no threads: as a document of our scheme where the editor can read one, else as
 * a file, else as a message. The store owns them; these are looks at it, made anew each time.
 */
import { type ClientCapabilities, type Connection, MessageType } from 'vscode-languageserver/node';
import { documentScheme } from '#shared/commands.ts';
import type { ShownExplanation } from '#shared/explanations.ts';
import type { GlossCapabilities } from '#shared/initialization.ts';
import type { Disk, Explanations, Log } from '../ports.ts';
import { hasTextDocumentContent } from './capabilities.ts';
import { fewWords } from './plainWords.ts';

export interface ShowParts {
  readonly connection: Connection;
  readonly client: ClientCapabilities;
  readonly gloss: GlossCapabilities;
  readonly explanations: Pick<Explanations, 'get' | 'summary' | 'watch'>;
  readonly disk: Disk;
  readonly log: Log;
  /** The `file:` URI of a name on `disk`. */
  uriOf(name: string): string;
}

export interface ShowExplanation {
  /** Undefined where there is none of this id (any more). */
  read(id: string): Promise<ShownExplanation | undefined>;
  /** Never fails: whoever asked has the text as their answer already. Does nothing for VS Code, which shows threads. */
  open(id: string, shown: ShownExplanation, takeFocus: boolean): Promise<void>;
  /** The same for a text without a place in the store. */
  openText(name: string, markdown: string): Promise<void>;
  /** Nothing of what was dismissed is left in our files. */
  forget(ids: readonly string[]): Promise<void>;
  /** What a document of our scheme says; undefined for one that is no explanation. */
  content(uri: string): Promise<string | undefined>;
}

export function createShowExplanation(parts: ShowParts): ShowExplanation {
  const { connection, client, gloss, disk, log } = parts;
  const canOpen = client.window?.showDocument?.support === true;
  const hasOwnDocuments = hasTextDocumentContent(client);
  const read = (id: string) => readFrom(parts, id);
  const show = async (uri: string, takeFocus: boolean): Promise<void> => {
    await connection.window.showDocument({ uri, takeFocus });
  };
  const quietly = (deed: Promise<void>): Promise<void> =>
    deed.catch((error: unknown) => log.warn(`an explanation could not be shown: ${String(error)}`));
  const opened = new Map<string, string>();
  if (hasOwnDocuments) parts.explanations.watch((uri) => refreshOpened(parts, opened, uri));
  return {
    read,
    async open(id, shown, takeFocus) {
      if (gloss.connection) return;
      if (!canOpen) return quietly(sayIt(connection, shown));
      if (!hasOwnDocuments)
        return quietly(fileFor(disk, id, shown.markdown).then((name) => show(parts.uriOf(name), takeFocus)));
      opened.set(id, shown.summary.uri);
      return quietly(show(documentOf(id), takeFocus));
    },
    async openText(name, markdown) {
      if (gloss.connection || !canOpen) return;
      await quietly(fileFor(disk, name, markdown).then((file) => show(parts.uriOf(file), true)));
    },
    async forget(ids) {
      const names = await disk.list(folder);
      for (const name of names.filter((each) => ids.includes(idOf(each)))) await disk.remove(`${folder}/${name}`);
    },
    async content(uri) {
      const id = uri.match(documentPattern)?.[1];
      if (id === undefined) return undefined;
      return (await read(id))?.markdown ?? 'There is no such explanation (any more).\n';
    },
  };
}

async function readFrom({ explanations }: ShowParts, id: string): Promise<ShownExplanation | undefined> {
  const summary = explanations.summary(id);
  const record = summary === undefined || summary.kind === 'notes' ? undefined : await explanations.get(id);
  if (summary === undefined || record === undefined) return undefined;
  const { explanationDocument } = await import('./explanationText.ts');
  return { summary, markdown: `${explanationDocument(summary, record.turns)}\n` };
}

/** What is open is shown as it is now, where the editor can ask again. */
function refreshOpened({ connection, log }: ShowParts, opened: ReadonlyMap<string, string>, uri: string): void {
  for (const [id, about] of opened)
    if (about === uri)
      connection.workspace.textDocumentContent
        .refresh(documentOf(id))
        .catch((error: unknown) => log.warn(`a document was not refreshed: ${String(error)}`));
}

const documentPattern = new RegExp(`^${documentScheme}:/{1,3}explanations/([\\w-]{1,64})\\.md$`);

function documentOf(id: string): string {
  return `${documentScheme}:/explanations/${id}.md`;
}

const folder = 'shown';

/** The oldest go. */
const kept = 50;

/** The file of an explanation, with its text as it is now. One that is shown again keeps its name, so that editors see it change. */
async function fileFor(disk: Disk, id: string, markdown: string): Promise<string> {
  const names = await disk.list(folder);
  // The time first, so that the oldest sort first.
  const name = names.find((each) => idOf(each) === id) ?? `${Date.now()}-${id}.md`;
  await disk.remove(`${folder}/${name}`);
  await disk.create(`${folder}/${name}`, markdown);
  for (const old of names.slice(0, Math.max(0, names.length - kept))) await disk.remove(`${folder}/${old}`);
  return `${folder}/${name}`;
}

function idOf(name: string): string {
  return /^\d+-(.*)\.md$/.exec(name)?.[1] ?? '';
}

async function sayIt(connection: Connection, { summary }: ShownExplanation): Promise<void> {
  const message = `${fewWords(summary.title, 200)} (Hover over line ${summary.range.start.line + 1} to read all.)`;
  await connection.sendNotification('window/showMessage', { type: MessageType.Info, message });
}
