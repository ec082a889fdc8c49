/** Runs the suite inside VS Code's extension host: the desktop one where `code` is on the PATH, else VS Code's server. */
import { mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { runTests } from '@vscode/test-electron';
import * as z from 'zod';
import { dist, root } from '../../scripts/places.ts';
import { applicationOf, desktopCommand } from '../../scripts/vscode/desktop.ts';
import { startDemo } from '../../server/src/demo/server.ts';

const Result = z.object({ passed: z.int(), failed: z.int() });

const scratch = await mkdtemp(path.join(tmpdir(), 'gloss-integration-'));
const resultFile = path.join(scratch, 'result.json');
const command = await desktopCommand();
const demo = await startDemo({ delay: 0 });
await mkdir(path.join(scratch, 'profile', 'User'), { recursive: true });
await writeFile(path.join(scratch, 'profile', 'User', 'settings.json'), JSON.stringify({ 'gloss.baseUrl': demo.url }));
const ended = await runTests({
  vscodeExecutablePath:
    command === undefined ? path.join(root, 'scripts', 'vscode', 'shim.mjs') : applicationOf(command),
  extensionDevelopmentPath: root,
  extensionTestsPath: path.join(dist, 'test', 'index.cjs'),
  launchArgs: [path.join(root, 'sample'), `--user-data-dir=${path.join(scratch, 'profile')}`],
  extensionTestsEnv: {
    GLOSS_TEST_RESULT: resultFile,
    ANTHROPIC_API_KEY: demo.key,
    ANTHROPIC_AUTH_TOKEN: undefined,
    ANTHROPIC_BASE_URL: demo.url,
  },
}).then(
  () => true,
  (error: Error) => {
    console.error(error.message);
    return false;
  },
);
const { passed, failed } = await readResult();
const calls = demo.requests.filter((request) => request.path === '/v1/messages').length;
await demo.close();
// The suite explains once; whatever else it does must not reach the service (threats S36).
if (calls !== 1) console.error(`The service was called ${calls} times, not once.`);
await rm(scratch, { recursive: true, force: true });
// A suite that passed and then could not end is not all right either.
const total = { passed, failed: ended && calls === 1 ? failed : Math.max(failed, 1) };
console.log(`${total.passed} passed, ${total.failed} failed`);
process.exitCode = total.failed === 0 ? 0 : 1;

async function readResult(): Promise<z.infer<typeof Result>> {
  try {
    return Result.parse(JSON.parse(await readFile(resultFile, 'utf8')));
  } catch (error) {
    console.error(`The suite left no result: ${error instanceof Error ? error.message : error}`);
    return { passed: 0, failed: 1 };
  }
}
