/** Finds the parts of this program beside it, without asking the disk which way leads there. */
import * as modules from 'node:module';

/**
 * For each import of each part Node looks up the real place of a file, letter by letter: work for which V8 gets its best
 * compiler out, 5 MB of code. Our parts lie where they name each other.
 * @param main Address of the file that was started, with links resolved, as `import.meta.url` tells it.
 */
export function findOwnParts(main: string): void {
  const folder = new URL('.', main).href;
  // Absent from Node before 22.15.
  modules.registerHooks?.({
    resolve(name, context, next) {
      const { parentURL: parent } = context;
      const isOurs = parent?.startsWith(folder) === true && /^\.\/(?:server\/)?[\w-]+\.mjs$/.test(name);
      return isOurs ? { url: new URL(name, parent).href, format: 'module', shortCircuit: true } : next(name, context);
    },
  });
}
