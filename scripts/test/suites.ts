/** Everything that `npm test` runs. */
import path from 'node:path';
import { chromiumPath } from '../chromium.ts';
import { neovimPath } from '../neovim.ts';
import { root, vsixFile } from '../places.ts';
import { installVscode } from '../vscode/install.ts';
import { lastLine, oneCheck, type Reader, vitestReport } from './counts.ts';

interface Entry {
  readonly name: string;
  readonly title: string;
  readonly needs?: readonly string[];
}

/** A program that checks. */
export interface Suite extends Entry {
  readonly kind: 'suite';
  readonly command: readonly [string, ...string[]];
  readonly environment?: Readonly<Record<string, string>>;
  readonly read: Reader;
  /** Files that failed are run once more, see `again.ts`. */
  readonly isRepeated?: true;
  /** Share of the machine: 1 is a core. */
  readonly weight: number;
}

/** Something to have before: it is fetched once, and counts only when that fails. */
export interface Preparation extends Entry {
  readonly kind: 'preparation';
  prepare(say: (step: string) => void): Promise<unknown>;
}

const window = ['build', 'vscode', 'browser'];

/** What is needed stands before what needs it. */
export const entries: readonly (Suite | Preparation)[] = [
  { kind: 'preparation', name: 'vscode', title: 'VS Code', prepare: installVscode },
  { kind: 'preparation', name: 'browser', title: 'Browser', prepare: chromiumPath },
  { kind: 'preparation', name: 'neovim', title: 'Neovim', prepare: neovimPath },
  {
    kind: 'suite',
    name: 'build',
    title: 'Bundles',
    command: ['node', 'scripts/build.ts'],
    read: oneCheck(/Bundled (\d+) files/),
    weight: 1,
  },
  {
    kind: 'suite',
    name: 'lint',
    title: 'Format and lint',
    command: ['biome', 'check', '--error-on-warnings'],
    read: oneCheck(/Checked (\d+) files/),
    weight: 1,
  },
  {
    kind: 'suite',
    name: 'unused',
    title: 'Unused code and dependencies',
    command: ['knip', '--reporter', 'symbols', '--reporter', './scripts/test/knipProof.ts'],
    read: oneCheck(/Looked at (\d+) files/),
    weight: 1,
  },
  {
    kind: 'suite',
    name: 'types',
    title: 'Types',
    // Both write the declarations of the client for the Claude API.
    needs: ['build'],
    command: ['node', 'scripts/test/types.ts'],
    read: oneCheck(/Checked (\d+) files/),
    weight: 1,
  },
  { ...vitest('unit', 'Units and protocol', 'vitest.config.ts'), needs: ['build'], weight: 2 },
  {
    kind: 'suite',
    name: 'package',
    title: 'Package',
    command: ['node', 'scripts/package.ts'],
    read: oneCheck(/\.vsix: (\d+) files/),
    weight: 1,
  },
  {
    kind: 'suite',
    name: 'editors',
    title: 'Neovim',
    needs: ['build', 'neovim'],
    command: ['node', 'test/editors/run.ts'],
    read: lastLine,
    weight: 1,
  },
  {
    kind: 'suite',
    name: 'integration',
    title: 'Inside the extension host',
    needs: window,
    command: ['node', 'test/integration/run.ts'],
    read: lastLine,
    weight: 1,
  },
  {
    ...vitest('e2e', 'In a VS Code window', 'test/e2e/vitest.config.ts'),
    needs: window,
    isRepeated: true,
    weight: 2,
  },
  {
    ...vitest('packaged', 'In a VS Code window, from the .vsix', 'test/e2e/vitest.config.ts', 'explain.test.ts'),
    needs: ['package', 'vscode', 'browser'],
    environment: { GLOSS_VSIX: vsixFile },
    isRepeated: true,
    weight: 1,
  },
];

function vitest(name: string, title: string, config: string, ...filters: readonly string[]) {
  const report = reportFile(name);
  const reporters = ['--reporter=default', '--reporter=json', `--outputFile.json=${report}`];
  const command = ['vitest', 'run', '--config', config, ...reporters, ...filters] as const;
  return { kind: 'suite', name, title, command, read: vitestReport } as const;
}

/** Where a vitest suite leaves its report. */
export function reportFile(name: string): string {
  return path.join(root, 'node_modules', '.cache', 'gloss-reports', `${name}.json`);
}
