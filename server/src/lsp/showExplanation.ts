/** Shows an explanation in an editor that has no threads: as a document where it can open one, else as a message. */
import { type ClientCapabilities, type Connection, MessageType } from 'vscode-languageserver/node';
import type { Explanation } from '#shared/explain.ts';
import type { GlossCapabilities } from '#shared/initialization.ts';
import type { Disk, Log } from '../ports.ts';

export type ShowExplanation = (explanation: Explanation, uri: string) => Promise<void>;

export interface ShowParts {
  readonly connection: Connection;
  readonly client: ClientCapabilities;
  readonly gloss: GlossCapabilities;
  readonly disk: Disk;
  readonly log: Log;
  /** The `file:` URI of a name on `disk`. */
  uriOf(name: string): string;
}

/** Undefined for VS Code, which shows threads. */
export function showExplanationFor(parts: ShowParts): ShowExplanation | undefined {
  if (parts.gloss.connection) return undefined;
  const canOpen = parts.client.window?.showDocument?.support === true;
  return async (explanation, uri) => {
    // The answer itself is the command's result: showing it is extra, and its failure is no failure of the command.
    await (canOpen ? openFile(parts, explanation, uri) : sayIt(parts, explanation)).catch((error: unknown) =>
      parts.log.warn(`an explanation could not be shown: ${String(error)}`),
    );
  };
}

async function openFile({ connection, disk, uriOf }: ShowParts, explanation: Explanation, uri: string): Promise<void> {
  // The time first, so that the oldest sort first.
  const name = `explanations/${Date.now()}-${explanation.id}.md`;
  const lines = `${explanation.range.start.line + 1}-${explanation.range.end.line + 1}`;
  const notices = explanation.notices.map((notice) => `\n> ${notice}\n`).join('');
  await disk.create(
    name,
    `<!-- ${uri.replaceAll('--', '__')} lines ${lines} -->\n\n${explanation.markdown}\n${notices}`,
  );
  await connection.window.showDocument({ uri: uriOf(name), takeFocus: false });
  await prune(disk);
}

/** The oldest go. */
async function prune(disk: Disk): Promise<void> {
  const names = await disk.list('explanations');
  for (const name of names.slice(0, Math.max(0, names.length - kept))) await disk.remove(`explanations/${name}`);
}

const kept = 200;

async function sayIt({ connection }: ShowParts, { markdown, range }: Explanation): Promise<void> {
  if (markdown === '') return;
  const firstLine = markdown.split('\n', 1)[0] ?? '';
  const message = `${firstLine} (Hover over line ${range.start.line + 1} to read all.)`;
  await connection.sendNotification('window/showMessage', { type: MessageType.Info, message });
}
