/** Everything that shows pending hunks. Made with the first of them. */
import type * as vscode from 'vscode';
import { createContextKeys } from './contextKeys.ts';
import { createDecorations } from './decorations.ts';
import type { Deltas } from './deltas.ts';
import { registerHovers, type Told } from './hovers.ts';
import { createLenses } from './lenses.ts';
import type { Changed, Pending } from './pending.ts';
import type { Texts } from './texts.ts';
import { createTree } from './tree.ts';

export interface Views {
  changed(uri: string, what: Changed): void;
}

export interface ViewsParts {
  readonly subscriptions: vscode.Disposable[];
  readonly pending: Pending;
  readonly texts: Texts;
  readonly deltas: Deltas;
  toldOf(group: string): Told;
  isDemo(): boolean;
}

export function createViews({ subscriptions, pending, texts, deltas, toldOf, isDemo }: ViewsParts): Views {
  const decorations = createDecorations(subscriptions, pending);
  const lenses = createLenses({ subscriptions, pending, deltaOf: deltas.of, isDemo });
  const tree = createTree(subscriptions, pending, deltas.of);
  const keys = createContextKeys(subscriptions, pending);
  subscriptions.push(registerHovers(pending, toldOf));
  return {
    changed(uri, what) {
      decorations.changed();
      tree.changed();
      keys.changed();
      texts.changed(uri);
      if (what === 'hunks') lenses.changed();
    },
  };
}
