/** Bundles what is shipped and what the tests load: `node esbuild.mjs [--minify] [--out FOLDER] [--tests]`. */
import { mkdir, readdir, readFile, rename, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { build } from 'esbuild';

const root = path.dirname(fileURLToPath(import.meta.url));
const { values: flags } = parseArgs({
  options: { minify: { type: 'boolean' }, tests: { type: 'boolean' }, out: { type: 'string', default: 'dist' } },
});
const out = path.resolve(root, flags.out);

/** The Node of the oldest VS Code that the manifest admits, and the oldest that the stand-alone server admits. */
const target = 'node22';

const shipped = [
  { name: 'extension.cjs', entry: 'client/src/extension.ts', external: ['vscode'] },
  { name: 'server.cjs', entry: 'server/src/main.ts' },
  {
    name: 'claude.mjs',
    entry: 'server/src/claude/index.ts',
    format: 'esm',
    external: ['undici', 'undici/*', 'zod', 'zod/*'],
  },
];

const bundles = flags.tests ? [...shipped, ...(await hostTests())] : shipped;
const metafiles = await Promise.all(bundles.map(bundle));
await write(path.join(out, 'metafiles.json'), JSON.stringify(metafiles));

/** The suite that VS Code loads into its extension host: CommonJS, as `require` is what loads it. */
async function hostTests() {
  const folder = 'test/integration/suite';
  const files = (await readdir(path.join(root, folder))).filter((file) => file.endsWith('.ts')).sort();
  return files.map((file) => ({
    name: `test/${file.replace(/\.ts$/, '.cjs')}`,
    entry: `${folder}/${file}`,
    external: ['vscode', 'mocha'],
  }));
}

async function bundle({ name, entry, ...options }) {
  const result = await build({
    entryPoints: [entry],
    outfile: path.join(out, name),
    absWorkingDir: root,
    bundle: true,
    platform: 'node',
    format: 'cjs',
    target,
    mainFields: ['module', 'main'],
    minify: flags.minify ?? false,
    sourcemap: flags.minify ? false : 'linked',
    charset: 'utf8',
    legalComments: 'none',
    logOverride: { 'empty-import-meta': 'error' },
    metafile: true,
    write: false,
    ...options,
  });
  for (const file of result.outputFiles)
    await write(file.path, file.contents, file.path.endsWith('server.cjs') ? 0o755 : 0o644);
  return { name, inputs: inputsUsed(result.metafile) };
}

/** The files of which something is left in the bundle, smallest path first. */
function inputsUsed(metafile) {
  const [output] = Object.values(metafile.outputs).filter(({ entryPoint }) => entryPoint !== undefined);
  const used = Object.entries(output.inputs).filter(([, { bytesInOutput }]) => bytesInOutput > 0);
  return used.map(([file]) => file).sort();
}

/** Written whole or not at all, and only when it changed: an editor may be loading the file that is there. */
async function write(file, contents, mode = 0o644) {
  const old = await readFile(file).catch(() => undefined);
  if (old?.equals(Buffer.from(contents))) return;
  await mkdir(path.dirname(file), { recursive: true });
  const temporary = `${file}.${process.pid}`;
  await writeFile(temporary, contents, { mode });
  await rename(temporary, file);
}
