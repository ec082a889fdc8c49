/** What blocks need to be more than text: whom to ask, and what is known of places. */
import type { Host } from '../host.ts';
import type { Places } from '../places.ts';

export interface BlockTools {
  readonly host: Host;
  readonly places: Places;
  readonly chat: string;
  /** The answer that the block is of. */
  readonly item: string;
  /** Words at its end may still grow: nobody is asked about them. */
  readonly isGrowing: boolean;
}
