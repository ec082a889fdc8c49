/** Shows nothing that is worth nothing or could do harm: too little, notes to oneself, secrets, characters that hide. Pure. */
import { revealInvisible } from '#shared/invisible.ts';
import type { Filter } from './filter.ts';

/** Threats S24: nothing is shown that reads otherwise than it is. */
export const hiddenCharacters: Filter = {
  name: 'hidden characters',
  apply: (text) => (revealInvisible(text).count > 0 ? undefined : text),
};

const note =
  /^\s*(?:pass\s*)?(?:\/\/|#|--|\/\*|<!--|;+)\s*(?:TODO\b|FIXME\b|\.{3}|…|\w* ?your (?:code|logic)|implement|(?:rest|remaining) of|existing code|add (?:your|the) )/i;

/** A comment in place of code. */
export const placeholders: Filter = {
  name: 'a note instead of code',
  apply(text) {
    const lines = text.split('\n').filter((line) => line.trim() !== '');
    return lines.length > 0 && lines.every((line) => note.test(line)) ? undefined : text;
  },
};

export const minimum: Filter = {
  name: 'too little',
  apply: (text) => (/[\p{L}\p{N}_]/u.test(text) || text.trim().length >= 2 ? text : undefined),
};

/** @param isSecret whether something in a text looks like a key (threats S12). */
export function secrets(isSecret: (text: string) => boolean): Filter {
  return { name: 'looks like a key', apply: (text) => (isSecret(text) ? undefined : text) };
}
