/** The calls whose edits have begun to grow, by their ids, for as long as the conversation is open. */
import type { ToolContext } from '../../tool.ts';
import { editTool } from './editTool.ts';
import type { Work } from './work.ts';

/** A call that grows. */
interface Entry {
  /** Undefined where its file cannot be changed: what is wrong is told when the call is whole. */
  work: Work | undefined;
  isBegun: boolean;
  last: Promise<unknown>;
}

/** What grows of this call; made when it is asked for first. Steps that are given to `inTurn` wait for each other. */
export interface Growth {
  readonly entry: Entry;
  inTurn<T>(act: () => Promise<T>): Promise<T>;
  /** All that has grown, taken out: whoever has it ends it. */
  take(): Promise<Work | undefined>;
}

export function growthOf({ session, call }: Pick<ToolContext, 'session' | 'call'>): Growth {
  const calls = callsOf(session.kept);
  const entry = calls.get(call) ?? { work: undefined, isBegun: false, last: Promise.resolve() };
  calls.set(call, entry);
  return {
    entry,
    inTurn(act) {
      const turn = entry.last.then(act);
      entry.last = turn.catch(() => undefined);
      return turn;
    },
    async take() {
      await entry.last;
      calls.delete(call);
      const { work } = entry;
      entry.work = undefined;
      return work;
    },
  };
}

function callsOf(kept: Map<string, unknown>): Map<string, Entry> {
  const calls = kept.get(editTool.name) ?? new Map<string, Entry>();
  kept.set(editTool.name, calls);
  return calls as Map<string, Entry>; // Nobody else puts anything there.
}
