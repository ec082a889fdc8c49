/** Files that go along with a question: pictures and PDFs as they are, others as mentions. */
import * as vscode from 'vscode';
import { chatMentionRequest, type Media } from '#shared/panelRequests.ts';
import type { Ask } from '../ask.ts';
import { nameOf } from '../edit/ranges.ts';

export interface Attached {
  readonly mentions: string[];
  readonly media: Media[];
  /** What does not go along, and why, a sentence each. */
  readonly notices: string[];
}

const mostFiles = 200;
const mostMedia = 20;
const largestMedia = 10 * 1_024 * 1_024;
const isMedia = /\.(png|jpe?g|gif|webp|pdf)$/i;

/** Lets the person choose: what they choose is read, wherever it is. */
export async function attach(ask: Ask): Promise<Attached> {
  const chosen = await vscode.window.showOpenDialog({
    canSelectMany: true,
    openLabel: vscode.l10n.t('Add to Chat'),
    title: vscode.l10n.t('Add Files to Chat'),
  });
  return attached(ask, chosen ?? [], () => true);
}

/** The page says what was dropped: outside the workspace it might say anything (threats S22). */
export async function dropped(ask: Ask, uris: readonly string[]): Promise<Attached> {
  const inWorkspace = (uri: vscode.Uri): boolean => vscode.workspace.getWorkspaceFolder(uri) !== undefined;
  return attached(
    ask,
    uris.map(parsed).filter((uri) => uri !== undefined),
    inWorkspace,
  );
}

function parsed(text: string): vscode.Uri | undefined {
  try {
    return vscode.Uri.parse(text, true);
  } catch {
    return undefined;
  }
}

async function attached(
  ask: Ask,
  uris: readonly vscode.Uri[],
  mayRead: (uri: vscode.Uri) => boolean,
): Promise<Attached> {
  const notices: string[] = [];
  const files = uris.slice(0, mostFiles);
  if (files.length < uris.length) notices.push(vscode.l10n.t('At most {0} files can be added at once.', mostFiles));
  const pictures = files.filter((uri) => isMedia.test(uri.path) && mayRead(uri));
  if (pictures.length > mostMedia)
    notices.push(vscode.l10n.t('At most {0} pictures and PDFs can be added at once.', mostMedia));
  const media: Media[] = [];
  for (const uri of pictures.slice(0, mostMedia)) {
    const read = await readMedia(uri);
    if (typeof read === 'string') notices.push(read);
    else media.push(read);
  }
  const mentions = await Promise.all(
    files.filter((uri) => !pictures.includes(uri)).map((uri) => mentionOf(ask, uri, notices)),
  );
  return { mentions: mentions.flat(), media, notices };
}

/** Or why not, for the person. */
async function readMedia(uri: vscode.Uri): Promise<Media | string> {
  const name = nameOf(uri).slice(0, 300);
  try {
    const { size } = await vscode.workspace.fs.stat(uri);
    if (size > largestMedia) return vscode.l10n.t('{0} is larger than 10 MB.', name);
    const bytes = await vscode.workspace.fs.readFile(uri);
    return { name, base64: Buffer.from(bytes).toString('base64') };
  } catch {
    return vscode.l10n.t('{0} could not be read.', name);
  }
}

async function mentionOf(ask: Ask, uri: vscode.Uri, notices: string[]): Promise<readonly string[]> {
  const { mentions } = await ask(chatMentionRequest, { places: [{ uri: uri.toString() }] });
  const real = mentions.filter((mention) => mention !== '');
  if (real.length === 0)
    notices.push(vscode.l10n.t('{0} is not in the folders that are open: it cannot be added.', nameOf(uri)));
  return real;
}
