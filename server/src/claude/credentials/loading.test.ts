/** What sources need is loaded when it is used: who gives a key pays for none of it. */
import { execFile } from 'node:child_process';
import path from 'node:path';
import { promisify } from 'node:util';
import { expect, test } from 'vitest';

/** The modules that are loaded by the client with every source made, before anything is asked of them. */
async function loaded(more = ''): Promise<readonly string[]> {
  const index = JSON.stringify(path.resolve(import.meta.dirname, '../index.ts'));
  const code = `
    import { registerHooks } from 'node:module';
    const seen = [];
    registerHooks({ resolve(name, context, next) { const found = next(name, context); seen.push(found.url); return found; } });
    const claude = await import(${index});
    const sources = [
      claude.keyHelper(['/bin/echo', 'k']), claude.profile('work', {}), claude.credentialsFromEnvironment({}),
      claude.workloadIdentity({ assertion: 'jwt', federationRuleId: 'f', organizationId: 'o' }),
    ];
    for (const credentials of sources) new claude.Claude({ credentials });
    new claude.Claude({ apiKey: 'k' });
    ${more}
    console.log(JSON.stringify(seen));`;
  const { stdout } = await promisify(execFile)(process.execPath, ['--input-type=module', '-e', code]);
  const list: unknown = JSON.parse(stdout);
  return Array.isArray(list) ? list.map(String) : [];
}

const needed =
  /child_process|node:fs|node:os|\/zod\/|undici\/lib|command\.ts|credentials\/files\.ts|profileFiles\.ts|endpoint\.ts/;

test('processes, files and the checks of profiles are not loaded before they are used', async () => {
  const all = await loaded();
  expect(all.filter((url) => needed.test(url))).toEqual([]);
  expect(all.some((url) => url.endsWith('/credentials/helper.ts'))).toBe(true);
});

test('and are loaded then', async () => {
  const all = await loaded(
    'await sources[0].token(new AbortController().signal, { clock: { wall: () => 0 }, scrub: Object.assign((text) => text, { learn() {} }) });',
  );
  expect(all).toContain('node:child_process');
  expect(all.some((url) => /node:fs|\/zod\//.test(url))).toBe(false);
});
