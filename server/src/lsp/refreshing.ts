/** Asks the editor to ask again for lenses and hints, when what they show has changed: seldom, and never for a mere move. */
import {
  type ClientCapabilities,
  CodeLensRefreshRequest,
  type Connection,
  InlayHintRefreshRequest,
} from 'vscode-languageserver/node';
import type { Explanations, Log } from '../ports.ts';
import type { SettingsCache } from './settings.ts';

export interface RefreshParts {
  readonly connection: Connection;
  readonly client: ClientCapabilities;
  readonly settings: Pick<SettingsCache, 'onChange'>;
  readonly explanations: Pick<Explanations, 'of' | 'watch'>;
  readonly log: Log;
}

export function addRefreshing(parts: RefreshParts): void {
  const { client, settings, explanations } = parts;
  const lenses = throttled(() => refresh(parts, CodeLensRefreshRequest.type));
  const hints = throttled(() => refresh(parts, InlayHintRefreshRequest.type));
  const hasLenses = client.workspace?.codeLens?.refreshSupport === true;
  const hasHints = client.workspace?.inlayHint?.refreshSupport === true;
  if (hasLenses) settings.onChange(lenses);
  if (!hasLenses && !hasHints) return;
  const news = newsIn(explanations);
  explanations.watch((uri) => {
    const { notes, others } = news(uri);
    if (others && hasLenses) lenses();
    if (notes && hasHints) hints();
  });
}

function refresh({ connection, log }: RefreshParts, { method }: { readonly method: string }): void {
  connection
    .sendRequest(method)
    .catch((error: unknown) => log.warn(`the editor did not take ${method}: ${String(error)}`));
}

/** Documents whose last look is remembered. */
const mostRemembered = 500;

/** What of a document's explanations is another one than the last time: where they are does not count, the editor moves what it shows. */
function newsIn(explanations: Pick<Explanations, 'of'>) {
  const seen = new Map<string, { readonly notes: string; readonly others: string }>();
  return (uri: string): { readonly notes: boolean; readonly others: boolean } => {
    const all = explanations.of(uri);
    const look = (ofNotes: boolean) =>
      all
        .filter(({ kind }) => (kind === 'notes') === ofNotes)
        .map(({ id, state, at, title }) => `${id} ${state} ${at} ${title}`)
        .join('\n');
    const now = { notes: look(true), others: look(false) };
    const before = seen.get(uri) ?? { notes: '', others: '' };
    if (seen.size >= mostRemembered) seen.clear();
    seen.set(uri, now);
    return { notes: now.notes !== before.notes, others: now.others !== before.others };
  };
}

/** Milliseconds between two of a kind. */
const pause = 300;

/** At once, and then not again before the pause is over. */
function throttled(act: () => void): () => void {
  let waiting = false;
  let timer: NodeJS.Timeout | undefined;
  return () => {
    if (timer !== undefined) {
      waiting = true;
      return;
    }
    const next = () => {
      timer = undefined;
      if (!waiting) return;
      waiting = false;
      start();
    };
    const start = () => {
      act();
      timer = setTimeout(next, pause).unref();
    };
    start();
  };
}
