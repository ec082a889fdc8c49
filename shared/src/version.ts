/** This program's version; `test/manifest.test.ts` holds it to package.json. */
export const version = '0.1.0';
