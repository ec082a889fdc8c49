/** Runs clients under load, each in a process of its own, against one service. */
import { fork } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { build } from 'esbuild';

export type Client = 'ours' | 'theirs' | 'bare';

/** Runs one client once; returns its figures. */
export type Run = (client: Client, ...mode: readonly (string | number)[]) => Promise<readonly number[]>;

const folder = import.meta.dirname;

/** Gives a service and bundled clients to a measurement, and takes them away after it. @param flags For Node. */
export async function withLoad<Result>(
  clients: readonly Client[],
  measure: (run: Run) => Promise<Result>,
  flags: readonly string[] = [],
): Promise<Result> {
  const bundles = await mkdtemp(path.join(tmpdir(), 'bench-'));
  const server = fork(path.join(folder, 'server.ts'));
  try {
    await bundle(clients, bundles);
    const [{ port }] = (await once(server, 'message')) as [{ readonly port: number }];
    return await measure(async (client, ...mode) => {
      const child = fork(path.join(bundles, `${client}.mjs`), [String(port), ...mode.map(String)], {
        execArgv: ['--expose-gc', ...flags],
      });
      const exited = once(child, 'exit');
      const [figures] = (await Promise.race([once(child, 'message'), exited.then(() => [[]])])) as [readonly number[]];
      await exited;
      if (figures.length === 0) throw new Error(`${client} ended without figures`);
      return figures;
    });
  } finally {
    server.disconnect();
    await rm(bundles, { recursive: true });
  }
}

/** ES modules, as a program that uses either client would be bundled; `require` is for undici's own modules. */
async function bundle(clients: readonly Client[], out: string): Promise<void> {
  await build({
    entryPoints: clients.map((client) => path.join(folder, `${client}.ts`)),
    outdir: out,
    outExtension: { '.js': '.mjs' },
    bundle: true,
    minify: true,
    platform: 'node',
    format: 'esm',
    target: 'node24',
    banner: { js: "import { createRequire } from 'node:module'; const require = createRequire(import.meta.url);" },
    logLevel: 'error',
  });
}
