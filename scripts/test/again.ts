/** Window tests that failed are run once more, each in a fresh window: a machine that was busy elsewhere shows nothing of Gloss. What failed twice has failed. */
import * as z from 'zod';
import type { Counts, Finished } from './counts.ts';

/** More failed files than that are no accident. */
const mostFiles = 2;

const Report = z.object({
  testResults: z.array(
    z.object({ name: z.string(), status: z.string(), assertionResults: z.array(z.object({ status: z.string() })) }),
  ),
});

export interface FailedFile {
  readonly name: string;
  readonly passed: number;
}

/** The test files to run once more; none where nothing failed, or too much. */
export function filesAgain({ report }: Pick<Finished, 'report'>): readonly FailedFile[] {
  if (report === undefined) return [];
  const { testResults } = Report.parse(JSON.parse(report));
  const failed = testResults.filter(({ status }) => status === 'failed');
  if (failed.length > mostFiles) return [];
  return failed.map(({ name, assertionResults }) => ({
    name,
    passed: assertionResults.filter(({ status }) => status === 'passed').length,
  }));
}

/** What was counted first, with the second run of these files in place of their first. */
export function together(first: Counts, again: readonly FailedFile[], second: Counts): Counts {
  const before = again.reduce((sum, { passed }) => sum + passed, 0);
  return { passed: first.passed - before + second.passed, failed: second.failed };
}
