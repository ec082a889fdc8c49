import { fork, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { build } from 'esbuild';

await build({
  entryPoints: ['/work/main/server/src/claude/index.ts'],
  outfile: '/tmp/h1/b/claude.mjs',
  bundle: true,
  minify: true,
  platform: 'node',
  format: 'esm',
  target: 'node24',
  banner: { js: "import { createRequire } from 'node:module'; const require = createRequire(import.meta.url);" },
  logLevel: 'error',
});
const server = fork('/work/main/bench/streams/server.ts');
const [m]: any = await once(server, 'message');
for (const n of ['10', '10', '20000', '20000', '20000'])
  console.log(
    n,
    spawnSync(
      process.execPath,
      [
        ...(process.argv[2] ? ['--cpu-prof', '--cpu-prof-dir=/tmp/h1', '--cpu-prof-interval', '100'] : []),
        '/tmp/h1/cold.mjs',
        String(m.port),
        '/tmp/h1/b/claude.mjs',
        n,
      ],
      { encoding: 'utf8' },
    ).stdout.trim(),
  );
server.disconnect();
