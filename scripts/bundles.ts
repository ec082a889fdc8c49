/** Runs esbuild.mjs, and knows where its work lies. */
import { readFile } from 'node:fs/promises';
import path from 'node:path';
import * as z from 'zod';
import { dist, root } from './places.ts';
import { runToEnd } from './processes.ts';

export interface BundleOptions {
  /** Where to: default `dist/`. */
  readonly folder?: string;
  /** As it is shipped: minified, without source maps. */
  readonly minify?: boolean;
  /** The extension and the server share what both use, as VS Code gets them; else each is whole without the other. */
  readonly together?: boolean;
  /** The suite for the extension host too. */
  readonly tests?: boolean;
}

/**
 * Bundles what is shipped. Files that did not change are left alone.
 * @returns how many bundles there are
 * @throws Error with esbuild's findings.
 */
export async function buildBundles({
  folder = dist,
  minify = false,
  together = false,
  tests = false,
}: BundleOptions = {}): Promise<number> {
  const chosen = Object.entries({ minify, together, tests }).filter(([, isChosen]) => isChosen);
  const flags = ['--out', folder, ...chosen.map(([name]) => `--${name}`)];
  await runToEnd(process.execPath, [path.join(root, 'esbuild.mjs'), ...flags], { cwd: root });
  return (await readMetafiles(folder)).length;
}

const Files = z.array(z.string());
const Metafiles = z.array(z.object({ name: z.string(), inputs: Files, first: Files }));

/** The files, relative to the repository, of which something is left in a bundle; with `first`, in what it cannot start without. */
export async function inputsOf(
  bundle: string,
  folder: string = dist,
  which: 'inputs' | 'first' = 'inputs',
): Promise<readonly string[]> {
  const metafiles = await readMetafiles(folder);
  const found = metafiles.find(({ name }) => name === bundle);
  if (found === undefined) throw new Error(`${bundle} was not built: there are ${metafiles.map(({ name }) => name)}.`);
  return found[which];
}

async function readMetafiles(folder: string): Promise<z.infer<typeof Metafiles>> {
  return Metafiles.parse(JSON.parse(await readFile(path.join(folder, 'metafiles.json'), 'utf8')));
}
