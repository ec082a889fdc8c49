/** The plain words around an explanation: label of the thread, line beside the answer, notes below it. */
import type { Citation } from '#shared/citations.ts';
import type { Explanation, ExplanationKind, Level } from '#shared/explain.ts';
import type { ExplanationState } from '#shared/explanations.ts';
import type { Usage } from '#shared/usage.ts';
import type { Words } from '../words.ts';
import { isOpen, shownCitations, shownText, type Turn } from './turns.ts';

/** What a thread is about, beside its turns. */
export interface Subjected {
  readonly kind: ExplanationKind;
  readonly symbol: string | undefined;
  readonly level: Level;
  /** What became of its code. */
  readonly state: ExplanationState;
}

/** The thread's title, read first by screen readers. */
export function threadLabel(turns: readonly Turn[], about: Subjected, words: Words): string {
  const title = titleOf(turns, about, words);
  if (turns.some(({ state }) => state === 'streaming')) return words.t('{0} (writing …)', title);
  const parts = [turns.some(({ answer }) => answer?.demo) ? words.t('{0} (demo)', title) : title];
  return [...parts, ...stateWords(about.state, words)].join(' · ');
}

function titleOf(turns: readonly Turn[], { kind, symbol }: Subjected, words: Words): string {
  if (kind === 'problem') return words.t('Explanation of a problem');
  if (kind === 'change') return words.t('Explanation of a change');
  const name = turns.find(({ answer }) => answer?.symbol !== undefined)?.answer?.symbol ?? symbol;
  return name === undefined ? words.t('Explanation') : words.t('Explanation of {0}', plainLine(name, 80));
}

/** Empty where the code reads as it was explained. */
export function stateWords(state: ExplanationState, words: Words): readonly string[] {
  switch (state) {
    case 'current':
      return [];
    case 'changed':
      return [words.t('code has changed')];
    case 'gone':
      return [words.t('its code is gone')];
  }
}

/** What the menus of a thread go by, as words. */
export function contextOf(turns: readonly Turn[], { kind, level, state }: Subjected): string {
  return [turns.some(isOpen) ? 'streaming' : 'idle', level, state, kind].join(' ');
}

/** Beside the author of an answer: which model, tokens, price. Quiet: empty until it is known. @param demo - What the demo is called there. */
export function answerLabel({ state, text, answer }: Turn, words: Words, demo?: string): string {
  if (state === 'waiting') return words.t('waiting for the answer above');
  if (state === 'stopped') return words.t('stopped');
  if (state === 'failed') return text === '' ? '' : words.t('incomplete');
  return state === 'done' && answer !== undefined ? costLabel(answer, words, demo) : '';
}

/** What to say below an answer, one sentence each; empty when all is well. Plain text. */
export function notesOf(turn: Turn, words: Words): readonly string[] {
  switch (turn.state) {
    case 'unread':
    case 'waiting':
    case 'streaming':
      return [];
    case 'done':
      return turn.answer?.notices ?? [];
    case 'stopped':
      return [
        turn.text === ''
          ? keptNote(turn, words.t('Stopped.'), words)
          : words.t('Stopped. The text is what had arrived until then.'),
      ];
    case 'failed':
      return [failureNote(turn, words)];
  }
}

/** The whole thread as Markdown, to copy. `inert` makes a model's text harmless. */
export function asMarkdown(
  turns: readonly Turn[],
  words: Words,
  inert: (markdown: string, citations: readonly Citation[]) => string,
): string {
  return turns
    .filter((turn) => turn.question !== undefined || shownText(turn) !== '')
    .map((turn) => [
      ...questionLines(turn),
      inert(shownText(turn), shownCitations(turn)).trim(),
      ...quoted(notesOf(turn, words)),
    ])
    .map((parts) => parts.filter((part) => part !== '').join('\n\n'))
    .join('\n\n---\n\n')
    .concat('\n');
}

function failureNote(turn: Turn, words: Words): string {
  const message = turn.failure?.message ?? '';
  return turn.text === ''
    ? keptNote(turn, message, words)
    : words.t('{0} The text is what had arrived until then.', message);
}

/** Where an earlier answer is still shown, say that it is one. */
function keptNote({ answer }: Turn, message: string, words: Words): string {
  return answer === undefined ? message : words.t('{0} The text is the earlier explanation.', message);
}

/** What is known of the cost of an answer. */
type Cost = Pick<Explanation, 'model' | 'usage' | 'demo' | 'stored'> & Partial<Pick<Explanation, 'context'>>;

export function costLabel(
  { model, usage, demo, stored, context }: Cost,
  words: Words,
  demoName = words.t('demo, no model is running'),
): string {
  const by = demo ? demoName : plainLine(model, 60);
  if (stored !== undefined) return words.t('{0} · from {1}, no cost', by, dayOf(stored));
  if (demo) return by;
  const tokens = words.t('{0} in, {1} out', counted(inputOf(usage)), counted(usage.outputTokens));
  const price = usage.price === undefined ? [] : [priced(usage.price)];
  // What was sent around the code is the person's to know: it is most of what they pay for.
  const around =
    context === undefined || context.tokens === 0 ? [] : [words.t('{0} of context', counted(context.tokens))];
  return [by, tokens, ...around, ...price].join(' · ');
}

/** The day where the person is, as everybody writes it who sorts by it. */
function dayOf(iso: string): string {
  const date = new Date(iso);
  const parts = [date.getFullYear(), date.getMonth() + 1, date.getDate()];
  return parts.map((part) => String(part).padStart(2, '0')).join('-');
}

/** All that went in, from the cache or not. */
function inputOf({ inputTokens, cacheReadTokens, cacheWriteTokens }: Usage): number {
  return inputTokens + cacheReadTokens + cacheWriteTokens;
}

function counted(tokens: number): string {
  if (tokens < 10_000) return String(tokens);
  return tokens < 1_000_000 ? `${(tokens / 1000).toFixed(1)}k` : `${(tokens / 1_000_000).toFixed(1)}M`;
}

/** US dollars with as many digits as say something. */
function priced(dollars: number): string {
  if (dollars === 0) return '$0';
  if (dollars < 0.0001) return '< $0.0001';
  return `$${dollars.toFixed(dollars < 1 ? 4 : 2)}`;
}

/** One line without control characters, cut at a length. */
function plainLine(text: string, longest: number): string {
  const line = text.replaceAll(/[\p{Cc}\p{Cf}\p{Zl}\p{Zp}]+/gu, ' ').trim();
  return line.length <= longest ? line : `${line.slice(0, longest - 1)}…`;
}

function questionLines({ question }: Turn): readonly string[] {
  return question === undefined ? [] : quoted([question]);
}

function quoted(texts: readonly string[]): readonly string[] {
  return texts.map((text) => text.replaceAll(/^/gm, '> '));
}
