/** Calls what belongs to others, so that it can do no harm here. */

/** Told of what was thrown. */
export type Report = (error: unknown) => void;

/** @param call May throw, at once or, where it is an async function, later. */
export function safely(call: () => unknown, report: Report): void {
  try {
    const result = call();
    if (result instanceof Promise) result.catch(report);
  } catch (error) {
    // A fault of theirs: it is told, and the work here goes on.
    report(error);
  }
}
