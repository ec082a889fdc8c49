/** How many checks passed and failed, read from what a suite left behind. What did not look at anything failed. */
import * as z from 'zod';

export interface Counts {
  readonly passed: number;
  readonly failed: number;
}

export interface Finished {
  readonly output: string;
  /** The exit code; undefined when it was ended by a signal. */
  readonly code: number | undefined;
  /** The report file's text where the suite writes one. */
  readonly report: string | undefined;
}

export type Reader = (finished: Finished) => Counts;

/** One check, which passed when the program ended well and the number in its output proves that it looked at something. */
export function oneCheck(proof: RegExp): Reader {
  return ({ output, code }) => {
    const lookedAt = Number(proof.exec(output)?.[1] ?? 0);
    return code === 0 && lookedAt > 0 ? { passed: 1, failed: 0 } : { passed: 0, failed: 1 };
  };
}

/** For programs that end with a line `N passed, N failed`. */
export function lastLine({ output, code }: Finished): Counts {
  const line = /^(\d+) passed, (\d+) failed\s*$/.exec(output.trimEnd().split('\n').at(-1) ?? '');
  return atLeastOne({ passed: Number(line?.[1] ?? 0), failed: Number(line?.[2] ?? 0) }, code);
}

const VitestReport = z.object({
  numPassedTests: z.int(),
  numFailedTests: z.int(),
  numPendingTests: z.int(),
  numTodoTests: z.int(),
  testResults: z.array(z.object({ status: z.string(), assertionResults: z.array(z.unknown()) })),
});

/** For vitest's JSON report. A file that could not be loaded and a test that was left out count as failed. */
export function vitestReport({ report, code }: Finished): Counts {
  if (report === undefined) return { passed: 0, failed: 1 };
  const { numPassedTests, numFailedTests, numPendingTests, numTodoTests, testResults } = VitestReport.parse(
    JSON.parse(report),
  );
  const broken = testResults.filter(
    ({ status, assertionResults }) => status === 'failed' && assertionResults.length === 0,
  );
  const failed = numFailedTests + numPendingTests + numTodoTests + broken.length;
  return atLeastOne({ passed: numPassedTests, failed }, code);
}

/** A suite that found nothing, or ended badly without naming a failed test, has failed. */
function atLeastOne({ passed, failed }: Counts, code: number | undefined): Counts {
  const silentFailure = failed === 0 && (passed === 0 || code !== 0);
  return { passed, failed: silentFailure ? 1 : failed };
}
