/** What the rows of a transcript are drawn with, besides what they show. */
import type { Item } from '#shared/panel.ts';
import type { Host } from '../host.ts';
import type { Places } from '../places.ts';
import type { Content } from '../store.ts';

export type Asked = Extract<Item, { readonly is: 'asked' }>;

/** What can be done with a question and its answers. */
export interface TurnDeeds {
  edit(asked: Asked): Promise<string | undefined>;
  retry(asked: Asked): Promise<string | undefined>;
  fork(asked: string): Promise<string | undefined>;
  copy(asked: string): Promise<string | undefined>;
}

export interface RowTools {
  readonly host: Host;
  readonly places: Places;
  readonly chat: string;
  readonly deeds: TurnDeeds;
  /** It works: the newest answer may still grow. */
  readonly isRunning: boolean;
  asked(id: string): Asked | undefined;
  isOpen(id: string): boolean;
  toggle(id: string): void;
  content(id: string): Content | undefined;
}
