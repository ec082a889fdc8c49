/** Whether brackets are opened and closed as often as before: what the rules write must keep that. */
import { maskOf } from '../../text/mask.ts';

export function isAsBalanced(before: string, after: string, language: string): boolean {
  const counts = [before, after].map((text) => countsIn(maskOf(text, language)));
  return counts[0] === counts[1];
}

/** How many more are opened than closed, of each kind. */
function countsIn(masked: string): string {
  const counts = [0, 0, 0];
  for (let at = 0; at < masked.length; at++) {
    const open = '([{'.indexOf(masked.charAt(at));
    const close = ')]}'.indexOf(masked.charAt(at));
    if (open >= 0) counts[open] = (counts[open] ?? 0) + 1;
    if (close >= 0) counts[close] = (counts[close] ?? 0) - 1;
  }
  return counts.join();
}
