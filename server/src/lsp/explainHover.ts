/** What has been explained at a position, as a hover. Hovering never starts a paid call. */
import { type ClientCapabilities, type Hover, MarkupKind } from 'vscode-languageserver/node';
import type { Position } from '#shared/place.ts';
import type { Explanations } from '../ports.ts';
import { explainedAt } from './explainedAt.ts';

export interface HoverParts {
  readonly client: ClientCapabilities;
  readonly explanations: Pick<Explanations, 'of' | 'get' | 'ready'>;
  /** How to go on from here, as Markdown; undefined where the editor shows that itself. */
  readonly more: string | undefined;
}

export async function explainHover(
  { client, explanations, more }: HoverParts,
  uri: string,
  position: Position,
): Promise<Hover | null> {
  await explanations.ready(uri);
  const summary = explainedAt(explanations.of(uri), position.line);
  const record = summary === undefined ? undefined : await explanations.get(summary.id);
  if (summary === undefined || record === undefined) return null;
  // Loaded with the first hover over something explained: it brings the Markdown parser along.
  const { explanationHover } = await import('./explanationText.ts');
  const kind = formatFor(client);
  const value = explanationHover(summary, record.turns, { more, links: kind === MarkupKind.Markdown });
  const { start, end } = summary.range;
  return {
    contents: { kind, value },
    range: { start: { line: start.line, character: 0 }, end: { line: end.line + 1, character: 0 } },
  };
}

/** For bare editors, whose menu of code actions has the rest. */
export const moreByActions =
  '*More in the code actions here: Show Explanation, Explain in Depth, Dismiss Explanation.*';

/** Markdown reads well as plain text too: a client that takes nothing else gets it so. */
function formatFor(client: ClientCapabilities): MarkupKind {
  const formats = client.textDocument?.hover?.contentFormat ?? [MarkupKind.Markdown];
  return formats.includes(MarkupKind.Markdown) ? MarkupKind.Markdown : MarkupKind.PlainText;
}
