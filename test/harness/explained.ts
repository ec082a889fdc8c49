/** The store of explanations on a real disk, with documents that a test types into. */
import type { ExplanationSummary } from '#shared/explanations.ts';
import { type Bounds, usualBounds } from '../../server/src/explanations/limits.ts';
import { createExplanations, type ExplanationStore } from '../../server/src/explanations/store.ts';
import type { Documents, DocumentWatcher, ExplanationRecord, Journal, Log, Snapshot } from '../../server/src/ports.ts';
import { createJournal } from '../../server/src/system/journals.ts';
import { changed, type TextChange } from '../../server/src/text/spans.ts';
import { wholeLinesOf } from '../../server/src/text/wholeLines.ts';

export interface TypedDocuments extends Pick<Documents, 'get' | 'watch'> {
  open(uri: string, text: string): void;
  /** One event with changes that follow each other. */
  change(uri: string, ...changes: readonly TextChange[]): void;
  close(uri: string): void;
  text(uri: string): string;
}

export function typedDocuments(): TypedDocuments {
  const snapshots = new Map<string, Snapshot>();
  const watchers: DocumentWatcher[] = [];
  const text = (uri: string) => snapshots.get(uri)?.text ?? '';
  return {
    get: (uri) => snapshots.get(uri),
    watch: (watcher) => void watchers.push(watcher),
    text,
    open(uri, content) {
      const snapshot = { uri, version: 1, languageId: 'x', text: content };
      snapshots.set(uri, snapshot);
      for (const watcher of watchers) watcher.opened?.(snapshot);
    },
    change(uri, ...changes) {
      const before = snapshots.get(uri);
      if (before === undefined) return;
      const after = { ...before, version: before.version + 1, text: changes.reduce(changed, before.text) };
      snapshots.set(uri, after);
      for (const watcher of watchers) watcher.changed?.(before, after, changes);
    },
    close(uri) {
      const snapshot = snapshots.get(uri);
      if (snapshot === undefined) return;
      snapshots.delete(uri);
      for (const watcher of watchers) watcher.closed?.(snapshot);
    },
  };
}

export interface Window {
  readonly store: ExplanationStore;
  readonly documents: TypedDocuments;
  readonly journal: Journal;
  /** What was said in the log. */
  readonly warnings: string[];
  /** Opens a document, and waits until what it has is followed. */
  open(uri: string, text: string): Promise<void>;
}

/** One window on the workspace whose storage is this folder. */
export function windowOn(folder: string, journalOf = createJournal, bounds: Partial<Bounds> = {}): Window {
  const warnings: string[] = [];
  const warn = (text: string) => void warnings.push(text);
  const log: Log = { clean: (text) => text, debug() {}, info() {}, warn, error: warn };
  const documents = typedDocuments();
  const journal = journalOf(folder, 'explanations/a', log);
  const store = createExplanations({ documents, journal, log, bounds: { ...usualBounds, ...bounds } });
  return {
    ...{ store, documents, journal, warnings },
    async open(uri, text) {
      documents.open(uri, text);
      await store.notesOf(uri);
    },
  };
}

/** The record of an explanation of some lines of a text. */
export function explained(
  id: string,
  { uri, text, first, last }: { uri: string; text: string; first: number; last: number },
  more: Partial<ExplanationRecord> = {},
): ExplanationRecord {
  const lines = wholeLinesOf(text);
  const code = lines.slice(first, last + 1).join('');
  const range = {
    start: { line: first, character: 0 },
    end: { line: last, character: (lines[last] ?? '').replace(/\r?\n$/, '').length },
  };
  return {
    ...{ id, uri, code, range, kind: 'code', level: 'normal', languageId: 'x' },
    ...{ key: `key of ${id}`, at: '2026-11-28T12:00:00.000Z', notes: [], quotes: {}, sources: [] },
    turns: [{ answer: answered(id, range) }],
    conversation: { model: 'm', max_tokens: 1, messages: [{ role: 'user', content: 'Explain.' }] },
    ...more,
  };
}

export function answered(
  id: string,
  range: ExplanationRecord['range'],
  markdown = `It explains **${id}**.`,
): ExplanationRecord['turns'][number]['answer'] {
  return {
    ...{ id, markdown, range, kind: 'code', level: 'normal', model: 'm', demo: false, citations: [], notices: [] },
    usage: { inputTokens: 1, outputTokens: 1, cacheReadTokens: 0, cacheWriteTokens: 0 },
    context: { tokens: 1, budget: 1 },
  };
}

/** `2-4` for lines 2 to 4 counted from 0, with `!` where they have changed; `gone`; `none`. */
export function placed(summary: ExplanationSummary | undefined): string {
  if (summary === undefined) return 'none';
  if (summary.state === 'gone') return 'gone';
  const { start, end } = summary.range;
  return `${start.line}-${end.line}${summary.state === 'changed' ? '!' : ''}`;
}

/** The whole lines from one to another, with their line ends, as a span. */
export function linesIn(text: string, first: number, last: number): { readonly start: number; readonly end: number } {
  const lines = text.split(/(?<=\n)/);
  const start = lines.slice(0, first).join('').length;
  return { start, end: start + lines.slice(first, last + 1).join('').length };
}
