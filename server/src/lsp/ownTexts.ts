/** Texts of Gloss's own that a chat opens beside its document: approvals, previews, exports. */
import { fenced } from './chatFences.ts';
import type { ChatParts, ShowText } from './chatParts.ts';
import { createShownFiles } from './shownFiles.ts';

export interface OwnTexts {
  /** Resolves with whether the editor could. */
  show(uri: string): Promise<boolean>;
  /** A plain text, as it is. */
  readonly showText: ShowText;
  /** Markdown of ours. */
  readonly showMarkdown: ShowText;
}

export function createOwnTexts({ connection, client, disk, uriOf }: ChatParts): OwnTexts {
  const files = createShownFiles(disk);
  const show = async (uri: string): Promise<boolean> => {
    if (client.window?.showDocument?.support !== true) return false;
    return (await connection.window.showDocument({ uri, takeFocus: true })).success;
  };
  const showMarkdown: ShowText = async (name, markdown) => show(uriOf(await files.write(name, `${markdown}\n`)));
  return { show, showMarkdown, showText: (name, text) => showMarkdown(name, fenced(text)) };
}
