/** Makes the `.vsix`: minified bundles and what belongs to them, staged in a folder and packed; the same bytes each time. */
import { chmod, cp, mkdtemp, readdir, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { buildBundles, inputsOf } from './bundles.ts';
import { thirdPartyNotices } from './notices.ts';
import { root } from './places.ts';
import { runToEnd } from './processes.ts';

/** Bytes that the package may have. */
export const largestPackage = 870_400;

/** The bundles that VS Code needs. The client for the Claude API is for programs: it is in the npm package only. */
const bundles = ['extension.mjs', 'server.mjs', 'panel.mjs'];

/** Of the panel's page. */
const style = 'panel.css';

/** What several of them use, and the parts that they load when they are used. */
const parts = 'server';

/** What npm and the tests need, and VS Code does not. */
const notForVscode = [
  ...['private', 'bin', 'exports', 'files', 'imports', 'scripts'],
  ...['dependencies', 'devDependencies', 'optionalDependencies', 'peerDependencies', 'peerDependenciesMeta'],
];

export interface Packed {
  /** Files inside, without the packer's own. */
  readonly files: number;
  /** Bytes of the archive. */
  readonly size: number;
}

/** Packs the extension into `file`. @throws Error with the packer's findings. */
export async function packExtension(file: string): Promise<Packed> {
  const stage = await mkdtemp(path.join(tmpdir(), 'gloss-vsix-'));
  try {
    await fillStage(stage);
    const files = await settle(stage);
    // vsce sorts and dates the files by these, whatever this machine's clock and language say.
    const env = { ...process.env, SOURCE_DATE_EPOCH: '1767225600', TZ: 'UTC', LC_ALL: 'C' };
    const options = ['--no-dependencies', '--allow-missing-repository', '--no-rewrite-relative-links'];
    const vsce = path.join(root, 'node_modules', '@vscode', 'vsce', 'vsce');
    await runToEnd(process.execPath, [vsce, 'package', ...options, '--out', file], { cwd: stage, env });
    return { files, size: (await stat(file)).size };
  } finally {
    await rm(stage, { recursive: true, force: true });
  }
}

async function fillStage(stage: string): Promise<void> {
  const built = path.join(stage, 'built');
  await buildBundles({ folder: built, minify: true, together: true });
  for (const name of [...bundles, style, parts])
    await cp(path.join(built, name), path.join(stage, 'dist', name), { recursive: true });
  const inputs = await Promise.all(bundles.map((bundle) => inputsOf(bundle, built)));
  await writeFile(path.join(stage, 'THIRD-PARTY-NOTICES.txt'), await thirdPartyNotices(inputs.flat()));
  await rm(built, { recursive: true });
  for (const name of await readdir(root))
    if (/^(package\.nls(\..+)?\.json|CHANGELOG\.md|LICENSE|media|schemas)$/.test(name))
      await cp(path.join(root, name), path.join(stage, name), { recursive: true });
  await writeFile(
    path.join(stage, 'package.json'),
    manifestForVscode(await readFile(path.join(root, 'package.json'), 'utf8')),
  );
  await writeFile(
    path.join(stage, 'README.md'),
    withoutLocalPictures(await readFile(path.join(root, 'README.md'), 'utf8')),
  );
}

function manifestForVscode(text: string): string {
  const manifest: Record<string, unknown> = JSON.parse(text);
  const kept = Object.entries(manifest).filter(([name]) => !notForVscode.includes(name));
  return `${JSON.stringify(Object.fromEntries(kept), null, 2)}\n`;
}

/** Pictures and pages of the repository are not in the package: their links would lead nowhere. */
function withoutLocalPictures(markdown: string): string {
  const withoutPictures = markdown.replace(/^!\[[^\]]*\]\((?!https:)[^)]*\)\n+/gm, '');
  return withoutPictures.replace(/\[([^\]]*)\]\((?!https:|#)[^)]*\)/g, '$1');
}

/** Gives every file the same mode on every machine. @returns how many there are. */
async function settle(folder: string): Promise<number> {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true });
  const files = entries.filter((entry) => entry.isFile());
  for (const entry of files)
    await chmod(path.join(entry.parentPath, entry.name), entry.name === 'server.mjs' ? 0o755 : 0o644);
  return files.length;
}
