/** `node scripts/bootstrap.mjs build`: the bundles as they are used from this folder, with source maps. */
import { buildBundles } from './bundles.ts';

console.log(`Bundled ${await buildBundles({ tests: true })} files.`);
