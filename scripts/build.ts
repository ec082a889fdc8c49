/** `node scripts/bootstrap.mjs build`: the bundles as they are used from this folder, with source maps, and the types of the client for the Claude API. */
import { buildBundles } from './bundles.ts';
import { root } from './places.ts';
import { runToEnd } from './processes.ts';

const [count] = await Promise.all([
  buildBundles({ tests: true }),
  runToEnd('tsc', ['-b', 'server/src/claude'], { cwd: root }),
]);
console.log(`Bundled ${count} files.`);
