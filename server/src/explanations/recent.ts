/** Records that were read or written a moment ago, so that they need not be read again. */
import type { ExplanationRecord } from '../ports.ts';
import { limits } from './limits.ts';

export function createRecent() {
  const records = new Map<string, ExplanationRecord>();
  let size = 0;
  const remove = (id: string): void => {
    const record = records.get(id);
    if (record !== undefined) size -= sizeOf(record);
    records.delete(id);
  };
  return {
    get: (id: string) => records.get(id),
    delete: remove,
    put(record: ExplanationRecord): void {
      remove(record.id);
      records.set(record.id, record);
      size += sizeOf(record);
      for (const id of records.keys()) {
        if (size <= limits.cached) return;
        remove(id);
      }
    },
  };
}

/** UTF-16 code units, roughly: code and answers are there once more in the conversation. */
function sizeOf({ code, turns }: ExplanationRecord): number {
  return 3 * (code.length + turns.reduce((sum, { answer }) => sum + answer.markdown.length, 0));
}
