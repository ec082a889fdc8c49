/** The demo's line notes: what its rules see in the sent lines, each with the line that it stands on. */
import { factsOf, type Part, type Seen } from './facts.ts';
import type { Turn } from './sentCode.ts';
import { sentDocumentIn } from './sentDocument.ts';

export interface DemoNote {
  /** Counted from 1, of the document. */
  readonly line: number;
  readonly quote: string;
  readonly note: string;
}

/** As the editor asks for notes; undefined where the last turn does not. */
export function notesAnswer(turns: readonly Turn[]): { readonly notes: readonly DemoNote[] } | undefined {
  const most = /^<annotate most="(\d{1,3})" \/>$/m.exec(taskOf(turns.at(-1)))?.[1];
  const document = sentDocumentIn(turns.map(({ content }) => content));
  if (most === undefined || document === undefined) return undefined;
  const lines = document.text.split('\n').map((line) => /^(\d+)\| ?(.*)$/.exec(line)?.[2] ?? line);
  const sent = { ...document, text: lines.join('\n'), level: 'normal', question: undefined } as const;
  const { parts, rest } = factsOf(sent);
  const found = [...parts.map(declared), ...[...parts, rest].flatMap(seenIn)];
  const byLine = new Map<number, Remark>();
  for (const remark of found) if (!byLine.has(remark.line)) byLine.set(remark.line, remark);
  const kept = [...byLine.values()].toSorted((one, other) => one.rank - other.rank).slice(0, Number(most));
  const notes = kept
    .map(({ line, text }) => ({ line, quote: (lines[line - document.firstLine] ?? '').trim(), note: `${text} (demo)` }))
    .filter(({ quote }) => /[\p{L}\p{N}]/u.test(quote));
  return { notes: notes.toSorted((one, other) => one.line - other.line) };
}

/** The text of a turn behind its documents: what they say is no task. */
function taskOf(turn: Turn | undefined): string {
  if (turn === undefined || !Array.isArray(turn.content)) return '';
  const last: unknown = turn.content.at(-1);
  const isText = typeof last === 'object' && last !== null && 'text' in last && typeof last.text === 'string';
  return isText ? String(last.text) : '';
}

interface Remark {
  readonly line: number;
  readonly text: string;
  /** The lowest are kept first. */
  readonly rank: number;
}

function declared({ noun, name, firstLine, lastLine, parameters, depth }: Part): Remark {
  const height = lastLine - firstLine + 1;
  const takes =
    parameters.length === 0 ? '' : `, takes ${parameters.length === 1 ? 'one value' : `${parameters.length} values`}`;
  return {
    line: firstLine,
    text: `${noun} ${short(name)}, ${height === 1 ? 'one line' : `${height} lines`}${takes}`,
    rank: depth,
  };
}

function seenIn({ seen }: Part): readonly Remark[] {
  const remarks = (all: readonly Seen[], rank: number, say: (what: string) => string): readonly Remark[] =>
    all.map(({ what, line }) => ({ line, rank, text: say(short(what)).trim() }));
  return [
    ...remarks(seen.throw, 2, (what) => (what === '' ? 'stops with an error' : `raises ${what}`)),
    ...remarks(seen.catch, 3, () => 'goes on here after an error'),
    ...remarks(seen.loop, 4, (what) => (what === '' ? 'repeats what follows' : `once for each of ${what}`)),
    ...remarks(seen.wait, 5, (what) => `waits for ${what === '' ? 'the result' : what}`),
    ...remarks(seen.branch, 6, (what) => (what === '' ? 'one of several ways' : `only if ${what}`)),
    ...remarks(seen.return, 7, (what) => (what === '' ? 'ends here' : `the result: ${what}`)),
  ];
}

/** Leaves room for the words around it. */
const longestPiece = 36;

function short(text: string): string {
  const characters = [...text];
  return characters.length <= longestPiece ? text : `${characters.slice(0, longestPiece - 1).join('')}…`;
}
