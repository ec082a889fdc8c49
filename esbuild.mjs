/** Bundles what is shipped and what the tests load: `node esbuild.mjs [--minify] [--together] [--out FOLDER] [--tests]`. */
import { mkdir, readdir, readFile, rename, rm, stat, utimes, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { build } from 'esbuild';
import { grouped } from './scripts/grouped.mjs';
import { leftOut } from './scripts/leftOut.mjs';

const root = path.dirname(fileURLToPath(import.meta.url));
const { values: flags } = parseArgs({
  options: {
    minify: { type: 'boolean' },
    together: { type: 'boolean' },
    tests: { type: 'boolean' },
    out: { type: 'string', default: 'dist' },
  },
});
const out = path.resolve(root, flags.out);

/** The Node of the oldest VS Code that the manifest admits, and the oldest that the stand-alone server admits. */
const target = 'node22';

/**
 * The packages in the bundles are CommonJS and ask for Node's modules, and VS Code's, by `require`, which an ES module has
 * to make. A browser has none: what its page shares with the others must load there all the same.
 */
const requireInModule =
  "const require = globalThis.process?.getBuiltinModule('node:module').createRequire(import.meta.url);";

/** Milliseconds for which a part may still be loaded by a server that was started before this build. */
const grace = 15 * 60_000;

/** In parts: `initialize` waits for the first file only, and each `import()` in the sources loads its part when it is reached. */
const inParts = { splitting: true, chunkNames: 'server/[name]-[hash]' };

const extension = { 'extension.mjs': 'client/src/extension.ts' };
const server = { 'server.mjs': 'server/src/main.ts' };
/** The page of the chat panel, and its style beside it. */
const panel = { 'panel.mjs': 'panel/src/main.tsx' };

/** Together, what several ends use is there once: the Markdown parser, zod, `shared`. Apart, the server is whole without the extension. */
const ends = flags.together
  ? [
      {
        entries: { ...extension, ...server, ...panel },
        external: ['vscode'],
        ...inParts,
      },
    ]
  : [{ entries: extension, external: ['vscode'] }, { entries: server, ...inParts }, { entries: panel }];

const shipped = [
  ...ends,
  { entries: { 'claude.mjs': 'server/src/claude/index.ts' }, external: ['undici', 'undici/*', 'zod', 'zod/*'] },
];

const bundles = flags.tests ? [...shipped, ...(await hostTests())] : shipped;
const metafiles = (await Promise.all(bundles.map(bundle))).flat();
await removeOldParts();
await write(path.join(out, 'metafiles.json'), JSON.stringify(metafiles));

/** The suite that VS Code loads into its extension host: CommonJS, as `require` is what loads it. */
async function hostTests() {
  const folder = 'test/integration/suite';
  const files = (await readdir(path.join(root, folder))).filter((file) => file.endsWith('.ts')).sort();
  return files.map((file) => ({
    entries: { [`test/${file.replace(/\.ts$/, '.cjs')}`]: `${folder}/${file}` },
    format: 'cjs',
    external: ['vscode', 'mocha'],
  }));
}

async function bundle({ entries, ...options }) {
  const names = Object.keys(entries);
  const ending = path.extname(names[0]);
  const result = await build({
    entryPoints: names.map((name) => ({ in: entries[name], out: name.slice(0, -ending.length) })),
    outdir: out,
    outExtension: { '.js': ending },
    absWorkingDir: root,
    bundle: true,
    platform: 'node',
    format: 'esm',
    target,
    mainFields: ['module', 'main'],
    // The way of undici to leave out its second HTTP parser, an experiment of 150 KB that an environment variable turns on.
    define: {
      esbuildDetection: 'true',
      'process.env.JEST_WORKER_ID': 'undefined',
      // Libraries of the page ask it whether they are being worked on, and a browser has no `process`.
      'process.env.NODE_ENV': '"production"',
    },
    plugins: [leftOut({ simdOnly: flags.together ?? false }), ...(flags.together ? [grouped(root)] : [])],
    minify: flags.minify ?? false,
    sourcemap: flags.minify ? false : 'linked',
    // What is left is escaped below.
    charset: 'ascii',
    jsx: 'automatic',
    jsxImportSource: 'preact',
    loader: { '.svg': 'text' },
    legalComments: 'none',
    logOverride: { 'empty-import-meta': 'error' },
    metafile: true,
    write: false,
    ...options,
  });
  for (const file of result.outputFiles)
    await write(
      file.path,
      inOneByte(file.path, withRequire(file)),
      path.basename(file.path) === 'server.mjs' ? 0o755 : 0o644,
    );
  const { outputs } = result.metafile;
  return names.map((name) => {
    const parts = loadedBy(outputs, entries[name]);
    const first = loadedBy(outputs, entries[name], 'import-statement');
    return { name, parts, inputs: inputsUsed(outputs, parts), first: inputsUsed(outputs, first) };
  });
}

/**
 * One wider letter, and V8 holds the text of a whole part in two bytes for each. esbuild escapes all but regular expressions
 * and `String.raw`, in which an escape is the same to what reads them.
 */
function inOneByte(file, contents) {
  if (!file.endsWith('.mjs')) return contents;
  const text = Buffer.from(contents).toString();
  return text.replace(/[^\0-\x7f]/g, (unit) => `\\u${unit.charCodeAt(0).toString(16).padStart(4, '0')}`);
}

/** All `require` goes through one helper of esbuild's, in one part: it is what needs it. In the first line, so that source maps stay right. */
function withRequire({ path: file, text, contents }) {
  if (!file.endsWith('.mjs') || !/\btypeof require\b/.test(text)) return contents;
  return Buffer.from(text.replace(/^(#!.*\n)?/, (start) => `${start}${requireInModule}`));
}

/** The files of which something is left in these parts of a bundle, smallest path first. */
function inputsUsed(outputs, parts) {
  const used = parts.flatMap((part) => Object.entries(outputs[part].inputs));
  return [...new Set(used.filter(([, { bytesInOutput }]) => bytesInOutput > 0).map(([file]) => file))].sort();
}

/** The part that starts, and those that it loads; with `only`, those that it cannot start without. */
function loadedBy(outputs, entry, only) {
  const found = new Set(Object.keys(outputs).filter((part) => outputs[part].entryPoint === entry));
  for (const part of found)
    for (const { path: other, kind } of outputs[part].imports)
      if ((only ?? kind) === kind && other in outputs) found.add(other);
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
    if (parts.has(file.replace(/\.map$/, ''))) await utimes(file, now / 1_000, now / 1_000);
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
