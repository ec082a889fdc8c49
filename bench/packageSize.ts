/** The size of what is installed into VS Code. */
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { largestPackage, packExtension } from '../scripts/vsix.ts';
import type { Bench } from './row.ts';

export const bench: Bench = {
  title: 'Package',
  async run() {
    const folder = await mkdtemp(path.join(tmpdir(), 'gloss-bench-'));
    try {
      const { size } = await packExtension(path.join(folder, 'gloss.vsix'));
      const result = `${size.toLocaleString('en')} bytes`;
      const bar = `at most ${largestPackage.toLocaleString('en')} bytes`;
      return [{ figure: '.vsix', ours: result, control: '', bar, result, held: size <= largestPackage }];
    } finally {
      await rm(folder, { recursive: true, force: true });
    }
  },
};
