/** What the list of explanations says of a file and of an explanation. */
import type { ExplanationSummary } from '#shared/explanations.ts';
import { plainLine } from '../edit/plain.ts';
import type { Words } from '../words.ts';
import { stateWords } from './labels.ts';

export interface Row {
  readonly label: string;
  readonly description: string;
  readonly tooltip: string;
  /** What the menus go by. */
  readonly kind: 'thread' | 'stale' | 'other';
  /** Name of a codicon. */
  readonly icon: string;
}

export function explanationRow(summary: ExplanationSummary, words: Words): Row {
  const { kind, level, range, state, title } = summary;
  const label = rowLabel(summary);
  const line = kind === 'terminal' ? [] : [words.t('Line {0}', range.start.line + 1)];
  const parts = [...stateWords(state, words), ...line, ...kindWords(kind, words), ...levelWords(level, words)];
  return {
    label,
    description: parts.join(' · '),
    tooltip: [label, plainLine(title, 300), ...parts].join('\n'),
    kind:
      kind === 'notes' || kind === 'file' || kind === 'terminal' ? 'other' : state === 'current' ? 'thread' : 'stale',
    icon: state === 'current' ? icons[kind] : stateIcons[state],
  };
}

/** The symbol, or the first words of what was said. */
export function rowLabel({ symbol, title }: Pick<ExplanationSummary, 'symbol' | 'title'>): string {
  return plainLine(symbol ?? title, 60);
}

export function fileRow(name: string, explanations: readonly ExplanationSummary[], words: Words): Row {
  const count = explanations.length;
  const label = plainLine(name, 200);
  const description = count === 1 ? words.t('1 explanation') : words.t('{0} explanations', count);
  return { kind: 'other', label, description, tooltip: `${label}\n${description}`, icon: 'file' };
}

const icons: Readonly<Record<ExplanationSummary['kind'], string>> = {
  code: 'comment',
  problem: 'lightbulb',
  change: 'git-compare',
  file: 'book',
  terminal: 'terminal',
  notes: 'note',
};

const stateIcons: Readonly<Record<Exclude<ExplanationSummary['state'], 'current'>, string>> = {
  changed: 'comment-unresolved',
  gone: 'circle-slash',
};

function kindWords(kind: ExplanationSummary['kind'], words: Words): readonly string[] {
  switch (kind) {
    case 'code':
      return [];
    case 'problem':
      return [words.t('problem')];
    case 'change':
      return [words.t('change')];
    case 'file':
      return [words.t('file')];
    case 'terminal':
      return [words.t('terminal')];
    case 'notes':
      return [words.t('line notes')];
  }
}

/** Nothing for the usual one. */
function levelWords(level: ExplanationSummary['level'], words: Words): readonly string[] {
  switch (level) {
    case 'line':
      return [words.t('one line')];
    case 'normal':
      return [];
    case 'deep':
      return [words.t('deep')];
  }
}
