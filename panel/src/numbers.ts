/** Numbers for people: tokens, shares, prices, names of models and times. Pure. */
import { t } from './words.ts';

/** 1,234 tokens are `1.2K`. */
export function short(count: number): string {
  if (count < 1_000) return String(count);
  if (count < 999_500) return `${trimmed(count / 1_000)}K`;
  return `${trimmed(count / 1_000_000)}M`;
}

function trimmed(count: number): string {
  return count < 10 ? count.toFixed(1).replace(/\.0$/, '') : String(Math.round(count));
}

/** With the separators of the editor's language. */
export function long(count: number): string {
  return new Intl.NumberFormat(language()).format(count);
}

/** Tokens by their name: in short, or with all digits. */
export function tokenCount(count: number, write: (count: number) => string): string {
  return count === 1 ? t('1 token') : t('{0} tokens', write(count));
}

export function dollars(amount: number): string {
  if (amount > 0 && amount < 0.005) return '<$0.01';
  return `$${amount.toFixed(2)}`;
}

/** The cheapest and the dearest that it may be. */
export function priceRange({ least, most }: { readonly least: number; readonly most: number }): string {
  // Nothing but the demo costs nothing.
  if (most === 0) return t('Free (demo)');
  const [from, to] = [dollars(least), dollars(most)];
  return from === to ? from : `${from}–${to}`;
}

/** `claude-sonnet-5-5` is `Sonnet 5.5`; what is not named like that stays as it is. */
export function modelName(id: string): string {
  const found = /^claude-([a-z]+)-(\d+)(?:-(\d{1,2}))?(?:-\d{8})?$/.exec(id);
  if (found === null) return id;
  const [, family = '', major = '', minor] = found;
  return `${family.charAt(0).toUpperCase()}${family.slice(1)} ${major}${minor === undefined ? '' : `.${minor}`}`;
}

/** Which group of days a time is in: whole days of the person's own clock. */
export function dayOf(time: Date, now: Date): string {
  const days = Math.round((startOf(now) - startOf(time)) / 86_400_000);
  if (days <= 0) return t('Today');
  if (days === 1) return t('Yesterday');
  if (days < 7) return t('Last 7 Days');
  if (days < 30) return t('Last 30 Days');
  return t('Older');
}

function startOf(time: Date): number {
  return new Date(time.getFullYear(), time.getMonth(), time.getDate()).getTime();
}

/** Today the hour, else the day. */
export function whenOf(time: Date, now: Date): string {
  const isToday = startOf(time) === startOf(now);
  return new Intl.DateTimeFormat(language(), isToday ? { timeStyle: 'short' } : { dateStyle: 'medium' }).format(time);
}

function language(): string | undefined {
  const named = globalThis.document?.documentElement.lang ?? '';
  return named === '' ? undefined : named;
}
