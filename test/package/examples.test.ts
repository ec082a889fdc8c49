/** docs/claude-client.md is true: each example compiles, and runs against the demo backend as it stands. */
import { mkdir, readFile, rm, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { root } from '../../scripts/places.ts';
import { runToEnd } from '../../scripts/processes.ts';
import { adviceFor } from '../../server/src/claude/index.ts';
import { type Demo, startDemo } from '../../server/src/demo/server.ts';
import { examplesOf } from '../harness/examples.ts';

const folder = path.join(root, '.cache', 'examples');
const examples = await examplesOf(path.join(root, 'docs', 'claude-client.md'));
const fileOf = (index: number) => path.join(folder, `example${index}.ts`);
let demo: Demo;

beforeAll(async () => {
  demo = await startDemo({ delay: 0 });
  await rm(folder, { recursive: true, force: true });
  await mkdir(folder, { recursive: true });
  for (const [index, { code }] of examples.entries()) await writeFile(fileOf(index), `${code}\nexport {};\n`);
  await writeFile(path.join(folder, 'notes.txt'), 'Three lines\nof notes\nto upload.\n');
  await writeFile(path.join(folder, 'tsconfig.json'), JSON.stringify({ compilerOptions, include: ['*.ts'] }));
  await runToEnd(process.execPath, ['scripts/build.ts'], { cwd: root, env: withTools() });
}, 120_000);

afterAll(() => demo.close());

/** A careful program's own settings. */
const compilerOptions = {
  target: 'es2024',
  lib: ['es2024', 'esnext.disposable'],
  module: 'nodenext',
  moduleResolution: 'nodenext',
  types: ['node'],
  strict: true,
  exactOptionalPropertyTypes: true,
  noUncheckedIndexedAccess: true,
  noEmit: true,
};

function withTools(): NodeJS.ProcessEnv {
  const PATH = [path.join(root, 'node_modules', '.bin'), process.env['PATH']].join(path.delimiter);
  return { ...process.env, PATH };
}

test('there is an example for each thing that people come for', () => {
  expect(examples.length).toBeGreaterThanOrEqual(9);
});

test('the page names every kind of error', async () => {
  const page = await readFile(path.join(root, 'docs', 'claude-client.md'), 'utf8');
  expect(Object.keys(adviceFor).filter((kind) => !page.includes(`\`${kind}\``))).toEqual([]);
});

test('the examples compile, as programs of people who have only the package', { timeout: 120_000 }, async () => {
  await runToEnd('tsc', ['-p', folder], { cwd: folder, env: withTools() });
});

const runnable = examples.flatMap(({ title, prints, runs }, index) => (runs ? [{ title, prints, index }] : []));

test.each(runnable)(
  'the example "$title" ($index) runs and prints what it says',
  { timeout: 60_000 },
  async ({ index, prints }) => {
    const env = { PATH: process.env['PATH'], ANTHROPIC_API_KEY: demo.key, ANTHROPIC_BASE_URL: demo.url };
    const output = await runToEnd(process.execPath, [fileOf(index)], { cwd: folder, env });
    expect(prints.length, 'an example says what it prints: // → text').toBeGreaterThan(0);
    let from = 0;
    for (const said of prints) {
      const at = output.indexOf(said, from);
      expect(at, `${JSON.stringify(said)} in ${JSON.stringify(output)}`).toBeGreaterThanOrEqual(0);
      from = at + said.length;
    }
  },
);
