/** What was typed into open documents of late, so that a place in an earlier version is found in the one of now. */
import type { Snapshot } from '../ports.ts';
import { changed, type TextChange } from '../text/spans.ts';
import { createFollowing, type Followed, type Remains } from './follow.ts';
import { limits } from './limits.ts';

interface Step {
  readonly before: Snapshot;
  readonly changes: readonly TextChange[];
}

/** A version of a document, and the way from there to now. */
export interface Earlier {
  readonly text: string;
  follow(remains: Remains): Followed;
}

export interface History {
  add(step: Step): void;
  forget(uri: string): void;
  /** Undefined where it is too long ago. */
  at(now: Snapshot, version: number): Earlier | undefined;
}

export function createHistory(): History {
  const documents = new Map<string, Step[]>();
  return {
    add(step) {
      const steps = documents.get(step.before.uri) ?? [];
      documents.set(step.before.uri, steps);
      steps.push(step);
      if (steps.length > limits.changes) steps.shift();
    },
    forget: (uri) => void documents.delete(uri),
    at(now, version) {
      if (now.version === version) return { text: now.text, follow: (remains) => ({ ...remains, isGuess: false }) };
      const steps = documents.get(now.uri) ?? [];
      const from = steps.findIndex(({ before }) => before.version === version);
      const first = steps[from];
      if (first === undefined) return undefined;
      const follow = (remains: Remains) => steps.slice(from).reduce(followed, { ...remains, isGuess: false });
      return { text: first.before.text, follow };
    },
  };
}

/** Where it is after all changes of one step. */
function followed(from: Followed, step: Step): Followed {
  return followings(step).reduce((at, follow) => {
    const now = follow(at);
    return { ...now, isGuess: at.isGuess || now.isGuess };
  }, from);
}

/** For many spans: what the changes are made of is found out once, and only when it is needed. */
export function followings({ before, changes }: Step): readonly ((remains: Remains) => Followed)[] {
  const texts = [() => before.text];
  for (const [index, change] of changes.entries()) {
    const previous = texts[index];
    if (previous !== undefined) texts.push(once(() => changed(previous(), change)));
  }
  return changes.map((change, index) =>
    createFollowing(change, () => texts[index]?.().slice(change.start, change.end) ?? ''),
  );
}

function once<Value>(make: () => Value): () => Value {
  let made: { readonly value: Value } | undefined;
  return () => {
    made ??= { value: make() };
    return made.value;
  };
}
