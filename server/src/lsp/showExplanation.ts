/**
 * Shows explanations in editors that have no threads: as a document of our scheme where the editor can read one, else as
 * a file, else as a message. The store owns them; these are looks at it, made anew each time.
 */
import { type ClientCapabilities, type Connection, MessageType } from 'vscode-languageserver/node';
import { documentScheme } from '#shared/commands.ts';
import type { ExplanationSummary, ShownExplanation } from '#shared/explanations.ts';
import type { GlossCapabilities } from '#shared/initialization.ts';
import type { Disk, Explanations, Log } from '../ports.ts';
import { hasTextDocumentContent } from './capabilities.ts';
import { fewWords } from './plainWords.ts';
import { createShownFiles } from './shownFiles.ts';

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
  const documents = createOpenedDocuments(parts);
  if (hasOwnDocuments) parts.explanations.watch(documents.refresh);
  const files = createShownFiles(disk);
  return {
    read,
    async open(id, shown, takeFocus) {
      if (gloss.connection) return;
      if (!canOpen) return quietly(sayIt(connection, shown));
      if (!hasOwnDocuments)
        return quietly(files.write(id, shown.markdown).then((name) => show(parts.uriOf(name), takeFocus)));
      documents.add(shown.summary);
      return quietly(show(documentOf(id), takeFocus));
    },
    async openText(name, markdown) {
      if (gloss.connection || !canOpen) return;
      await quietly(files.write(name, markdown).then((file) => show(parts.uriOf(file), true)));
    },
    forget: files.remove,
    async content(uri) {
      const id = uri.match(documentPattern)?.[1];
      if (id === undefined) return undefined;
      return (await read(id))?.markdown ?? 'There is no such explanation (any more).\n';
    },
  };
}

async function readFrom({ explanations }: ShowParts, id: string): Promise<ShownExplanation | undefined> {
  // The record first: the store may have to be read for it, and knows the place then.
  const record = await explanations.get(id);
  const summary = explanations.summary(id);
  if (summary === undefined || record === undefined || summary.kind === 'notes') return undefined;
  const { explanationDocument } = await import('./explanationText.ts');
  return { summary, markdown: `${explanationDocument(summary, record.turns)}\n` };
}

/** What was opened is shown as it is now: the editor is told to ask again when there is more of it, or its code has changed. */
function createOpenedDocuments({ connection, explanations, log }: ShowParts) {
  const looks = new Map<string, { readonly uri: string; readonly look: string }>();
  const add = (summary: ExplanationSummary): void => {
    looks.delete(summary.id);
    looks.set(summary.id, { uri: summary.uri, look: lookOf(summary) });
    for (const oldest of looks.keys()) if (looks.size > kept) looks.delete(oldest);
  };
  return {
    add,
    refresh(uri: string): void {
      for (const [id, { look }] of [...looks].filter(([, each]) => each.uri === uri)) {
        const summary = explanations.summary(id);
        if (summary !== undefined && lookOf(summary) === look) continue;
        if (summary === undefined) looks.delete(id);
        else looks.set(id, { uri, look: lookOf(summary) });
        connection.workspace.textDocumentContent
          .refresh(documentOf(id))
          .catch((error: unknown) => log.warn(`a document was not refreshed: ${String(error)}`));
      }
    },
  };
}

function lookOf({ state, at, range, citations }: ExplanationSummary): string {
  return JSON.stringify([state, at, range.start.line, citations.map((each) => each.state)]);
}

const documentPattern = new RegExp(`^${documentScheme}:/{1,3}explanations/([\\w-]{1,64})\\.md$`);

function documentOf(id: string): string {
  return `${documentScheme}:/explanations/${id}.md`;
}

/** Documents that are kept up to date. */
const kept = 50;

async function sayIt(connection: Connection, { summary }: ShownExplanation): Promise<void> {
  const message = `${fewWords(summary.title, 200)} (Hover over line ${summary.range.start.line + 1} to read all.)`;
  await connection.sendNotification('window/showMessage', { type: MessageType.Info, message });
}
