/** What VS Code loads into its extension host: runs the suite with mocha and leaves the counts in a file. */
import { readdirSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import Mocha from 'mocha';

/** Called by VS Code. @throws Error when a test failed, which becomes the exit code. */
export async function run(): Promise<void> {
  const mocha = new Mocha({ ui: 'bdd', timeout: 20_000, color: false });
  for (const file of readdirSync(__dirname)) if (file.endsWith('.test.cjs')) mocha.addFile(path.join(__dirname, file));
  const counts = { passed: 0, failed: 0 };
  const failures = await new Promise<number>((resolve) => {
    const runner = mocha.run(resolve);
    runner.on('pass', () => {
      counts.passed += 1;
    });
    // A test that is left out proves nothing.
    runner.on('pending', () => {
      counts.failed += 1;
    });
    runner.on('fail', () => {
      counts.failed += 1;
    });
  });
  const file = process.env['GLOSS_TEST_RESULT'];
  if (file !== undefined) writeFileSync(file, JSON.stringify(counts));
  if (failures > 0) throw new Error(`${failures} tests failed.`);
}
