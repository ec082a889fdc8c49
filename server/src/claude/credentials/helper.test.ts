/** Keys from real commands: what they may see, what they may print, and what is left of them. */
import { readFileSync } from 'node:fs';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { failureOf, good, oneAttempt, request } from '../../../../test/harness/claudeCalls.ts';
import { askingWith, unauthorized } from '../../../../test/harness/credentials.ts';
import type { Answer } from '../../../../test/harness/scriptedTransport.ts';
import { systemClock } from '../clock.ts';
import { type ClaudeOptions, type KeyHelperOptions, keyHelper } from '../index.ts';

let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(path.join(tmpdir(), 'helper-'));
});
afterAll(() => rm(folder, { recursive: true, force: true }));

/** A command that runs this piece of JavaScript. */
const script = (code: string, ...words: readonly string[]) => [process.execPath, '-e', code, ...words];
const printing = (text: string) => script(`process.stdout.write(${JSON.stringify(text)})`);

function askingHelper(
  command: readonly string[],
  options: KeyHelperOptions = {},
  more: { readonly client?: Partial<ClaudeOptions>; readonly answers?: readonly Answer[] } = {},
) {
  return askingWith({ credentials: keyHelper(command, options), ...more.client }, more.answers);
}

describe('a key helper', () => {
  test.each<[string, string, string]>([
    ['its key', 'sk-1\n', 'sk-1'],
    ['a key without end of line', 'sk-1', 'sk-1'],
    ['a key between blanks', ' \r\n sk-1 \r\n', 'sk-1'],
    ['more lines', 'sk-1\nexpires soon\n', 'sk-1'],
  ])('prints %s', async (_name, text, sent) => {
    const helper = askingHelper(printing(text));
    await helper.claude.messages.create(request);
    expect(helper.sent()).toEqual([sent]);
    expect(helper.transport.requests[0]?.headers).toMatchObject({ 'x-api-key': sent });
  });

  test('has its key sent as bearer token when it says so, or the client', async () => {
    const helpers = [
      askingHelper(printing('k'), { header: 'bearer' }),
      askingHelper(printing('k'), {}, { client: { keyScheme: 'bearer' } }),
    ];
    for (const { claude, transport } of helpers) {
      await claude.messages.create(request);
      expect(transport.requests[0]?.headers).toMatchObject({ authorization: 'Bearer k' });
      expect(transport.requests[0]?.headers).not.toHaveProperty('anthropic-beta');
    }
  });

  /** A helper that prints `k1`, `k2`, … and counts its runs in a file. */
  const counting = (name: string) => {
    const file = path.join(folder, name);
    const code =
      "const fs=require('fs'),f=process.argv[1];fs.appendFileSync(f,'x');console.log('k'+fs.readFileSync(f).length)";
    return script(code, file);
  };

  test('is run once for calls that wait, and again after five minutes', async () => {
    const { claude, clock, sent } = askingHelper(counting('five'));
    await Promise.all([1, 2, 3].map(() => claude.messages.create(request)));
    await clock.pass(299_999);
    await claude.messages.create(request);
    await clock.pass(1);
    await claude.messages.create(request);
    expect(sent()).toEqual(['k1', 'k1', 'k1', 'k1', 'k2']);
  });

  test('is run again after the time that was said, and when the wall clock went back', async () => {
    const { claude, clock, sent } = askingHelper(counting('said'), { refreshAfter: 1_000 });
    await claude.messages.create(request);
    await clock.pass(1_000);
    await claude.messages.create(request);
    clock.shiftWall(-60_000);
    await claude.messages.create(request);
    expect(sent()).toEqual(['k1', 'k2', 'k3']);
  });

  test('is run again when its key was refused', async () => {
    const { claude, sent } = askingHelper(counting('refused'), {}, { answers: [good, unauthorized, good] });
    await claude.messages.create(request);
    await claude.messages.create(request, oneAttempt);
    await claude.messages.create(request);
    expect(sent()).toEqual(['k1', 'k1', 'k2', 'k2']);
  });

  test.each<[string, readonly string[], string, RegExp]>([
    ['prints nothing', printing(' \n'), 'authentication', /printed no key\./],
    ['prints what is no key', printing('not a canary 1234\n'), 'authentication', /characters that no key has/],
    ['prints 65 KB', script("process.stdout.write('x'.repeat(65537))"), 'authentication', /more than 64 KB/],
    [
      'prints without end',
      script("setInterval(()=>process.stdout.write('x'.repeat(9999)),0)"),
      'authentication',
      /64 KB/,
    ],
    [
      'fails',
      script("console.error('vault is sealed');process.exit(3)"),
      'authentication',
      /ended with code 3\. It says: vault is sealed/,
    ],
    [
      'kills itself',
      script("process.kill(process.pid,'SIGTERM');setTimeout(()=>{},9999)"),
      'authentication',
      /signal SIGTERM/,
    ],
    [
      'fails with the key in its complaint',
      script("console.log('sk-canary-123456');console.error('+ echo sk-canary-123456');process.exit(1)"),
      'authentication',
      /It says: \+ echo \[key\]/,
    ],
    [
      'fails with a key that it did not print',
      script("console.error('bad: sk-canary-1234567');process.exit(1)"),
      'authentication',
      /It says: bad: \[key\]/,
    ],
    [
      'complains without end',
      script("console.error('e '.repeat(1e5));process.exit(1)"),
      'authentication',
      /^.{300,700}$/,
    ],
    ['is not there', ['/nowhere/canary/helper', 'canary'], 'configuration', /The key helper helper was not found/],
    ['is not in PATH', ['no-such-helper-1'], 'configuration', /no-such-helper-1 was not found\. Give its full path/],
    ['may not be run', ['/etc/passwd'], 'configuration', /could not be started \(EACCES\)/],
  ])('that %s is an error that says so and shows no key', async (_name, command, kind, says) => {
    const { claude, clock } = askingHelper(command);
    const error = await failureOf(claude.messages.create(request, oneAttempt));
    expect(error).toMatchObject({ kind, stage: 'credentials' });
    expect(error.message).toMatch(says);
    expect(`${error.message} ${String(error.cause)}`).not.toMatch(/canary/);
    expect(clock.pending).toBe(0);
  });

  test.each<[string, unknown, RegExp]>([
    ['a text', 'op read canary', /not a list of texts/],
    ['an empty list', [], /has no program/],
    ['a blank program', [' '], /has no program/],
    ['a number', ['a', 5], /not a list of texts/],
    ['a zero byte', ['a', 'canary\0'], /not a list of texts/],
    ['a path from here', ['./canary'], /relative path/],
    ['a path from above', ['../bin/canary'], /relative path/],
    ['a path below', ['bin/canary'], /relative path/],
  ])('cannot be %s', (_name, command, says) => {
    // What JavaScript callers may do.
    const make = () => keyHelper(command as readonly string[]);
    expect(make).toThrow(says);
    expect(make).not.toThrow(/canary/);
  });
});

