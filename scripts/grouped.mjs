/**
 * Parts that are loaded later are put together in the package: of dozens of small files each costs its entry in the
 * archive, and none can be deflated by what the others say.
 */
import { readdir, readFile } from 'node:fs/promises';
import path from 'node:path';

/** Which parts, relative to the repository, are loaded with the first of them. Others stay as they are. */
const groups = {
  /** All that waits for a command, a view or a message; what answers the server is needed before. */
  window: /^client\/src\/(?!answers\.ts$)/,
  /** Explanations and edits: most of it is loaded ahead, a second after the start. */
  requests:
    /^server\/src\/(egress\/(outgoing|check)|features\/(explain|refactor)\/\w+|tools\/symbolsOf|lsp\/(answering|edit|errors|expla|showExpla)\w*)\.ts$/,
  /** Chats, with their commands, searches and the panel. */
  chats: /^server\/src\/(lsp\/(chat|panel)\w+|system\/(shell|search))\.ts$/,
};

/** Not `typeof import('…')`: that is a type. */
const imports = /(?<!typeof )\bimport\('(\.[^']+\.ts)'\)/g;

/** For esbuild. */
export function grouped(root) {
  const members = new Map(Object.keys(groups).map((group) => [group, new Set()]));
  const placed = (file, name) => {
    const part = path.relative(root, path.resolve(path.dirname(file), name)).replaceAll(path.sep, '/');
    return { part, group: Object.keys(groups).find((group) => groups[group].test(part)) };
  };
  return {
    name: 'grouped',
    setup(build) {
      build.onStart(async () => {
        for (const file of await sources(root))
          for (const [, name] of (await readFile(file, 'utf8')).matchAll(imports)) {
            const { part, group } = placed(file, name);
            members.get(group)?.add(part);
          }
        const empty = [...members].filter(([, parts]) => parts.size === 0);
        return {
          errors: empty.map(([group]) => ({ text: `No part is in the group ${group}: see scripts/grouped.mjs.` })),
        };
      });
      build.onLoad({ filter: /[\\/](client|server)[\\/]src[\\/].*\.ts$/ }, async ({ path: file }) => {
        const contents = (await readFile(file, 'utf8')).replaceAll(imports, (whole, name) => {
          const { part, group } = placed(file, name);
          return group === undefined ? whole : `import('group:${group}').then((all) => all.${wordFor(part)})`;
        });
        return { contents, loader: 'ts' };
      });
      build.onResolve({ filter: /^group:/ }, ({ path: name }) => ({
        path: name.slice('group:'.length),
        namespace: 'group',
      }));
      build.onLoad({ filter: /./, namespace: 'group' }, ({ path: group }) => {
        const lines = [...members.get(group)].sort().map((part) => `export * as ${wordFor(part)} from './${part}';`);
        return { contents: lines.join('\n'), resolveDir: root };
      });
    },
  };
}

async function sources(root) {
  const folders = ['client/src', 'server/src'].map(async (folder) => {
    const files = await readdir(path.join(root, folder), { recursive: true });
    return files.filter((file) => /(?<!\.test)\.ts$/.test(file)).map((file) => path.join(root, folder, file));
  });
  return (await Promise.all(folders)).flat();
}

/** `client/src/edit/answering.ts` → `client_src_edit_answering` */
function wordFor(part) {
  return part.replace(/\.ts$/, '').replaceAll(/\W/g, '_');
}
