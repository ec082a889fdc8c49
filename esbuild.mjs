/** Bundles what is shipped and what the tests load: `node esbuild.mjs [--minify] [--out FOLDER] [--tests]`. */
import { mkdir, readdir, readFile, rename, rm, stat, utimes, writeFile } from 'node:fs/promises';
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

/** The packages in the server are CommonJS and ask for Node's modules by `require`, which an ES module has to make. */
const requireInModule =
  "import { createRequire as createRequireOfBundle } from 'node:module'; const require = createRequireOfBundle(import.meta.url);";

/** Milliseconds for which a part may still be loaded by a server that was started before this build. */
const grace = 15 * 60_000;

const shipped = [
  { name: 'extension.cjs', entry: 'client/src/extension.ts', external: ['vscode'] },
  // In parts: `initialize` waits for the first file only, and each `import()` in the sources loads its part when it is reached.
  {
    name: 'server.mjs',
    entry: 'server/src/main.ts',
    format: 'esm',
    splitting: true,
    chunkNames: 'server/[name]-[hash]',
    banner: { js: requireInModule },
  },
  {
    name: 'claude.mjs',
    entry: 'server/src/claude/index.ts',
    format: 'esm',
    external: ['undici', 'undici/*', 'zod', 'zod/*'],
  },
];

const bundles = flags.tests ? [...shipped, ...(await hostTests())] : shipped;
const metafiles = await Promise.all(bundles.map(bundle));
await removeOldParts();
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
  const extension = path.extname(name);
  const result = await build({
    entryPoints: [{ in: entry, out: name.slice(0, -extension.length) }],
    outdir: out,
    outExtension: { '.js': extension },
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
    await write(file.path, file.contents, path.basename(file.path) === 'server.mjs' ? 0o755 : 0o644);
  const { outputs } = result.metafile;
  const parts = Object.keys(outputs);
  return { name, parts, inputs: inputsUsed(outputs, parts), first: inputsUsed(outputs, loadedFirst(outputs, entry)) };
}

/** The files of which something is left in these parts of a bundle, smallest path first. */
function inputsUsed(outputs, parts) {
  const used = parts.flatMap((part) => Object.entries(outputs[part].inputs));
  return [...new Set(used.filter(([, { bytesInOutput }]) => bytesInOutput > 0).map(([file]) => file))].sort();
}

/** The part that starts, and those that it cannot start without. */
function loadedFirst(outputs, entry) {
  const found = new Set(Object.keys(outputs).filter((part) => outputs[part].entryPoint === entry));
  for (const part of found)
    for (const { path: other, kind } of outputs[part].imports)
      if (kind === 'import-statement' && other in outputs) found.add(other);
  return [...found];
}

/**
 * The names of parts change with what is in them, and whatever lies beside them would be shipped. A server that runs from
 * here loads its parts when it needs them: what a build wrote or kept lately stays a while. The time of a part is that of
 * the last build that had it.
 */
async function removeOldParts() {
  const folder = path.join(out, 'server');
  const parts = new Set(metafiles.flatMap((metafile) => metafile.parts.map((part) => path.resolve(root, part))));
  const now = Date.now();
  for (const name of (await readdir(folder)).filter((each) => /\.mjs(\.map)?$/.test(each))) {
    const file = path.join(folder, name);
    if (parts.has(file)) await utimes(file, now / 1_000, now / 1_000);
    else if (flags.minify || (await stat(file)).mtimeMs < now - grace) await rm(file, { force: true });
  }
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
