/** Type-checks every project, and says how many files that were: an up-to-date build is silent. */
import { spawnSync } from 'node:child_process';
import { glob, readFile } from 'node:fs/promises';
import path from 'node:path';
import * as z from 'zod';
import { dist, root } from '../places.ts';

const BuildInfo = z.object({ fileNames: z.array(z.string()) });

const { status } = spawnSync('tsc', ['-b'], { cwd: root, stdio: ['ignore', 'inherit', 'inherit'] });
console.log(`Checked ${await filesChecked()} files.`);
process.exitCode = status ?? 1;

async function filesChecked(): Promise<number> {
  const files = new Set<string>();
  for await (const info of glob('*.tsbuildinfo', { cwd: path.join(dist, 'types') })) {
    const file = path.join(dist, 'types', info);
    const { fileNames } = BuildInfo.parse(JSON.parse(await readFile(file, 'utf8')));
    const own = fileNames.map((name) => path.resolve(path.dirname(file), name));
    for (const name of own) if (!name.includes('node_modules')) files.add(name);
  }
  return files.size;
}
