/** The Claude client as Gloss uses it. Apart: `import()` brings all that a file exports, and its index is for other programs too. */
export { Claude } from '../claude/index.ts';
