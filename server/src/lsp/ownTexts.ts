/** Texts of Gloss's own that a chat opens beside its document: approvals, previews, exports. */
import type { Position } from '#shared/place.ts';
import { fenced } from './chatFences.ts';
import type { ChatParts, ShowText } from './chatParts.ts';
import { createShownFiles } from './shownFiles.ts';

export interface OwnTexts {
  /** Resolves with whether the editor could. The cursor goes where it is put with the opening: later it would be in the way. */
  show(uri: string, cursor?: Position): Promise<boolean>;
  /** A plain text, as it is. */
  readonly showText: ShowText;
  /** Markdown of ours. */
  readonly showMarkdown: ShowText;
}

export function createOwnTexts({ connection, client, disk, uriOf }: ChatParts): OwnTexts {
  const files = createShownFiles(disk);
  const show: OwnTexts['show'] = async (uri, cursor) => {
    if (client.window?.showDocument?.support !== true) return false;
    const selection = cursor === undefined ? {} : { selection: { start: cursor, end: cursor } };
    return (await connection.window.showDocument({ uri, takeFocus: true, ...selection })).success;
  };
  const showMarkdown: ShowText = async (name, markdown) => show(uriOf(await files.write(name, `${markdown}\n`)));
  return { show, showMarkdown, showText: (name, text) => showMarkdown(name, fenced(text)) };
}
