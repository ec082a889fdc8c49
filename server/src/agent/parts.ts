/** What all chats are made of: the world, the words of the feature, the tools, and what counts for each question. */
import type { Settings } from '#shared/settings.ts';
import type { Spent } from '#shared/spent.ts';
import type { ChatWords } from '../chat.ts';
import type { ChatWorld } from '../ports.ts';
import type { Tool } from '../tool.ts';
import type { ToldStates } from './told.ts';

export interface ChatParts {
  readonly world: ChatWorld;
  readonly words: ChatWords;
  readonly tools: readonly Tool[];
  readonly newId: () => string;
  readonly now: () => Date;
  settings(): Promise<Settings>;
  /** Edits wait in the editor for the person. */
  readonly reviewed: boolean;
  /** What has become of edits since it was told. */
  outcomes(told: ToldStates, groups: readonly string[]): readonly string[];
  /** It may have begun, ended, or come to wait. */
  onState?(id: string): void;
  /** The name of the workspace folder that a chat is begun in; empty without one. */
  folder?(): Promise<string>;
  readonly spend: {
    add(dollars: number | undefined, tokens: number): Promise<void>;
    /** Of today, of all windows. */
    today(): Promise<Spent>;
  };
}
