/** Answers `gloss/references`, `gloss/hover` and `gloss/allProblems` from what the editor knows. Nothing here shows anything. */
import * as vscode from 'vscode';
import type { Location } from '#shared/lookups.ts';
import type { Position } from '#shared/place.ts';
import type { Problem } from '#shared/problem.ts';
import { problemsOf } from './edit/problems.ts';
import { editorPosition } from './edit/ranges.ts';
import { type FoundPlace, locationsOf } from './locations.ts';
import { workspaceDocument } from './workspaceDocument.ts';

interface NamedPosition {
  readonly uri: string;
  readonly position: Position;
}

const mostReferences = 2_000;
/** UTF-16 code units. */
const longestHover = 20_000;

/** Where the name at a position is used; null where no provider answers. */
export async function referencesAt({ uri, position }: NamedPosition): Promise<Location[] | null> {
  const found = await executed<readonly FoundPlace[]>('vscode.executeReferenceProvider', { uri, position });
  // VS Code answers an empty list where there is no provider: a name that a provider knows is used once at least.
  return found === undefined || found.length === 0 ? null : locationsOf(found, mostReferences);
}

/** What the editor shows of the name at a position, as it is written; null where it shows nothing. */
export async function hoverAt({ uri, position }: NamedPosition): Promise<string | null> {
  const found = await executed<readonly vscode.Hover[]>('vscode.executeHoverProvider', { uri, position });
  const texts = (found ?? []).flatMap(({ contents }) =>
    contents.map((content) => (typeof content === 'string' ? content : content.value).trim()),
  );
  const text = texts.filter((each) => each !== '').join('\n\n');
  return text === '' ? null : text.slice(0, longestHover).toWellFormed();
}

async function executed<Found>(command: string, { uri, position }: NamedPosition): Promise<Found | undefined> {
  const document = await workspaceDocument(uri);
  if (document === undefined) return undefined;
  const at = document.validatePosition(editorPosition(position));
  return vscode.commands.executeCommand<Found | undefined>(command, document.uri, at);
}

const mostProblems = 1_000;
const longestUri = 4_096;

/** The problems that the editor knows of, document by document. */
export function allProblems(): { uri: string; problems: Problem[] }[] {
  const found: { uri: string; problems: Problem[] }[] = [];
  let left = mostProblems;
  for (const [uri] of vscode.languages.getDiagnostics()) {
    const address = uri.toString();
    const problems = problemsOf(uri).slice(0, left);
    if (problems.length === 0 || address.length > longestUri) continue;
    left -= problems.length;
    found.push({ uri: address, problems });
  }
  return found;
}
