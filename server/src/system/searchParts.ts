/** What a search is made of, and how long it may take. */
import type { Cleaned } from '../ports.ts';
import type { WorkspaceFiles } from './files.ts';
import type { Judge } from './walk.ts';

export interface SearchParts {
  readonly files: Pick<WorkspaceFiles, 'roots' | 'kind' | 'readBytes' | 'realPath'>;
  /** For one search: it may remember what it has read. */
  judge(): Judge;
  /** What the editor has open, unsaved changes included. */
  openText(uri: string): string | undefined;
  /** A whole text as it may leave. */
  clean(text: string): Promise<Cleaned>;
  /** Milliseconds that a search may take; 5,000 when absent. */
  readonly deadline?: number;
}

/** A signal that aborts at a deadline as well. */
export interface Deadline {
  readonly signal: AbortSignal;
  /** The time is over, and the caller still wants to know. */
  isOver(): boolean;
}

export function withDeadline({ deadline = 5_000 }: Pick<SearchParts, 'deadline'>, asked: AbortSignal): Deadline {
  const signal = AbortSignal.any([asked, AbortSignal.timeout(deadline)]);
  return { signal, isOver: () => signal.aborted && !asked.aborted };
}
