/** Line notes as inlay hints: short ones at the ends of their lines, whole ones in the tooltips. Nothing here makes a paid call. */
import type { InlayHint, InlayHintParams } from 'vscode-languageserver/node';
import type { PlacedNote, Snapshot } from '../ports.ts';
import { lineStartsOf } from '../text/lines.ts';
import { fewWords } from './plainWords.ts';

/** Characters: more would push the code out of sight. */
const longestLabel = 80;
const longestTooltip = 1_000;
const mostHints = 1_000;

/** Those in the asked range. Plain text throughout: labels and tooltips that are strings are rendered as nothing else. */
export function noteHints(
  { text }: Pick<Snapshot, 'text'>,
  notes: readonly PlacedNote[],
  { start, end }: InlayHintParams['range'],
): InlayHint[] {
  const starts = lineStartsOf(text);
  const asked = notes.filter(({ line }) => start.line <= line && line <= end.line && line < starts.length);
  return asked.slice(0, mostHints).map((note) => ({
    position: { line: note.line, character: lengthOf(text.slice(starts[note.line], starts[note.line + 1])) },
    label: fewWords(note.text, longestLabel),
    tooltip: fewWords(note.text, longestTooltip),
    paddingLeft: true,
  }));
}

function lengthOf(line: string): number {
  return line.replace(/[\r\n]+$/, '').length;
}