describe('what a key helper is run with', () => {
  /** What the command finds: its variables, folder, arguments and input. */
  async function found(options: KeyHelperOptions, ...words: readonly string[]) {
    const file = path.join(folder, 'found');
    const code = `require('fs').writeFileSync(process.argv[1],JSON.stringify({env:process.env,cwd:process.cwd(),words:process.argv.slice(2),stdin:require('fs').readFileSync(0,'utf8')}));console.log('k')`;
    await askingHelper(script(code, file, ...words), options).claude.messages.create(request);
    // What the script above wrote.
    return JSON.parse(await readFile(file, 'utf8')) as {
      readonly env: Record<string, string>;
      readonly cwd: string;
      readonly words: readonly string[];
      readonly stdin: string;
    };
  }

  const names = ['TOKEN', 'KEY', 'SECRET', 'PASSWORD', 'CREDENTIALS', 'COOKIE', 'AUTH', 'PIN'];
  const secrets = names.flatMap((name) => [name, `X_${name}`, `${name}_X`, `Y${name.toLowerCase()}`, `X_${name}S`]);
  const loaders = ['LD_PRELOAD', 'LD_LIBRARY_PATH', 'DYLD_INSERT_LIBRARIES', 'NODE_OPTIONS', 'BASH_ENV', 'PYTHONPATH'];
  const canaries = Object.fromEntries([...secrets, ...loaders, 'ANTHROPIC_API_KEY'].map((name) => [name, 'canary']));

  test('S15: of 40 secrets and the variables that load code it sees none, of others a few', async () => {
    expect(secrets.length).toBeGreaterThanOrEqual(40);
    const environment = {
      ...canaries,
      PATH: '/usr/bin:bin::.:/bin',
      HOME: '/home/me',
      LANG: 'C',
      LC_ALL: 'C',
      OTHER: 'x',
    };
    const { env } = await found({ environment });
    expect(env).toEqual({ PATH: '/usr/bin:/bin', HOME: '/home/me', LANG: 'C', LC_ALL: 'C' });
  });

  test('S15: without variables it sees none of this process', async () => {
    process.env['CANARY_TOKEN'] = 'canary';
    expect((await found({})).env).toEqual({});
    delete process.env['CANARY_TOKEN'];
  });

  test('it sees what it was said to see, except what loads code', async () => {
    const { env } = await found({ environment: canaries, pass: ['X_TOKEN', 'unknown'] });
    expect(env).toEqual({ X_TOKEN: 'canary' });
    for (const name of [...loaders, 'node_options', 'LD_ANYTHING'])
      expect(() => keyHelper(['a'], { environment: canaries, pass: [name] })).toThrow(/loads code/);
  });

  test('S14: it is run in the root folder, where no project’s settings lie, without a shell and without input', async () => {
    const words = ['$(touch /tmp/canary)', '; exit 1', '`id`', '*', '| cat', '> /tmp/canary', '"', "'", '-n', ''];
    const { cwd, words: seen, stdin } = await found({}, ...words);
    expect(cwd).toBe(path.parse(process.execPath).root);
    expect(seen).toEqual(words);
    expect(stdin).toBe('');
  });

  test('S14: a program of the same name in the folder of the process is not found', async () => {
    const here = process.cwd();
    await writeFile(path.join(folder, 'planted'), '#!/bin/sh\necho canary\n', { mode: 0o755 });
    process.chdir(folder);
    try {
      for (const PATH of ['', '.', ':', '/usr/bin:', './']) {
        const { claude } = askingHelper(['planted'], { environment: { PATH } });
        expect(await failureOf(claude.messages.create(request))).toMatchObject({ kind: 'configuration' });
      }
    } finally {
      process.chdir(here);
    }
  });
});

