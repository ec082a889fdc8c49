/** What suggestions came to, as a page of plain text. Pure. */
import type { SuggestionStatistics } from '#shared/suggestions.ts';
import type { Words } from '../words.ts';
import { filterWord } from './reasonLook.ts';

/** @param day the day that counting began, as people there write it. */
export function statisticsText(counted: SuggestionStatistics, day: string, words: Words): string {
  const { shown, accepted, kept, lines, characters, requests, known, dollars, latency, filters } = counted;
  const row = (name: string, value: string | number): string => `${`${name}:`.padEnd(34)} ${value}`;
  const share = (part: number, whole: number): string =>
    whole === 0 ? String(part) : words.t('{0} ({1} %)', part, Math.round((100 * part) / whole));
  const time = (milliseconds: number): string => words.t('{0} ms', Math.round(milliseconds));
  const held = Object.entries(filters).sort(([, one], [, other]) => other - one);
  return [
    words.t('Suggestions since {0}', day),
    words.t('Counted and kept on this machine only. Nothing of it is sent anywhere.'),
    '',
    row(words.t('Shown'), shown),
    row(words.t('Accepted'), share(accepted, shown)),
    row(words.t('Still there after 30 seconds'), share(kept, accepted)),
    row(words.t('Lines accepted'), lines),
    row(words.t('Characters accepted'), characters),
    '',
    row(words.t('Asked for by the editor'), requests),
    row(words.t('Known already'), share(known, requests)),
    row(words.t('Cost'), money(dollars, 2)),
    ...(lines === 0 ? [] : [row(words.t('Cost of an accepted line'), money(dollars / lines, 5))]),
    ...(latency === undefined
      ? []
      : [
          '',
          row(words.t('Half of the answers within'), time(latency.p50)),
          row(words.t('90 of 100 within'), time(latency.p90)),
          row(words.t('99 of 100 within'), time(latency.p99)),
        ]),
    ...(held.length === 0 ? [] : ['', words.t('Answers that were changed or held back, and why')]),
    ...held.map(([name, count]) => row(filterWord(name, words), count)),
    '',
  ].join('\n');
}

function money(dollars: number, digits: number): string {
  return `$${dollars.toFixed(digits)}`;
}
