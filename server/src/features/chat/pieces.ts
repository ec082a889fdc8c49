/** Collects what goes along with a question, while there is room for it. */
import { randomBytes } from 'node:crypto';
import type { Frame, NotSent, Piece } from './piece.ts';

export interface Pieces {
  readonly delimiter: string;
  add(make: (frame: Frame) => Promise<readonly (Piece | NotSent)[]>): Promise<void>;
  room(): number;
  all(): readonly Piece[];
  /** The documents that it is from. */
  uris(): readonly string[];
  notices(): readonly string[];
}

/** @param most estimated tokens. */
export function createPieces(most: number, signal: AbortSignal, delimiter = randomBytes(8).toString('hex')): Pieces {
  const all: Piece[] = [];
  const notices: string[] = [];
  let room = most;
  return {
    delimiter,
    async add(make) {
      signal.throwIfAborted();
      for (const made of await make({ room, delimiter, signal })) {
        if ('notSent' in made) notices.push(made.notSent);
        else {
          all.push(made);
          notices.push(...made.notices);
          room = Math.max(0, room - made.attached.tokens);
        }
      }
    },
    room: () => room,
    all: () => all,
    uris: () => [...new Set(all.flatMap(({ attached }) => attached.sources.map(({ uri }) => uri)))],
    notices: () => notices,
  };
}