describe('R43: a key helper that hangs', () => {
  /** Writes its process id and the one of a child to a file, then waits for ever, deaf to a polite end. */
  const hanging = (file: string) =>
    script(
      "const c=require('child_process').spawn(process.execPath,['-e','setInterval(()=>{},9)'],{stdio:'inherit'});process.on('SIGTERM',()=>{});require('fs').writeFileSync(process.argv[1],process.pid+' '+c.pid);setInterval(()=>{},9)",
      file,
    );

  async function pidsIn(file: string): Promise<readonly number[]> {
    for (;;) {
      const text = await readFile(file, 'utf8').catch(() => '');
      if (/^\d+ \d+$/.test(text)) return text.split(' ').map(Number);
      await new Promise((resolve) => setImmediate(resolve));
    }
  }

  /** Resolves when none of them runs any more. */
  async function gone(pids: readonly number[]): Promise<void> {
    while (pids.some(isRunning)) await new Promise((resolve) => setImmediate(resolve));
  }

  test('is killed at its deadline, with what it started', async () => {
    const file = path.join(folder, 'deadline');
    const { claude, clock } = askingHelper(hanging(file), { deadline: 7_000 });
    const failure = failureOf(claude.messages.create(request, oneAttempt));
    const pids = await pidsIn(file);
    await clock.pass(7_000);
    expect(await failure).toMatchObject({ kind: 'timeout', stage: 'credentials' });
    await gone(pids);
    expect(clock.pending).toBe(0);
  });

  test('is killed when the client closes', async () => {
    const file = path.join(folder, 'close');
    const { claude } = askingHelper(hanging(file), {}, { client: { clock: systemClock } });
    const failure = failureOf(claude.messages.create(request));
    const pids = await pidsIn(file);
    await claude.close();
    expect(await failure).toMatchObject({ kind: 'aborted' });
    await gone(pids);
  });

  test('in a child that it left behind does not keep the key', async () => {
    const file = path.join(folder, 'left');
    const code =
      "const c=require('child_process').spawn(process.execPath,['-e','setInterval(()=>{},9)'],{stdio:'inherit'});require('fs').writeFileSync(process.argv[1],process.pid+' '+c.pid);console.log('k');process.exit(0)";
    const { claude, sent } = askingHelper(script(code, file));
    await claude.messages.create(request);
    expect(sent()).toEqual(['k']);
    await gone(await pidsIn(file));
  });
});

/** What was killed and waits for somebody to take note of it does not run. */
function isRunning(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return !/\) Z /.test(readFileSync(`/proc/${pid}/stat`, 'utf8'));
  } catch {
    return false;
  }
}
