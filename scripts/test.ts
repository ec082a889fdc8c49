/** `npm test [-- SUITE…]`: runs every suite, or the named ones with what they need, and ends with the sum. */
import { availableParallelism } from 'node:os';
import { untilStopped } from './lifetime.ts';
import { createDisplay } from './test/display.ts';
import { runEntry } from './test/runSuite.ts';
import { runTasks } from './test/schedule.ts';
import { entries, type Preparation, type Suite } from './test/suites.ts';

const signal = untilStopped();
const openChannel = createDisplay((text) => process.stdout.write(text));

const tasks = chosen(process.argv.slice(2)).map((entry) => ({
  name: entry.name,
  needs: entry.needs ?? [],
  weight: entry.kind === 'suite' ? entry.weight : 0,
  run: (missing: readonly string[]) => runEntry(entry, missing, openChannel(entry.title), signal),
}));
const started = performance.now();
const results = await runTasks(tasks, availableParallelism(), ({ failed }) => failed === 0);

const passed = results.reduce((sum, counts) => sum + counts.passed, 0);
const failed = results.reduce((sum, counts) => sum + counts.failed, 0);
console.log(`\nAll suites took ${((performance.now() - started) / 1000).toFixed(0)} s.`);
console.log(`${passed} passed, ${failed} failed`);
process.exit(signal.aborted ? Number(signal.reason) : Math.min(failed, 1));

/** The entries in their order, without what was not asked for. */
function chosen(names: readonly string[]): readonly (Suite | Preparation)[] {
  if (names.length === 0) return entries;
  const wanted = new Set(names.flatMap(withNeeds));
  return entries.filter(({ name }) => wanted.has(name));
}

function withNeeds(name: string): readonly string[] {
  const entry = entries.find((candidate) => candidate.name === name);
  if (entry === undefined) {
    console.error(`There is no suite ${name}. There are: ${entries.map((candidate) => candidate.name).join(', ')}.`);
    console.log('0 passed, 1 failed');
    process.exit(1);
  }
  return [name, ...(entry.needs ?? []).flatMap(withNeeds)];
}
