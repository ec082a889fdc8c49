/** What the editor's own Git extension tells: how a file was at the last commit. Its stable API, and only where it is there. */
import * as vscode from 'vscode';
import * as z from 'zod';

/** How a file was; or why that is not known, in words for the person. */
export type Earlier = { readonly text: string } | { readonly reason: string };

interface Change {
  readonly uri: vscode.Uri;
  readonly originalUri: vscode.Uri;
  readonly renameUri?: vscode.Uri;
}

interface Repository {
  readonly state: {
    readonly HEAD?: { readonly commit?: string };
    readonly indexChanges: readonly Change[];
    readonly workingTreeChanges: readonly Change[];
    readonly mergeChanges: readonly Change[];
    readonly untrackedChanges: readonly Change[];
  };
  show(ref: string, path: string): Promise<string>;
}

interface GitApi {
  readonly repositories: readonly Repository[];
  getRepository(uri: vscode.Uri): Repository | null;
}

/** The part of version 1 of `vscode.git` that is used. */
interface Git {
  getAPI(version: 1): GitApi;
}

/** Git's words for a path that the last commit does not have. */
const UnknownPath = z.object({ gitErrorCode: z.literal('UnknownPath') });

/** A file at the last commit: empty where it is new. */
export async function atLastCommit(uri: vscode.Uri): Promise<Earlier> {
  const repository = await repositoryOf(uri);
  if (repository === undefined)
    return {
      reason: vscode.l10n.t(
        'There is no earlier text to compare with: {0} is in no Git repository that the editor knows.',
        nameOf(uri),
      ),
    };
  // Before the first commit everything is new.
  if (repository.state.HEAD?.commit === undefined) return { text: '' };
  try {
    return { text: await repository.show('HEAD', pathBefore(repository, uri).fsPath) };
  } catch (error) {
    if (UnknownPath.safeParse(error).success) return { text: '' };
    return { reason: vscode.l10n.t('Git could not tell how {0} was at the last commit.', nameOf(uri)) };
  }
}

/** Files of the workspace that differ from the last commit, new ones too; undefined where no repository is known. */
export async function changedFiles(): Promise<readonly vscode.Uri[] | undefined> {
  const repositories = (await api())?.repositories ?? [];
  if (repositories.length === 0) return undefined;
  const changes = repositories.flatMap(({ state }) => [
    ...state.mergeChanges,
    ...state.indexChanges,
    ...state.workingTreeChanges,
    ...state.untrackedChanges,
  ]);
  const all = new Map(changes.map(({ uri, renameUri }) => renameUri ?? uri).map((uri) => [uri.toString(), uri]));
  return [...all.values()].filter((uri) => vscode.workspace.getWorkspaceFolder(uri) !== undefined);
}

async function repositoryOf(uri: vscode.Uri): Promise<Repository | undefined> {
  return uri.scheme === 'untitled' ? undefined : ((await api())?.getRepository(uri) ?? undefined);
}

async function api(): Promise<GitApi | undefined> {
  const extension = vscode.extensions.getExtension<Git>('vscode.git');
  if (extension === undefined) return undefined;
  try {
    const git = extension.isActive ? extension.exports : await extension.activate();
    return git.getAPI(1);
  } catch {
    // The extension is there, but Git is off or missing.
    return undefined;
  }
}

/** A file that was renamed has its earlier text under another name. */
function pathBefore({ state }: Repository, uri: vscode.Uri): vscode.Uri {
  const changes = [...state.indexChanges, ...state.workingTreeChanges];
  return changes.find(({ renameUri }) => renameUri?.toString() === uri.toString())?.originalUri ?? uri;
}

function nameOf(uri: vscode.Uri): string {
  return vscode.workspace.asRelativePath(uri);
}
