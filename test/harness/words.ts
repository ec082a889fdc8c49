/** English words for tests: what `vscode.l10n` gives in an editor without a translation. */
import type { Words } from '../../client/src/words.ts';

export const words: Words = {
  t: (message, ...values) => message.replaceAll(/\{(\d+)\}/g, (whole, index) => String(values[Number(index)] ?? whole)),
};
