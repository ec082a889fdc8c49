/** Keeps an explanation at its place: it takes that of those before it, whose answers stay in the store at no cost. */
import type { ExplanationSummary } from '#shared/explanations.ts';
import type { Range } from '#shared/place.ts';
import { type ExplanationRecord, type Explanations, Refusal } from '../../ports.ts';
import { keep } from './keep.ts';

/** What the person should know, where it could not be written. */
export async function keepInPlace(
  explanations: Pick<Explanations, 'put' | 'get' | 'of' | 'ready' | 'dismiss'>,
  record: ExplanationRecord,
): Promise<readonly string[]> {
  const notices = await keep(explanations, record);
  await explanations.ready(record.uri);
  const before = explanations.of(record.uri).filter((each) => takesPlaceOf(record, each));
  const going = await Promise.all(before.map(async (each) => ((await isOver(explanations, each)) ? [each.id] : [])));
  try {
    if (going.flat().length > 0) await explanations.dismiss(going.flat());
  } catch (error) {
    // They are gone from what is shown; that the disk does not work was told with the record.
    if (!(error instanceof Refusal)) throw error;
  }
  return notices;
}

/** Two problems can be at one place, and a terminal is none. */
const oneEach: ReadonlySet<string> = new Set(['code', 'change', 'file']);

function takesPlaceOf({ id, kind, range }: ExplanationRecord, other: ExplanationSummary): boolean {
  if (other.id === id || other.kind !== kind || !oneEach.has(kind)) return false;
  if (kind === 'file') return true;
  if (other.state === 'current') return isSame(range, other.range) && kind === 'code';
  return other.state === 'changed' && sharesMost(range, other.range);
}

/** What was said of other code is over; what still holds only where nobody has asked on. */
async function isOver(explanations: Pick<Explanations, 'get'>, { id, state }: ExplanationSummary): Promise<boolean> {
  return state !== 'current' || ((await explanations.get(id))?.turns.length ?? 0) <= 1;
}

function isSame(one: Range, other: Range): boolean {
  return one.start.line === other.start.line && one.end.line === other.end.line;
}

/** More than half of the lines of the longer one: where code has changed nobody knows its ends to the line. */
function sharesMost(one: Range, other: Range): boolean {
  const shared = Math.min(one.end.line, other.end.line) - Math.max(one.start.line, other.start.line) + 1;
  return shared * 2 > Math.max(linesOf(one), linesOf(other));
}

function linesOf({ start, end }: Range): number {
  return end.line - start.line + 1;
}
