/** What the service said in its own words. Apart: `import()` brings all that a file exports, and of the Claude client only this is wanted. */
export { originalsIn, restoreOriginals } from '../claude/index.ts';
