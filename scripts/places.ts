/** Where things are: the repository, what is built, and what was fetched once and is kept. */
import path from 'node:path';
import { version } from '#shared/version.ts';

export const root = path.resolve(import.meta.dirname, '..');
export const dist = path.join(root, 'dist');
/** Screenshots and logs of test runs, to look at. */
export const results = path.join(root, 'test-results');

/** Programs that were fetched (VS Code, a browser). `GLOSS_CACHE` moves it, to share it between clones. */
export function cacheFolder(): string {
  return path.resolve(process.env['GLOSS_CACHE'] ?? path.join(root, 'node_modules', '.cache', 'gloss'));
}

/** What `npm run package` writes. */
export const vsixFile = path.join(root, `gloss-${version}.vsix`);
