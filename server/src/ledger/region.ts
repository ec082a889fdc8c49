/** The lines that a growing hunk stands on, as the document has them: brought from one text to the next. */
import type { UndoStep } from '#shared/edits.ts';
import { changeBetween, fromLineStart } from '../text/spans.ts';
import type { Carrier } from './carrier.ts';
import type { Room } from './room.ts';
import type { Tracked } from './tracked.ts';

export interface Region {
  /** What the document has. */
  readonly text: string;
  /** Why the editor did not go on, for the person. */
  readonly problem: string | undefined;
  /** `isLast`: also where no editor shows the document, which gets no half edits. */
  become(text: string, isLast: boolean): Promise<void>;
}

/** Steps of one action in one document are one undo step: the first opens it. */
export type NextStep = (uri: string) => UndoStep;

export interface RegionParts {
  readonly room: Room;
  readonly carrier: Carrier;
  readonly nextStep: NextStep;
  /** Called when the first step is about to be in the document. */
  readonly begins: () => void;
}

export function createRegion(hunk: Tracked, { room, carrier, nextStep, begins }: RegionParts): Region {
  let now = room.sheet(hunk.uri)?.text.slice(hunk.span.start, hunk.span.end) ?? '';
  let isUnseen = false;
  let isBegun = false;
  let problem: string | undefined;
  const landing = (): void => {
    if (!isBegun) begins();
    isBegun = true;
  };
  const isAlive = () => hunk.growing && hunk.state === 'proposed';
  const step = async (text: string, undo: UndoStep): Promise<void> => {
    const change = changeBetween(now, text);
    if (change === undefined || !isAlive()) return;
    const plan = {
      group: hunk.group,
      title: hunk.origin.title,
      undo,
      landing,
      edits: [{ ...fromLineStart(now, change), hunk }],
    };
    const result = await carrier.carry(() => (isAlive() ? plan : undefined));
    if (result.applied) now = text;
    else if (result.reason === 'closed' && undo !== 'whole') isUnseen = true;
    else if (isAlive()) problem = result.message ?? 'The editor did not accept the change.';
  };
  return {
    get text() {
      return now;
    },
    get problem() {
      return problem;
    },
    async become(text, isLast) {
      if (problem === undefined && !isUnseen) await step(text, nextStep(hunk.uri));
      if (problem === undefined && isUnseen && isLast) await step(text, 'whole');
    },
  };
}
