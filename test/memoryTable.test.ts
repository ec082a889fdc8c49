/** R46: whatever is held for as long as a process lives is in the table of docs/memory.md, with the bound that the code has. */
import { existsSync, globSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { expect, test } from 'vitest';

const root = path.join(import.meta.dirname, '..');
const read = (file: string) => readFileSync(path.join(root, file), 'utf8');

interface Row {
  readonly file: string;
  readonly holds: readonly string[];
  readonly bound: string;
}

const rows = [...read('docs/memory.md').matchAll(/^\| `([\w./]+)` \| ([^|]+) \| [^|]+ \| ([^|]+) \|$/gm)].map(
  ([, file = '', holds = '', bound = '']): Row => ({ file, holds: holds.split(', '), bound }),
);

/** Rooms whose functions have no state of their own are not looked through. */
const files = ['agent', 'conversations', 'egress', 'explanations', 'features', 'ledger', 'lsp', 'system', 'tools']
  .map((room) => `server/src/${room}/**/*.ts`)
  .concat('client/src/**/*.ts')
  .flatMap((pattern) => globSync(pattern, { cwd: root }))
  .map((file) => file.replaceAll('\\', '/'))
  .filter((file) => !file.endsWith('.test.ts'))
  .toSorted();

/** Maps, sets and lists that begin empty, in a file itself or in what a `create…` returns. */
function heldIn(file: string): readonly string[] {
  let maker = '';
  return read(file)
    .split('\n')
    .flatMap((line) => {
      maker = /^(?:export )?(?:async )?function\*? (\w+)/.exec(line)?.[1] ?? (line.startsWith('}') ? '' : maker);
      const [, blanks, name = ''] =
        /^( {0,2})(?:const|let) (\w+)(?:: [^=]+)? = (?:new (?:Map|Set)(?:<.*>)?\(\)|\[\]);$/.exec(line) ?? [];
      if (blanks === undefined) return [];
      const lasts = blanks === '' ? maker === '' : /^(?:create|start|add|offer|lens)/.test(maker);
      return lasts ? [name] : [];
    });
}

test('R46: everything that is held stands in the table, and nothing else does', () => {
  const held = files.map((file) => ({ file, holds: heldIn(file) })).filter(({ holds }) => holds.length > 0);
  expect(held.length).toBeGreaterThan(60);
  expect(rows.map(({ file, holds }) => ({ file, holds: holds.toSorted() }))).toEqual(
    expect.arrayContaining(held.map(({ file, holds }) => ({ file, holds: [...holds].toSorted() }))),
  );
  expect(rows.map(({ file }) => file).toSorted()).toEqual(held.map(({ file }) => file).toSorted());
});

test('R46: each bound of the table is the one of the code', () => {
  const bounds = rows.flatMap(({ file, bound }) =>
    [...bound.matchAll(/`(\w+)` = ([\d,]+)/g)].map(([, name = '', value = '']) => ({
      file,
      name,
      value: Number(value.replaceAll(',', '')),
    })),
  );
  expect(bounds.length).toBeGreaterThan(25);
  expect(bounds.map(({ file, name }) => ({ file, name, value: boundOf(file, name) }))).toEqual(bounds);
});

/** Of a constant of the file, or of the bounds of its room. */
function boundOf(file: string, name: string): number | undefined {
  const rooms = /^((?:server|client)\/src)\/(\w+)/.exec(file) ?? [];
  const places = [file, `${rooms[0]}/limits.ts`, 'server/src/explanations/limits.ts'];
  for (const place of places.filter((each) => existsSync(path.join(root, each)))) {
    const found = new RegExp(`^(?:(?:export )?const ${name} =|  ${name}:) ([\\d_]+)[;,]$`, 'm').exec(read(place))?.[1];
    if (found !== undefined) return Number(found.replaceAll('_', ''));
  }
  return undefined;
}
