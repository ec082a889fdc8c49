/** Earlier questions, one after another, and the way back to what was being written. Pure. */

export interface Asked {
  /** An earlier one stands in the composer. */
  isWalking(): boolean;
  /** @param written what stands in the composer now; kept for the way back where the walk begins. */
  older(written: string): string | undefined;
  newer(): string | undefined;
  /** What stands there was changed: it is what is being written now. */
  rest(): void;
  add(text: string): void;
}

const most = 200;

/** @param before the newest last. */
export function createAsked(before: readonly string[]): Asked {
  let all = [...before];
  let at: number | undefined;
  let draft = '';
  return {
    isWalking: () => at !== undefined,
    older(written) {
      const from = at ?? all.length;
      const found = all.findLastIndex((text, index) => index < from && text !== written);
      if (found < 0) return undefined;
      if (at === undefined) draft = written;
      at = found;
      return all[found];
    },
    newer() {
      if (at === undefined) return undefined;
      const shown = all[at];
      const found = all.findIndex((text, index) => at !== undefined && index > at && text !== shown);
      at = found < 0 ? undefined : found;
      return at === undefined ? draft : all[at];
    },
    rest() {
      at = undefined;
    },
    add(text) {
      at = undefined;
      if (text.trim() === '') return;
      all = [...all.filter((one) => one !== text), text].slice(-most);
    },
  };
}
