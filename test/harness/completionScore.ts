/** How well the filters do on the answers of `completionAnswers.ts` in the holes of `completionHoles.ts`. */
import { redactSecrets } from '../../server/src/egress/redact.ts';
import { createFilters } from '../../server/src/features/complete/filters/index.ts';
import { shapeOf } from '../../server/src/features/complete/hole.ts';
import { type AnswerKind, answerKinds } from './completionAnswers.ts';
import { type CutHole, completionHoles } from './completionHoles.ts';

/** `making`: what the filters were made with; `kept`: holes and kinds that were kept out of it. */
export type Share = 'making' | 'kept';

export interface Score {
  readonly kind: AnswerKind;
  readonly tried: number;
  readonly right: number;
  /** What is shown instead, for who mends it. */
  readonly wrong: readonly { readonly hole: CutHole; readonly answer: string; readonly shown: string | undefined }[];
  /** Filter → how many answers it changed or held back. */
  readonly filters: ReadonlyMap<string, number>;
}

/** Code units before and after the cursor that the filters are given. */
const window = 6_000;

export function scores(share: Share): readonly Score[] {
  const filtered = createFilters((text) => redactSecrets(text).found.length > 0);
  const holes = completionHoles();
  return answerKinds.map((kind) => {
    const mine = holes.filter(({ heldOut }) => (heldOut || kind.heldOut === true) === (share === 'kept'));
    const filters = new Map<string, number>();
    const tries = mine.flatMap((hole) => {
      const answer = kind.answer(hole, pickOf(hole));
      if (answer === undefined) return [];
      const around = {
        languageId: hole.languageId,
        before: hole.before.slice(-window),
        after: hole.after.slice(0, window),
      };
      const { text, by } = filtered(answer, { ...around, shape: shapeOf(around) });
      for (const name of by) filters.set(name, (filters.get(name) ?? 0) + 1);
      return [{ hole, answer, shown: text }];
    });
    const wrong = tries.filter(({ hole, shown }) => shown !== (kind.is === 'useless' ? undefined : hole.reference));
    return { kind, tried: tries.length, right: tries.length - wrong.length, wrong, filters };
  });
}

/** Of all tries of a kind of answers, those that ended as they should: 0 to 1. */
export function ratio(all: readonly Score[], is: AnswerKind['is']): number {
  const mine = all.filter(({ kind }) => kind.is === is);
  const sum = (of: (score: Score) => number) => mine.reduce((total, score) => total + of(score), 0);
  return sum(({ right }) => right) / sum(({ tried }) => tried);
}

/** From 0 up to 1, the same for the same hole. */
function pickOf({ before }: CutHole): number {
  let hash = 7;
  for (let index = Math.max(0, before.length - 60); index < before.length; index += 1)
    hash = (hash * 31 + before.charCodeAt(index)) % 9_973;
  return hash / 9_973;
}
