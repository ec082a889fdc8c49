/** R4, R5, R9, R23, R24, R26: the server as a process, and what is left when something breaks. */
import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { cp, mkdtemp, readdir, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import {
  CancellationTokenSource,
  createMessageConnection,
  LSPErrorCodes,
  StreamMessageReader,
  StreamMessageWriter,
} from 'vscode-languageserver-protocol/node';
import type { Scenario } from '../../server/src/demo/scenario.ts';
import { type Demo, startDemo } from '../../server/src/demo/server.ts';
import { type FakeEditor, startEditor } from '../harness/fakeEditor.ts';

const uri = 'file:///work/a.ts';
const code = "export function greet(name: string) {\n  return 'hello ' + name;\n}\n";
const range = { start: { line: 1, character: 0 }, end: { line: 1, character: 0 } };
/** The bundle: what is shipped, and quick to start. `npm test` builds it first. */
const main = path.resolve(import.meta.dirname, '../../dist/server.mjs');

/** A copy of the bundle in a new folder, without one of its parts. */
async function serverWithout(part: string): Promise<string> {
  const folder = await mkdtemp(path.join(tmpdir(), 'gloss-parts-'));
  const isThere = (file: string) => !file.endsWith('.map') && !path.basename(file).startsWith(`${part}-`);
  await cp(main, path.join(folder, 'server.mjs'));
  await cp(path.join(path.dirname(main), 'server'), path.join(folder, 'server'), { recursive: true, filter: isThere });
  return folder;
}

let demo: Demo;
beforeEach(async () => {
  demo = await startDemo({ delay: 0 });
});
afterEach(() => demo.close());

const process24 = () => ({ ANTHROPIC_API_KEY: demo.key, ANTHROPIC_BASE_URL: demo.url });

async function opened(options: Parameters<typeof startEditor>[0]): Promise<FakeEditor> {
  const editor = await startEditor(options);
  await editor.open(uri, code);
  return editor;
}

function inProcess(): Promise<FakeEditor> {
  return opened({ connection: { baseUrl: demo.url, credential: { kind: 'apiKey', value: demo.key } } });
}

describe('a service that breaks', () => {
  const begun = ['The function ', 'greets.'];
  test.each<[string, Scenario, RegExp, string]>([
    ['R4: a stream that is cut', { text: begun, cutAfter: 5 }, /cut|end|broke|closed/i, 'The function greets.'],
    ['R5: an error in the stream', { text: begun, errorAfter: 5 }, /too much to do/i, 'The function greets.'],
    ['R9: a page of HTML', { html: '<h1>Sign in</h1>' }, /text\/html/i, ''],
    ['a key that is not known', { error: { status: 401, type: 'authentication_error' } }, /key/i, ''],
    [
      'a model that does not exist',
      { error: { status: 404, type: 'not_found_error', message: 'model: x' } },
      /model/i,
      '',
    ],
  ])('%s gives a message and keeps the text that had arrived', async (_name, scenario, message, partial) => {
    demo.use(scenario);
    await using editor = await inProcess();
    const error = await editor.explain({ uri, range }).then(
      () => undefined,
      (failed: { message: string; data: { partial?: string } }) => failed,
    );
    expect(error?.message).toMatch(message);
    expect((error?.data.partial ?? '').trim()).toBe(partial);
    expect(editor.chunks.map(({ text }) => text).join('')).toBe(partial);
    demo.use(undefined);
    expect((await editor.explain({ uri, range })).markdown).toContain('greet');
  });

  test('R16: a spent budget gives a message, also to whoever asks again at once', async () => {
    const details = { error_code: 'enforced_spend_limit_reached' };
    demo.use({ error: { status: 429, type: 'rate_limit_error', details } });
    await using editor = await inProcess();
    await expect(editor.explain({ uri, range })).rejects.toThrow(/A spending limit is reached/);
    demo.use(undefined);
    await expect(editor.explain({ uri, range })).rejects.toThrow(/A spending limit is reached/);
    await using later = await inProcess();
    expect((await later.explain({ uri, range })).markdown).toContain('greet');
  });

  test('a refusal is told as one, and an answer that was cut at the limit says so', async () => {
    await using editor = await inProcess();
    demo.use({ text: 'I cannot', stopReason: 'refusal', stopDetails: { category: 'cyber' } });
    expect((await editor.explain({ uri, range })).notices.join()).toMatch(/declined.*cyber/);
    demo.use({ text: 'It is', stopReason: 'max_tokens' });
    expect((await editor.explain({ uri, range })).notices.join()).toMatch(/length limit/);
  });

  test('an endpoint that nobody answers at is named', async () => {
    const { url } = demo;
    await demo.close();
    await using editor = await opened({ connection: { baseUrl: url, credential: { kind: 'apiKey', value: 'k' } } });
    const report = (await editor.rpc.sendRequest('gloss/checkConnection', {})) as {
      ok: boolean;
      summary: string;
      stages: { name: string; state: string }[];
    };
    expect(report.ok).toBe(false);
    expect(report.summary).toContain(new URL(url).host);
    expect(report.stages.find(({ state }) => state === 'failed')?.name).toBe('connect');
  });

  test('no key is said, with what to do', async () => {
    await using editor = await opened({});
    await expect(editor.explain({ uri, range })).rejects.toMatchObject({
      message: expect.stringMatching(/no API key/),
      data: { kind: 'noKey', remedies: ['setKey', 'startDemo'] },
    });
    expect(editor.statuses.at(-1)).toMatchObject({ state: 'signedOut' });
  });

  test('a new key is tried with the service that it is for, also while the demo runs', async () => {
    await using editor = await opened({ connection: { baseUrl: demo.url } });
    await editor.rpc.sendRequest('gloss/demo', { run: true });
    const tried = async (candidate: string) => editor.rpc.sendRequest('gloss/checkConnection', { candidate });
    expect(await tried(demo.key)).toMatchObject({ ok: true });
    expect(await tried('wrong')).toMatchObject({ ok: false, summary: expect.stringMatching(/401/) });
  });

  test('the demo starts on request, answers without a key, and stops', async () => {
    await using editor = await opened({});
    expect(await editor.rpc.sendRequest('gloss/demo', { run: true })).toEqual({ running: true });
    expect(await editor.explain({ uri, range })).toMatchObject({
      demo: true,
      markdown: expect.stringMatching(/no model is running/),
    });
    await expect.poll(() => editor.statuses.at(-1)).toMatchObject({ state: 'ready', demo: true });
    await editor.rpc.sendRequest('gloss/demo', { run: false });
    await expect(editor.explain({ uri, range })).rejects.toThrow(/no API key/);
  });
});

describe('the process', () => {
  test('after shutdown nothing is sent, and a second initialize is refused', async () => {
    await using editor = await inProcess();
    await expect(
      editor.rpc.sendRequest('initialize', { processId: null, rootUri: null, capabilities: {} }),
    ).rejects.toThrow(/initialized already/);
    await editor.rpc.sendRequest('shutdown');
    await expect(editor.explain({ uri, range })).rejects.toThrow(/shut the server down/);
    expect(demo.requests).toEqual([]);
  });

  test.each([
    { initializationOptions: 'x', workspaceFolders: 'x' },
    {
      initializationOptions: { storage: 'relative/folder', trusted: 'yes', baseUrl: 5 },
      workspaceFolders: [null, {}, { uri: 5 }],
      capabilities: { experimental: { gloss: 'x' } },
    },
  ])('R42: %j is read as far as it makes sense', async (more) => {
    await using server = startRaw();
    await server.rpc.sendRequest('initialize', { processId: null, capabilities: {}, locale: {}, ...more });
    expect(await server.rpc.sendRequest('textDocument/codeLens', { textDocument: { uri } })).toEqual([]);
  });

  test('what an editor says while the server is still loading is heard in its order', async () => {
    await using server = startRaw();
    const { rpc } = server;
    const lenses = () => rpc.sendRequest<unknown[]>('textDocument/codeLens', { textDocument: { uri } });
    const say = (what: string, params: object) => rpc.sendNotification(`textDocument/${what}`, params);
    const change = (version: number) => {
      const contentChanges = [
        { range: { start: { line: 0, character: 0 }, end: { line: 0, character: 0 } }, text: code },
      ];
      return say('didChange', { textDocument: { uri, version }, contentChanges });
    };
    const stop = new CancellationTokenSource();
    const said = [
      rpc.sendRequest('initialize', { processId: null, rootUri: null, capabilities: {} }),
      rpc.sendNotification('initialized', {}),
      say('didOpen', { textDocument: { uri, languageId: 'typescript', version: 1, text: code } }),
      lenses(),
      change(2),
      change(3),
      lenses(),
      rpc
        .sendRequest('workspace/executeCommand', { command: 'gloss.explain', arguments: [{ uri, range }] }, stop.token)
        .catch((error: unknown) => error),
      say('didClose', { textDocument: { uri } }),
      lenses(),
    ];
    stop.cancel();
    const answers = await Promise.all(said);
    expect([answers[3], answers[6], answers[9]]).toMatchObject([{ length: 1 }, { length: 3 }, { length: 0 }]);
    expect(answers[7]).toMatchObject({ code: LSPErrorCodes.RequestCancelled });
  });

  test('R23: a server that cannot load its parts says so and ends', async () => {
    const folder = await serverWithout('session');
    const child = spawn(process.execPath, [path.join(folder, 'server.mjs'), '--stdio']);
    let said = '';
    child.stderr.on('data', (part: Buffer) => {
      said += part.toString();
    });
    const closed = once(child, 'close');
    await answered(child);
    expect(await closed).toEqual([1, null]);
    expect(said).toMatch(/^gloss-language-server \S+ cannot start: .*session-\w+\.mjs/);
    await rm(folder, { recursive: true });
  });

  test('R23: a part that an update took away under the running server fails its request, and what helps is said', async () => {
    const folder = await serverWithout('check');
    const child = spawn(process.execPath, [path.join(folder, 'server.mjs'), '--stdio']);
    const rpc = createMessageConnection(new StreamMessageReader(child.stdout), new StreamMessageWriter(child.stdin));
    rpc.listen();
    await rpc.sendRequest('initialize', { processId: process.pid, rootUri: null, capabilities: {} });
    await expect(rpc.sendRequest('gloss/checkConnection', {})).rejects.toMatchObject({
      message: expect.stringMatching(/updated while it ran.*Restart/),
      data: { kind: 'outdated', remedies: ['restart', 'showLog'] },
    });
    rpc.dispose();
    child.kill();
    await once(child, 'exit');
    await rm(folder, { recursive: true });
  });

  test('R24: a server killed in the middle of an answer leaves its receipt, and the next one works', async () => {
    demo.use({ text: begunAndHeld, hold: new Promise(() => undefined) });
    await using editor = await opened({ process: process24(), bare: true });
    const asked = editor.command('gloss.explain', { uri, range, level: 'line' }).then(
      () => 'answered',
      () => 'failed',
    );
    await expect.poll(() => demo.requests.length).toBe(1);
    editor.child?.kill('SIGKILL');
    await once(editor.child ?? process, 'exit');
    editor.rpc.dispose();
    expect(await asked).toBe('failed');
    const receipts = await readdir(path.join(editor.storage, 'receipts'));
    expect(receipts.map((name) => name.replace(/^.*?\./, ''))).toEqual(['request.json']);
    await expect.poll(() => demo.openSockets()).toBe(0);
    demo.use(undefined);
    await using next = await opened({ process: process24(), bare: true });
    expect(await next.command('gloss.explain', { uri, range, level: 'line' })).toMatchObject({ symbol: 'greet' });
  });

  test('R26: the server ends when its client closes the pipe', async () => {
    const child = spawn(process.execPath, [main, '--stdio'], {
      stdio: ['pipe', 'pipe', 'inherit'],
      env: { ...process24(), HOME: '/nonexistent' },
    });
    await answered(child);
    child.stdin.destroy();
    await once(child, 'exit');
  });

  test('R26: the server ends when its client is killed', async () => {
    const program = `
      const { spawn } = require('node:child_process');
      const server = spawn(process.execPath, [${JSON.stringify(main)}, '--stdio'], { stdio: ['pipe', 'pipe', 'inherit'] });
      server.stdout.once('data', () => console.log(server.pid));
      const body = ${JSON.stringify(initialize(0))}.replace('"processId":0', '"processId":' + process.pid);
      server.stdin.write('Content-Length: ' + Buffer.byteLength(body) + '\\r\\n\\r\\n' + body);
      setInterval(() => {}, 1000);`;
    const client = spawn(process.execPath, ['-e', program], { stdio: ['ignore', 'pipe', 'inherit'] });
    const [line] = (await once(client.stdout, 'data')) as [Buffer];
    const pid = Number(line.toString());
    expect(isAlive(pid)).toBe(true);
    client.kill('SIGKILL');
    await expect.poll(() => isAlive(pid), { timeout: 15_000 }).toBe(false);
  });

  test.each([
    [['--version'], 0, /^\d+\.\d+\.\d+\n$/],
    [['--help'], 0, /--stdio/],
    [[], 1, /--stdio/],
  ] as const)('%j answers on the command line', async (given, status, expected) => {
    const child = spawn(process.execPath, [main, ...given], { stdio: ['ignore', 'pipe', 'inherit'] });
    let output = '';
    child.stdout.on('data', (part: Buffer) => {
      output += part.toString();
    });
    const [code] = (await once(child, 'close')) as [number];
    expect([code, output]).toEqual([status, expect.stringMatching(expected)]);
  });

  test('S32: the key is in no argument and not in the environment that a child would get', async () => {
    const child = spawn(
      process.execPath,
      [
        '--input-type=module',
        '-e',
        `process.argv.push('x', '--stdio'); await import(${JSON.stringify(main)}); process.stderr.write(JSON.stringify(process.env)); process.exit(0);`,
      ],
      {
        stdio: ['pipe', 'ignore', 'pipe'],
        env: { ANTHROPIC_API_KEY: 'sk-canary-1', ANTHROPIC_AUTH_TOKEN: 'canary-2', HOME: '/nonexistent' },
      },
    );
    let seen = '';
    child.stderr.on('data', (part: Buffer) => {
      seen += part.toString();
    });
    await once(child, 'close');
    expect(seen).toContain('HOME');
    expect(seen).not.toContain('canary');
  });
});

const begunAndHeld = ['a', 'b'];

/** A server that nobody has initialized yet. */
function startRaw() {
  const child = spawn(process.execPath, [main, '--stdio'], {
    stdio: ['pipe', 'pipe', 'inherit'],
    env: { HOME: '/nonexistent' },
  });
  const rpc = createMessageConnection(new StreamMessageReader(child.stdout), new StreamMessageWriter(child.stdin));
  rpc.listen();
  return {
    rpc,
    async [Symbol.asyncDispose]() {
      rpc.dispose();
      child.kill('SIGKILL');
      await once(child, 'exit');
    },
  };
}

function initialize(processId: number, more: object = {}): string {
  return JSON.stringify({
    jsonrpc: '2.0',
    id: 1,
    method: 'initialize',
    params: { processId, rootUri: null, capabilities: {}, ...more },
  });
}

/** Waits for the answer to `initialize`. */
async function answered(child: ChildProcess, more: object = {}): Promise<void> {
  const body = initialize(process.pid, more);
  child.stdin?.write(`Content-Length: ${Buffer.byteLength(body)}\r\n\r\n${body}`);
  let output = '';
  child.stdout?.on('data', (part: Buffer) => {
    output += part.toString();
  });
  await expect.poll(() => output).toContain('"capabilities"');
}

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch {
    return false;
  }
}
