/** An edit does not wait for the client to take its progress. */
import { expect, test } from 'vitest';
import type { WorkDoneProgressReporter } from 'vscode-languageserver/node';
import { lateProgress } from './lateProgress.ts';

/** What the client is told: taken before the work is done, after it, or never. */
async function told(taken: 'before' | 'after' | 'never' | 'refused'): Promise<readonly string[]> {
  const said: string[] = [];
  const reporter: WorkDoneProgressReporter = {
    begin: (title) => void said.push(`begin ${title}`),
    report() {},
    done: () => void said.push('done'),
  };
  const { promise, resolve, reject } = Promise.withResolvers<WorkDoneProgressReporter>();
  const progress = lateProgress(promise);
  progress.begin('Gloss');
  if (taken === 'before') resolve(reporter);
  if (taken === 'refused') reject(new Error('No.'));
  await Promise.resolve();
  await Promise.resolve();
  progress.done();
  if (taken === 'after') resolve(reporter);
  await Promise.resolve();
  await Promise.resolve();
  return said;
}

test.each([
  ['before', ['begin Gloss', 'done']],
  ['after', []],
  ['never', []],
  ['refused', []],
] as const)('taken %s: %j', async (taken, said) => {
  expect(await told(taken)).toEqual(said);
});
