/** Texts of others as the page shows them: hidden characters written out (threats S24), and nothing but text. */
import { revealInvisible } from '#shared/invisible.ts';

export function shown(text: string): string {
  return revealInvisible(text).text;
}
