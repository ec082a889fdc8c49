/** What the list of pending edits says of a file and of a hunk. */
import type { Delta } from '#shared/diagnosticsDelta.ts';
import type { Hunk } from '#shared/edits.ts';
import type { Words } from '../words.ts';
import { linesOf, sizeOf } from './hunkLines.ts';
import { brokeWords, fileWords, fixedWords } from './lensTexts.ts';
import { plainLine } from './plain.ts';

export interface Row {
  readonly label: string;
  readonly description: string;
  readonly tooltip: string;
  /** What the menus go by. */
  readonly kind: 'file' | 'hunk' | 'move' | 'growing' | 'conflicted';
  /** Name of a codicon. */
  readonly icon: string;
}

/** Places come first: the title is often the same for all, and a narrow list cuts what is last. */
export function hunkRow(hunk: Hunk, delta: Delta | undefined, words: Words): Row {
  const kind = kindOf(hunk);
  const notes = notesOf(hunk, delta, words);
  const title = plainLine(hunk.title, 60);
  return {
    kind,
    label: words.t('{0}: {1}', fileWords(hunk, words) || lineWords(hunk, words), title),
    description: [sizeWords([hunk]), ...notes.map((note) => plainLine(note, 80))].filter(Boolean).join(' · '),
    tooltip: [title, ...notes].join('\n'),
    icon: icons[kind],
  };
}

type HunkKind = Exclude<Row['kind'], 'file'>;

const icons: Readonly<Record<HunkKind, string>> = {
  hunk: 'edit',
  move: 'go-to-file',
  growing: 'ellipsis',
  conflicted: 'warning',
};

/** A file that goes or moves as a whole has nothing to compare. */
function kindOf({ growing, state, file }: Hunk): HunkKind {
  if (growing) return 'growing';
  if (state === 'conflicted') return 'conflicted';
  return file === 'delete' || file === 'rename' ? 'move' : 'hunk';
}

export function fileRow(name: string, hunks: readonly Hunk[], words: Words): Row {
  const count = hunks.length;
  const edits = count === 1 ? words.t('1 edit') : words.t('{0} edits', count);
  const label = plainLine(name, 200);
  return { kind: 'file', label, description: sizeWords(hunks), tooltip: `${label}\n${edits}`, icon: 'file' };
}

/** `+12 −3`; what is not there is left out. */
export function sizeWords(hunks: readonly Hunk[]): string {
  const sizes = hunks.map(sizeOf);
  const added = sizes.reduce((sum, size) => sum + size.added, 0);
  const removed = sizes.reduce((sum, size) => sum + size.removed, 0);
  return [...(added > 0 ? [`+${added}`] : []), ...(removed > 0 ? [`−${removed}`] : [])].join(' ');
}

function lineWords({ range }: Hunk, words: Words): string {
  const { first, last } = linesOf(range);
  return first === last ? words.t('Line {0}', first + 1) : words.t('Lines {0}–{1}', first + 1, last + 1);
}

function notesOf(hunk: Hunk, delta: Delta | undefined, words: Words): readonly string[] {
  const problems = [fixedWords(delta?.fixed.length ?? 0, words), brokeWords(delta?.broke ?? [], words)];
  const notes = [stateWords(hunk, words), ...problems, ...hunk.warnings];
  return notes.filter((note) => note !== '').map((note) => plainLine(note, 1_000));
}

/** Empty for what simply waits. */
function stateWords(hunk: Hunk, words: Words): string {
  const { growing, state, place, reason } = hunk;
  if (growing) return words.t('writing …');
  if (state === 'conflicted') return words.t('not applied. {0}', reason ?? words.t('The code has changed.'));
  return place === 'aside' && kindOf(hunk) === 'hunk' ? words.t('waits for your approval') : '';
}
