/** Commands of the chat panel: they open it, add to what is written there, or tell the page that the person is in. */
import * as vscode from 'vscode';
import type { HostMessage } from '#shared/panelHost.ts';
import { chatMentionRequest } from '#shared/panelRequests.ts';
import { plainRange } from '../edit/ranges.ts';
import { openAsDocument } from '../panel/run.ts';
import type { World } from '../world.ts';
import { tellBriefly } from './chosen.ts';

type Deed = Extract<HostMessage, { readonly is: 'do' }>['what'];
type Part = Extract<HostMessage, { readonly is: 'show' }>['what'];
interface MentionedPlace {
  readonly uri: vscode.Uri;
  readonly selection?: vscode.Selection;
}

export async function openChat(world: World): Promise<void> {
  (await (await world.panel()).openSide()).send({ is: 'focus' });
}

export async function newChat(world: World): Promise<void> {
  const page = await (await world.panel()).reach();
  page.send({ is: 'open' });
  page.send({ is: 'focus' });
}

export async function newChatInEditor(world: World): Promise<void> {
  (await world.panel()).openTab(undefined).send({ is: 'focus' });
}

/** The chat that is shown, in a tab. */
export async function openChatInEditor(world: World): Promise<void> {
  const panel = await world.panel();
  panel.openTab(panel.current()?.chat()).send({ is: 'focus' });
}

export async function focusChatInput(world: World): Promise<void> {
  (await (await world.panel()).reach()).send({ is: 'focus' });
}

export async function openThisChatAsDocument(world: World): Promise<void> {
  await openAsDocument(world, (await world.panel()).current()?.chat());
}

/** What is selected, or the whole file. */
export async function addSelectionToChat(world: World): Promise<void> {
  const editor = vscode.window.activeTextEditor;
  if (editor === undefined) tellBriefly(vscode.l10n.t('Open the file first that is to be added'));
  else await addPlaces(world, [{ uri: editor.document.uri, selection: editor.selection }]);
}

/** Files that a menu names, or the one that is open. Values that are none of the editor's have no effect (threats S36). */
export async function addFileToChat(world: World, [one, many]: readonly unknown[]): Promise<void> {
  const named = (Array.isArray(many) ? many : [one]).filter((value) => value instanceof vscode.Uri);
  const open = vscode.window.activeTextEditor?.document.uri;
  if (named.length > 0)
    await addPlaces(
      world,
      named.slice(0, 200).map((uri) => ({ uri })),
    );
  else if (one === undefined && open !== undefined) await addPlaces(world, [{ uri: open }]);
}

export async function addProblemsToChat(world: World): Promise<void> {
  await addMentions(world, ['@problems']);
}

/** A command that the page carries out. */
export function doing(what: Deed): (world: World) => Promise<void> {
  return async (world) => (await world.panel()).current()?.send({ is: 'do', what });
}

/** Opens a part of the page, with the keyboard in it. */
export function showing(what: Part): (world: World) => Promise<void> {
  return async (world) => (await (await world.panel()).reach()).send({ is: 'show', what });
}

async function addPlaces({ ask, ...world }: World, places: readonly MentionedPlace[]): Promise<void> {
  const { mentions } = await ask(chatMentionRequest, {
    places: places.map(({ uri, selection }) => ({
      uri: uri.toString(),
      ...(selection === undefined || selection.isEmpty ? {} : { range: plainRange(selection) }),
    })),
  });
  const real = mentions.filter((mention) => mention !== '');
  if (real.length === 0) tellBriefly(vscode.l10n.t('Only files of the folders that are open can be added'));
  else await addMentions(world, real);
}

/** They are written into the question. */
export async function addMentions(
  world: Pick<World, 'panel'>,
  mentions: readonly string[],
  text?: string,
): Promise<void> {
  const page = await (await world.panel()).reach();
  page.send({ is: 'add', mentions: [...mentions], media: [], ...(text === undefined ? {} : { text }) });
  page.send({ is: 'focus' });
}
