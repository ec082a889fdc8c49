/** Answers `gloss/chatContext`: where the person is, beside the chat itself. */
import type { ChatContext, ContextPart } from '#shared/chat.ts';
import { plainRange } from '../edit/ranges.ts';
import { atLastCommit, changedFiles } from '../git.ts';
import { terminalSelection } from '../terminalSelection.ts';
import { lastEditor } from './lastEditor.ts';

/** Nothing but what is wanted is looked at. */
export async function contextOf(wants: readonly ContextPart[]): Promise<ChatContext> {
  return {
    ...(wants.includes('place') ? place() : {}),
    ...(wants.includes('terminal') ? { terminal: (await terminalSelection()).slice(-mostTerminal) } : {}),
    ...(wants.includes('changes') ? await changes() : {}),
  };
}

const mostTerminal = 200_000;

function place(): ChatContext {
  const editor = lastEditor();
  if (editor === undefined) return {};
  const active = editor.document.uri.toString();
  return editor.selection.isEmpty
    ? { active }
    : { active, selection: { uri: active, range: plainRange(editor.selection) } };
}

const mostChanges = 300;
/** What is longer is too large to be sent, and the server says so. */
const longestBefore = 1_600_000;

async function changes(): Promise<ChatContext> {
  const files = await changedFiles();
  if (files === undefined) return {};
  const known = await Promise.all(
    files.slice(0, mostChanges).map(async (uri) => {
      const before = await atLastCommit(uri);
      return 'text' in before ? [{ uri: uri.toString(), before: before.text.slice(0, longestBefore) }] : [];
    }),
  );
  return { changes: known.flat() };
}
