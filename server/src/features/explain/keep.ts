/** Keeps an explanation. What was paid for is shown also where it cannot be kept. */
import { type ExplanationRecord, type Explanations, Refusal } from '../../ports.ts';

/** What the person should know, where it could not be written. */
export async function keep(
  explanations: Pick<Explanations, 'put'>,
  record: ExplanationRecord,
): Promise<readonly string[]> {
  try {
    await explanations.put(record);
    return [];
  } catch (error) {
    if (error instanceof Refusal) return [error.message];
    throw error;
  }
}
