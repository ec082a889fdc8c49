/** What stands above a pending hunk: its state and what can be done with it, in few words. */
import { clientCommands } from '#shared/commands.ts';
import type { Delta } from '#shared/diagnosticsDelta.ts';
import type { Hunk } from '#shared/edits.ts';
import type { Words } from '../words.ts';
import { countLines, linesOf } from './hunkLines.ts';
import { plainLine } from './plain.ts';

export interface Lens {
  readonly line: number;
  readonly title: string;
  readonly tooltip?: string;
  /** Run with the hunk's id; absent: plain words. */
  readonly command?: string;
}

export interface LensParts {
  /** Which of its action's hunks it is. */
  readonly place: { readonly number: number; readonly count: number };
  readonly delta: Delta | undefined;
  /** Made by rules: no model is running. */
  readonly demo: boolean;
  readonly words: Words;
}

type Piece = Omit<Lens, 'line'>;

/** The lenses of a hunk from left to right. */
export function lensesOf(hunk: Hunk, parts: LensParts): readonly Lens[] {
  const line = linesOf(hunk.range).first;
  return piecesOf(hunk, parts).map((piece) => ({ line, ...piece }));
}

function piecesOf(hunk: Hunk, parts: LensParts): readonly Piece[] {
  const { words } = parts;
  if (hunk.growing) return [{ title: words.t('{0}: writing …', titleOf(hunk, parts)) }, stop(words)];
  if (hunk.state === 'conflicted') return [conflict(hunk, parts), compare(words), retry(words), dismiss(words)];
  const isMove = hunk.file === 'delete' || hunk.file === 'rename';
  return [
    status(hunk, parts),
    { title: words.t('Accept'), tooltip: words.t('Keep this edit (Ctrl/Cmd+K A)'), command: clientCommands.acceptHunk },
    {
      title: words.t('Reject'),
      tooltip: words.t('Put back what was here (Ctrl/Cmd+K X)'),
      command: clientCommands.rejectHunk,
    },
    ...(isMove ? [] : [retry(words), compare(words)]),
    ...removed(hunk, words),
    ...deltaPieces(parts),
    ...hunk.warnings.map((warning) => ({
      title: `$(warning) ${plainLine(warning, 80)}`,
      tooltip: plainLine(warning, 1_000),
    })),
  ];
}

function titleOf({ title }: Hunk, { demo, words }: LensParts): string {
  const short = plainLine(title, 40);
  return demo ? words.t('{0} (demo)', short) : short;
}

function status(hunk: Hunk, parts: LensParts): Piece {
  const { place, words } = parts;
  const title = titleOf(hunk, parts);
  const tooltip = words.t('Next edit: Ctrl/Cmd+K J. Previous edit: Ctrl/Cmd+K K.');
  const file = fileWords(hunk, words);
  if (file !== '') return { title: words.t('{0}: {1}', title, file), tooltip };
  if (hunk.place === 'aside') return { title: words.t('{0}: waits for your approval', title), tooltip };
  return place.count < 2
    ? { title, tooltip }
    : { title: words.t('{0}: {1} of {2}', title, place.number, place.count), tooltip };
}

/** What becomes of the file as a whole; empty when only its text is changed. */
export function fileWords({ file, to }: Hunk, words: Words): string {
  switch (file) {
    case undefined:
      return '';
    case 'create':
      return words.t('new file');
    case 'delete':
      return words.t('delete this file');
    case 'rename':
      return words.t('move this file to {0}', plainLine(decoded(to ?? ''), 80));
  }
}

/** The last parts of an address, as a person reads them. */
function decoded(uri: string): string {
  const path = uri
    .replace(/[?#].*$/, '')
    .split('/')
    .slice(-3)
    .join('/');
  try {
    return decodeURIComponent(path);
  } catch {
    return path;
  }
}

function conflict(hunk: Hunk, parts: LensParts): Piece {
  const { words } = parts;
  const reason = hunk.reason ?? words.t('The code has changed.');
  return {
    title: words.t('{0}: not applied. {1}', titleOf(hunk, parts), plainLine(reason, 80)),
    tooltip: plainLine(reason, 1_000),
  };
}

function stop(words: Words): Piece {
  return { title: words.t('Stop'), tooltip: words.t('Stop writing (Ctrl/Cmd+K Q)'), command: clientCommands.stopEdit };
}

function retry(words: Words): Piece {
  return {
    title: words.t('Retry'),
    tooltip: words.t('Reject this edit and ask for another one (Ctrl/Cmd+K R)'),
    command: clientCommands.retryHunk,
  };
}

function compare(words: Words): Piece {
  return {
    title: words.t('Compare'),
    tooltip: words.t('Show this edit beside what was here (Ctrl/Cmd+K B)'),
    command: clientCommands.compareHunk,
  };
}

function dismiss(words: Words): Piece {
  return { title: words.t('Dismiss'), tooltip: words.t('Forget this edit'), command: clientCommands.rejectHunk };
}

function removed({ before }: Hunk, words: Words): readonly Piece[] {
  const count = countLines(before);
  if (count === 0) return [];
  const title = count === 1 ? words.t('1 line removed') : words.t('{0} lines removed', count);
  return [{ title, tooltip: words.t('Show what was here'), command: clientCommands.compareHunk }];
}

function deltaPieces({ delta, words }: LensParts): readonly Piece[] {
  const { fixed = [], broke = [] } = delta ?? {};
  const told = [fixedWords(fixed.length, words), brokeWords(broke, words)].filter((title) => title !== '');
  const fix = {
    title: words.t('Fix'),
    tooltip: words.t('Ask for an edit that fixes the new problems'),
    command: clientCommands.fixNewProblems,
  };
  return [...told.map((title) => ({ title })), ...(broke.length > 0 ? [fix] : [])];
}

/** Empty when nothing was fixed. */
export function fixedWords(count: number, words: Words): string {
  if (count === 0) return '';
  return count === 1 ? words.t('fixes 1 problem') : words.t('fixes {0} problems', count);
}

/** Empty when nothing was broken. */
export function brokeWords(problems: Delta['broke'], words: Words): string {
  const errors = problems.filter(({ severity = 1 }) => severity === 1).length;
  const warnings = problems.length - errors;
  const parts = [
    ...(errors === 0 ? [] : [errors === 1 ? words.t('1 new error') : words.t('{0} new errors', errors)]),
    ...(warnings === 0 ? [] : [warnings === 1 ? words.t('1 new warning') : words.t('{0} new warnings', warnings)]),
  ];
  return parts.join(', ');
}
