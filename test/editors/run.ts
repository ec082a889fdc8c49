/** A real Neovim explains, changes code, suggests and chats through the stand-alone server, as it is bundled, against the demo backend and a strict service that is not ours. */
import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { neovimPath } from '../../scripts/neovim.ts';
import { dist, root } from '../../scripts/places.ts';
import { startDemo } from '../../server/src/demo/server.ts';
import { chatStory, storyFiles } from '../harness/chatStory.ts';
import { startForeignService } from '../harness/foreignService.ts';

const explained = `def bigger(a, b):
    if a > b:
        return a
    return b
def total(prices, tax):
    return sum(prices) * (1 + tax)


class Basket:
    def __init__(self):
        self.prices = []
`;

const edited = `import os

def bigger(a, b):
    if a > b:
        return a
    return b

def total(prices, tax):
    return sum(prices) * (1 + tax)
`;

const clumsy = 'def good(n):\n    if n > 0:\n        return True\n    else:\n        return False\n';

/** Scripts, and the files of the workspace that each works in. */
const scripts: Readonly<Record<string, Readonly<Record<string, string>>>> = {
  'explain.lua': { 'basket.py': explained },
  'edit.lua': {
    'basket.py': edited,
    'dos.py': 'def half(n):\r\n    return n / 2\r\n\r\nx = 1\r\n',
    'bare.py': 'def good(n):\n    if n > 0:\n        return True\n    else:\n        return False',
    'cart.ts': 'export function totalOf(prices: number[]): number {\n  return prices.length;\n}\n',
    'taken.ts': 'export function taken(a: number): number {\n  return a;\n}\n',
    'taken.test.ts': '// Written by hand.\n',
    '.gloss/actions/broken.json': '{ "title": "Broken" }',
    '.gloss/actions/logger.json': '{ "title": "Use Our Logger", "instruction": "Replace print by log." }',
  },
  'chat.lua': { 'basket.py': explained, 'good.py': clumsy, 'fine.py': clumsy },
  'suggestions.lua': { 'basket.py': explained, '.env': 'TOKEN=\n' },
  'conversation.lua': { 'basket.py': explained, ...storyFiles },
};

/** The server must have gone this many milliseconds after its editor. */
const longestOrphan = 5000;

const neovim = await neovimPath((step) => console.log(step));
const demo = await startDemo({ delay: 0 });
const counts = { passed: 0, failed: 0 };
try {
  const chosen = process.argv.slice(2);
  for (const script of Object.keys(scripts).filter((name) => chosen.length === 0 || chosen.includes(name)))
    if (script === 'conversation.lua') await converses(script);
    else await runs(script, demo);
  await survivesNothing(demo);
} finally {
  await demo.close();
}
console.log(`${counts.passed} passed, ${counts.failed} failed`);
process.exit(Math.min(counts.failed, 1));

function check(sentence: string, ok: boolean): void {
  counts[ok ? 'passed' : 'failed'] += 1;
  console.log(`${ok ? 'ok   ' : 'FAIL '}${sentence}`);
}

interface Backend {
  readonly url: string;
  readonly key: string;
}

/** Against a service that refuses whatever the API would refuse. */
async function converses(script: string): Promise<void> {
  const service = await startForeignService({ script: chatStory() });
  try {
    await runs(script, service);
    for (const line of service.refused) console.log(`     ${line}`);
    check('the service has refused nothing', service.refused.length === 0 && service.heard.length === 6);
  } finally {
    await service.close();
  }
}

async function runs(script: string, backend: Backend): Promise<void> {
  await using session = await openNeovim(script, backend);
  let output = '';
  session.child.stdout?.on('data', (text: Buffer) => {
    output += text;
    process.stdout.write(String(text).replace(/^\d+ passed, \d+ failed\n/m, ''));
  });
  const limit = setTimeout(() => session.child.kill('SIGKILL'), 180_000);
  const [exitCode] = await once(session.child, 'close');
  clearTimeout(limit);
  const sum = /^(\d+) passed, (\d+) failed$/m.exec(output);
  counts.passed += Number(sum?.[1] ?? 0);
  counts.failed += Number(sum?.[2] ?? 1);
  check('Neovim ends well', exitCode === 0);
  check('no server is left when Neovim has ended', await isGone(await session.serverId()));
}

/** An editor that dies takes its server along. */
async function survivesNothing(backend: Backend): Promise<void> {
  await using session = await openNeovim('explain.lua', backend, { LSP_HOLD: '1' });
  const { stdout } = session.child;
  for await (const text of stdout ?? []) if (String(text).includes('holding')) break;
  const server = await session.serverId();
  check('the server runs while Neovim does', await isRunning(server));
  session.child.kill('SIGKILL');
  check('no server is left when Neovim is killed', await isGone(server));
}

interface Session extends AsyncDisposable {
  readonly child: ChildProcess;
  /** The server's process id. */
  serverId(): Promise<number>;
}

async function openNeovim(
  script: string,
  backend: Backend,
  more: Readonly<Record<string, string>> = {},
): Promise<Session> {
  const folder = await mkdtemp(path.join(tmpdir(), 'gloss-neovim-'));
  const workspace = path.join(folder, 'workspace');
  for (const [name, text] of Object.entries(scripts[script] ?? {})) {
    await mkdir(path.dirname(path.join(workspace, name)), { recursive: true });
    await writeFile(path.join(workspace, name), text);
  }
  const idFile = path.join(folder, 'server.pid');
  const server = [process.execPath, path.join(dist, 'server.mjs'), '--stdio'];
  // The shell leaves its process id, which becomes the server's.
  const command = ['sh', '-c', 'echo $$ > "$0"; exec "$@"', idFile, ...server];
  const child = spawn(neovim, ['--headless', '--clean', '-c', 'execute "luafile" fnameescape($LSP_SCRIPT)'], {
    cwd: workspace,
    stdio: ['ignore', 'pipe', 'inherit'],
    env: {
      PATH: process.env['PATH'],
      HOME: folder,
      TMPDIR: folder,
      LSP_COMMAND: JSON.stringify(command),
      LSP_FILE: path.join(workspace, 'basket.py'),
      LSP_SCRIPT: path.join(import.meta.dirname, script),
      LSP_PAGE: path.join(root, 'docs/editors/neovim.md'),
      LSP_SUPPORT: path.join(import.meta.dirname, 'support.lua'),
      ANTHROPIC_API_KEY: backend.key,
      ANTHROPIC_BASE_URL: backend.url,
      ...more,
    },
  });
  return {
    child,
    serverId: async () => Number(await readFile(idFile, 'utf8')),
    [Symbol.asyncDispose]: async () => {
      child.kill('SIGKILL');
      await rm(folder, { recursive: true, force: true });
    },
  };
}

async function isGone(id: number): Promise<boolean> {
  for (const deadline = performance.now() + longestOrphan; performance.now() < deadline; await delay(50))
    if (!(await isRunning(id))) return true;
  process.kill(id, 'SIGKILL');
  return false;
}

async function isRunning(id: number): Promise<boolean> {
  try {
    process.kill(id, 0);
  } catch {
    return false;
  }
  // One that has ended and that nobody has asked about is still in the list.
  const state = await readFile(`/proc/${id}/stat`, 'utf8').catch(() => '');
  return !/\) Z /.test(state);
}
