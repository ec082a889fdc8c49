/** What a filter is: makes of a model's answer what can stand at the cursor, or nothing. Pure. */
import type { Hole, Shape } from '../hole.ts';

export interface Asked extends Hole {
  readonly shape: Shape;
}

export interface Filter {
  /** In words that follow "filtered: " in Why No Suggestion? */
  readonly name: string;
  /** Undefined where nothing is to be shown. */
  apply(text: string, asked: Asked): string | undefined;
}
