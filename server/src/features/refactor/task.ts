/** One edit under way: what its parts need to know of it. */
import type { EditParams } from '#shared/edits.ts';
import type { Settings } from '#shared/settings.ts';
import type { EditGroup, EndedGroup } from '../../editing.ts';
import type { Answer, Context } from '../../ports.ts';
import type { EditAction } from './actions.ts';
import type { Gathered } from './gather.ts';
import type { EditWording } from './prompt.ts';

export type EditContext = Pick<
  Context,
  | 'outgoing'
  | 'documents'
  | 'providers'
  | 'files'
  | 'settings'
  | 'ledger'
  | 'locale'
  | 'signal'
  | 'trust'
  | 'customActions'
>;

export interface Task {
  readonly context: EditContext;
  readonly action: EditAction;
  readonly params: EditParams;
  readonly gathered: Gathered;
  readonly group: EditGroup;
  readonly settings: Settings;
  readonly wording: EditWording;
}

export interface Done {
  readonly answers: readonly Answer[];
  readonly ended: EndedGroup;
  /** A sentence each. */
  readonly failures: readonly string[];
}
