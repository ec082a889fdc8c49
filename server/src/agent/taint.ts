/** Whether somebody else's instructions may be in a conversation: once they may, they always may (threats S25, S37). */

/** A turn, or a tool's answer. */
interface Said {
  readonly isData: boolean;
}

/** Of what this process has not heard itself nothing is known: a history that was loaded is always tainted. */
export function isTainted(isLoaded: boolean, said: Iterable<Said>): boolean {
  return isLoaded || [...said].some(({ isData }) => isData);
}
