/** What work costs, for tests that something does not grow with the square of its input: other work on the machine does not count. */

/** Milliseconds of processor time that this thread has used since it began. */
export function cpuTime(): number {
  const { user, system } = process.threadCpuUsage();
  return (user + system) / 1_000;
}
