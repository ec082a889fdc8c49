/** Which buttons a failure offers: the decision, apart from the showing. */
import type { Remedy } from '#shared/failure.ts';
import type { Words } from './words.ts';

export interface RemedyButton {
  readonly remedy: Remedy;
  readonly title: string;
}

/** Buttons in the order of the remedies, each once; `retry` only where there is something to retry. At most three fit. */
export function buttonsFor(remedies: readonly Remedy[], canRetry: boolean, words: Words): readonly RemedyButton[] {
  return [...new Set(remedies)]
    .filter((remedy) => remedy !== 'retry' || canRetry)
    .slice(0, 3)
    .map((remedy) => ({ remedy, title: titleOf(remedy, words) }));
}

function titleOf(remedy: Remedy, words: Words): string {
  switch (remedy) {
    case 'setKey':
      return words.t('Set API Key');
    case 'checkConnection':
      return words.t('Check Connection');
    case 'retry':
      return words.t('Try Again');
    case 'restart':
      return words.t('Restart Server');
    case 'startDemo':
      return words.t('Start Demo');
    case 'showLog':
      return words.t('Show Log');
    case 'openSettings':
      return words.t('Open Settings');
  }
}
