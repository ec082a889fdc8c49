/** The explanations of the workspace as the server told of them: those of each document, and all together in their order. */
import type { ExplanationSummary } from '#shared/explanations.ts';

export interface Known {
  /** In the order of documents and lines. */
  all(): readonly ExplanationSummary[];
  of(uri: string): readonly ExplanationSummary[];
  find(id: string): ExplanationSummary | undefined;
  /** The server's full list for one document. */
  heard(uri: string, explanations: readonly ExplanationSummary[]): void;
  /** The server's list of everything. */
  listed(explanations: readonly ExplanationSummary[]): void;
  /** Dismissed just now: the server does not tell of documents that are not open. */
  drop(ids: ReadonlySet<string>): void;
}

export function createKnown(onChange: () => void): Known {
  let documents: ReadonlyMap<string, readonly ExplanationSummary[]> = new Map();
  const keep = (next: Iterable<readonly [string, readonly ExplanationSummary[]]>): void => {
    const filled = [...next].filter(([, explanations]) => explanations.length > 0);
    documents = new Map(filled.toSorted(([one], [other]) => (one < other ? -1 : 1)));
    onChange();
  };
  const all = (): readonly ExplanationSummary[] => [...documents.values()].flat();
  return {
    all,
    of: (uri) => documents.get(uri) ?? [],
    find: (id) => all().find((explanation) => explanation.id === id),
    heard: (uri, explanations) => keep(new Map([...documents, [uri, explanations.toSorted(byPlace)]])),
    listed: (explanations) => keep(Map.groupBy(explanations.toSorted(byPlace), ({ uri }) => uri)),
    drop: (ids) =>
      keep([...documents].map(([uri, explanations]) => [uri, explanations.filter(({ id }) => !ids.has(id))] as const)),
  };
}

function byPlace({ range: one }: ExplanationSummary, { range: other }: ExplanationSummary): number {
  return one.start.line - other.start.line || one.start.character - other.start.character;
}
