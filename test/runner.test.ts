/** What `npm test` makes of its suites: nothing that did not look counts as passed, and the output stays readable. */
import { describe, expect, test } from 'vitest';
import { filesAgain, together } from '../scripts/test/again.ts';
import { type Finished, lastLine, oneCheck, vitestReport } from '../scripts/test/counts.ts';
import { createDisplay } from '../scripts/test/display.ts';
import { runTasks, type Task } from '../scripts/test/schedule.ts';

function finished(parts: Partial<Finished>): Finished {
  return { output: '', code: 0, report: undefined, ...parts };
}

function report(parts: Readonly<Record<string, unknown>>): string {
  const nothing = { numPassedTests: 0, numFailedTests: 0, numPendingTests: 0, numTodoTests: 0, testResults: [] };
  return JSON.stringify({ ...nothing, ...parts });
}

describe('a single check', () => {
  const read = oneCheck(/Checked (\d+) files/);
  test.each([
    ['passed when it looked and ended well', { output: 'Checked 12 files in 3 ms.' }, { passed: 1, failed: 0 }],
    ['failed when it found something', { output: 'Checked 12 files.', code: 1 }, { passed: 0, failed: 1 }],
    ['failed when it looked at nothing', { output: 'Checked 0 files.' }, { passed: 0, failed: 1 }],
    ['failed when it does not say what it looked at', { output: 'All fine.' }, { passed: 0, failed: 1 }],
    [
      'failed when it was ended by a signal',
      { output: 'Checked 12 files.', code: undefined },
      { passed: 0, failed: 1 },
    ],
  ])('%s', (_name, parts, counts) => expect(read(finished(parts))).toEqual(counts));
});

describe('a program that ends with its counts', () => {
  test.each([
    ['is believed', { output: 'ok a\n3 passed, 1 failed\n', code: 1 }, { passed: 3, failed: 1 }],
    [
      'failed when it says so only by its exit code',
      { output: '3 passed, 0 failed', code: 1 },
      { passed: 3, failed: 1 },
    ],
    ['failed when it ran nothing', { output: '0 passed, 0 failed' }, { passed: 0, failed: 1 }],
    ['failed when the last line is another', { output: '3 passed, 0 failed\nbye' }, { passed: 0, failed: 1 }],
    ['failed when it was silent', {}, { passed: 0, failed: 1 }],
  ])('%s', (_name, parts, counts) => expect(lastLine(finished(parts))).toEqual(counts));
});

describe('a report of vitest', () => {
  const broken = [{ status: 'failed', assertionResults: [] }];
  test.each([
    ['is believed', { numPassedTests: 5, numFailedTests: 2 }, 1, { passed: 5, failed: 2 }],
    ['counts a file that could not be loaded', { numPassedTests: 5, testResults: broken }, 1, { passed: 5, failed: 1 }],
    ['counts a test that was left out', { numPassedTests: 5, numPendingTests: 1 }, 0, { passed: 5, failed: 1 }],
    ['counts a test that is still to be written', { numPassedTests: 5, numTodoTests: 1 }, 0, { passed: 5, failed: 1 }],
    ['fails without a test', {}, 0, { passed: 0, failed: 1 }],
    ['fails when vitest failed beside the tests', { numPassedTests: 5 }, 1, { passed: 5, failed: 1 }],
  ])('%s', (_name, parts, code, counts) =>
    expect(vitestReport(finished({ report: report(parts), code }))).toEqual(counts),
  );

  test('fails when there is none', () => expect(vitestReport(finished({}))).toEqual({ passed: 0, failed: 1 }));
});

describe('window tests that failed', () => {
  const file = (name: string, ...statuses: readonly string[]) => ({
    name: `/x/test/e2e/${name}`,
    status: statuses.includes('failed') ? 'failed' : 'passed',
    assertionResults: statuses.map((status) => ({ status })),
  });
  const again = (...testResults: readonly object[]) => filesAgain({ report: report({ testResults }) });

  test('are run once more, when they are few', () => {
    const one = file('a.test.ts', 'passed', 'failed');
    const two = file('b.test.ts', 'failed');
    expect(again(one, two, file('c.test.ts', 'passed'))).toEqual([
      { name: one.name, passed: 1 },
      { name: two.name, passed: 0 },
    ]);
    expect(again(one, two, file('c.test.ts', 'failed'))).toEqual([]);
    expect(filesAgain({ report: undefined })).toEqual([]);
  });

  test('count by their second run: what fails twice has failed', () => {
    const files = [{ name: 'a.test.ts', passed: 1 }];
    expect(together({ passed: 83, failed: 1 }, files, { passed: 2, failed: 0 })).toEqual({ passed: 84, failed: 0 });
    expect(together({ passed: 83, failed: 1 }, files, { passed: 1, failed: 1 })).toEqual({ passed: 83, failed: 1 });
  });
});

describe('tasks', () => {
  /** Runs tasks that end when they are told to, and tells what happened in which order. */
  async function ran(specs: readonly Partial<Task<boolean>>[], slots = 2): Promise<readonly string[]> {
    const events: string[] = [];
    const tasks = specs.map((spec, index) => ({
      name: String(index),
      needs: [],
      weight: 1,
      run: async (missing: readonly string[]) => {
        events.push(`+${index}${missing.length > 0 ? ` without ${missing}` : ''}`);
        await Promise.resolve();
        events.push(`-${index}`);
        return missing.length === 0;
      },
      ...spec,
    }));
    await runTasks(tasks, slots, (result) => result);
    return events;
  }

  test('run together as far as there is room', async () => {
    expect(await ran([{}, {}, {}])).toEqual(['+0', '+1', '-0', '-1', '+2', '-2']);
  });

  test('that take all the room run alone, and are not overtaken', async () => {
    expect(await ran([{}, { weight: 2 }, {}])).toEqual(['+0', '-0', '+1', '-1', '+2', '-2']);
  });

  test('that take more than there is run all the same', async () => {
    expect(await ran([{ weight: 5 }], 1)).toEqual(['+0', '-0']);
  });

  test('wait for what they need, and are told what failed', async () => {
    const failing = { name: 'tool', run: async () => false };
    expect(await ran([failing, { needs: ['tool'] }])).toEqual(['+1 without tool', '-1']);
  });
});

test('of several channels the oldest is shown live, and the others whole when it is their turn', () => {
  let shown = '';
  const open = createDisplay((text) => {
    shown += text;
  });
  const [first, second] = [open('first'), open('second')];
  first.write('a1 ');
  second.write('b1 ');
  first.write('a2 ');
  expect(shown).toBe('\n── first ──\na1 a2 ');
  second.close('B');
  first.close('A');
  expect(shown).toBe('\n── first ──\na1 a2 A\n\n── second ──\nb1 B\n');
});
