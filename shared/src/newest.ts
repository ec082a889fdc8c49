/** Keeps the newest of what grows for as long as a process lives (threats R46). */

/** The oldest beyond so many go. What is put in again counts as old as it was: delete it first. */
export function keepNewest(all: Map<unknown, unknown> | Set<unknown>, most: number): void {
  for (const oldest of all.keys()) {
    if (all.size <= most) return;
    all.delete(oldest);
  }
}
