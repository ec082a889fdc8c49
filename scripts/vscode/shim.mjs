#!/usr/bin/env node
/** Stands where @vscode/test-electron expects the desktop executable: hands over to hostTests.ts on the pinned Node. */
import { spawnSync } from 'node:child_process';
import path from 'node:path';

if (Number(process.versions.node.split('.')[0]) >= 24) {
  await import('./hostTests.ts');
} else {
  const bin = path.resolve(import.meta.dirname, '..', '..', 'node_modules', '.bin', 'node');
  const args = [path.join(import.meta.dirname, 'hostTests.ts'), ...process.argv.slice(2)];
  process.exit(spawnSync(bin, args, { stdio: 'inherit' }).status ?? 1);
}
