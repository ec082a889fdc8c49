/** The list of explanations. Its rows are made when somebody looks at it. */
import * as vscode from 'vscode';
import { createThrottle, later } from '../edit/throttle.ts';
import type { World } from '../world.ts';
import type { Node } from './asked.ts';
import type { Explanations } from './explanations.ts';

const viewId = 'gloss.explanations';
/** Milliseconds between two looks of the list: while somebody types lines move all the time. */
const shortestGap = 300;

export function registerTree(world: Pick<World, 'context' | 'explanations' | 'server' | 'log'>): void {
  const changes = new vscode.EventEmitter<undefined>();
  let listed: Promise<Explanations> | undefined;
  const load = (): Promise<Explanations> => {
    listed ??= list(world, changes);
    return listed;
  };
  const provider: vscode.TreeDataProvider<Node> = {
    onDidChangeTreeData: changes.event,
    async getChildren(node) {
      const [{ childrenOf }, { known }] = await Promise.all([import('./treeItems.ts'), load()]);
      return childrenOf(known, node);
    },
    async getTreeItem(node) {
      const [{ itemOf }, { known }] = await Promise.all([import('./treeItems.ts'), load()]);
      return itemOf(known, node);
    },
  };
  world.context.subscriptions.push(changes, vscode.window.registerTreeDataProvider(viewId, provider));
}

/** All explanations of the workspace, asked for again whenever the server has started. */
async function list(
  { context, explanations: make, server, log }: Parameters<typeof registerTree>[0],
  changes: vscode.EventEmitter<undefined>,
): Promise<Explanations> {
  const [explanations, { drawn }] = await Promise.all([make(), import('./treeItems.ts')]);
  const ask = (): Promise<void> =>
    explanations.list().catch((error: unknown) => log.warn(`Explanations could not be listed: ${String(error)}`));
  let told = '';
  const show = (): void => {
    const now = drawn(explanations.known);
    if (now !== told) changes.fire(undefined);
    told = now;
  };
  const throttle = createThrottle({ run: show, gap: shortestGap, now: () => performance.now(), later });
  await ask();
  told = drawn(explanations.known);
  context.subscriptions.push(
    throttle,
    explanations.onDidChange(throttle.request),
    server.onState((state) => {
      if (state === 'running') void ask();
    }),
  );
  return explanations;
}
