/** The tokens of a person: renewed once, whoever asks, and never lost. */
import { execFile } from 'node:child_process';
import { symlink, utimes } from 'node:fs/promises';
import { hostname } from 'node:os';
import path from 'node:path';
import { promisify } from 'node:util';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { failureOf, oneAttempt, request } from '../../../../test/harness/claudeCalls.ts';
import { type ProfileFolder, person, profileFolder, signIn } from '../../../../test/harness/profiles.ts';
import { sendJson, type TokenServer, tokenServer } from '../../../../test/harness/tokenServer.ts';
import { systemClock } from '../clock.ts';
import { Claude, type ClaudeOptions, type ClientWarning, profile } from '../index.ts';

let server: TokenServer;
let folder: ProfileFolder;
const clients: Claude[] = [];
beforeEach(async () => {
  server = await tokenServer();
  folder = await profileFolder();
  await folder.write('configs/work.json', { ...person, base_url: server.origin });
});
afterEach(async () => {
  for (const claude of clients.splice(0)) await claude.close();
  await server.close();
  await folder.remove();
});

function clientWith(options: Partial<ClaudeOptions> = {}): Claude {
  const credentials = profile('work', folder.environment);
  const claude = new Claude({ credentials, baseURL: server.origin, ...options });
  clients.push(claude);
  return claude;
}

const tokens = 'credentials/work.json';
const saved = (content: unknown) => folder.write(tokens, content);
const ended = () => saved(signIn('tok-0', server.refreshToken, 20));

describe('a sign-in', () => {
  test('that is about to end is renewed and written back, with what else the file had', async () => {
    await ended();
    await clientWith({ userAgent: 'mine/1' }).messages.create(request);
    const [exchange] = server.exchanges;
    expect(exchange?.headers).toMatchObject({ 'anthropic-beta': 'oauth-2025-04-20', 'user-agent': 'mine/1' });
    expect(JSON.parse(exchange?.body ?? '')).toEqual({
      grant_type: 'refresh_token',
      refresh_token: 'sk-ant-ort-canary-refresh-0',
      client_id: 'client-1',
    });
    expect(server.calls[0]?.headers).toMatchObject({ authorization: `Bearer ${server.accessToken}` });
    expect(await folder.read(tokens)).toMatchObject({
      version: '1.0',
      type: 'oauth_token',
      access_token: server.accessToken,
      refresh_token: server.refreshToken,
      expires_at: expect.any(Number),
      account_email: 'me@example.org',
    });
    expect(await folder.modeOf(tokens)).toBe('600');
    expect(await folder.list('credentials')).toEqual(['work.json']);
  });

  test('whose refresh token stays the same keeps it', async () => {
    await ended();
    server.reply = (response) => sendJson(response, 200, { access_token: 'tok-1', expires_in: 3_600 });
    await clientWith().messages.create(request);
    expect(await folder.read(tokens)).toMatchObject({ access_token: 'tok-1', refresh_token: server.refreshToken });
  });

  test('that is refused is renewed, though its end is far', async () => {
    await saved(signIn('tok-0', server.refreshToken));
    server.refuse('tok-0');
    await clientWith().messages.create(request, oneAttempt);
    expect(server.exchanges).toHaveLength(1);
    expect(server.calls.map(({ headers }) => headers['authorization'])).toEqual([
      'Bearer tok-0',
      `Bearer ${server.accessToken}`,
    ]);
  });

  test('that another process renewed meanwhile is taken from the file', async () => {
    await saved(signIn('tok-0', server.refreshToken));
    const claude = clientWith();
    await claude.messages.create(request);
    server.refuse('tok-0');
    await saved(signIn('tok-other', 'ref-other'));
    await claude.messages.create(request);
    expect(server.exchanges).toHaveLength(0);
    expect(server.calls.at(-1)?.headers).toMatchObject({ authorization: 'Bearer tok-other' });
  });

  test.each<[string, object, number | null, boolean]>([
    ['without end', {}, null, true],
    ['that still goes on', {}, 40, true],
    ['that has ended', {}, -1, false],
    ['that is refused', { refuse: true }, null, false],
  ])('%s and cannot be renewed', async (_name, more, left, works) => {
    await folder.write('configs/work.json', { authentication: { type: 'user_oauth' }, base_url: server.origin });
    await saved(signIn('tok-0', server.refreshToken, left));
    if ('refuse' in more) server.refuse('tok-0');
    const call = clientWith().messages.create(request);
    if (works) await call;
    else
      expect(await failureOf(call)).toMatchObject({
        kind: 'authentication',
        message: expect.stringContaining('cannot be renewed. Sign in again'),
      });
    expect(server.exchanges).toHaveLength(0);
  });

  test('that the service does not renew any more is an error that says so; the file stays', async () => {
    await saved(signIn('tok-0', 'ref-stolen', -1));
    const error = await failureOf(clientWith().messages.create(request));
    expect(error).toMatchObject({ kind: 'authentication', status: 400 });
    expect(error.message).toMatch(/invalid_grant.*Sign in again/);
    expect(await folder.read(tokens)).toMatchObject({ access_token: 'tok-0', refresh_token: 'ref-stolen' });
    expect(await folder.list('credentials')).toEqual(['work.json']);
  });

  test('that cannot be written back is used, and that is told', async () => {
    await ended();
    const warnings: (readonly [string, ClientWarning | undefined])[] = [];
    server.reply = async (response) => {
      await folder.write(tokens, 'no tokens any more');
      sendJson(response, 200, { access_token: 'tok-1', refresh_token: 'ref-1', expires_in: 3_600 });
    };
    await clientWith({ log: { warn: (message, warning) => warnings.push([message, warning]) } }).messages.create(
      request,
    );
    expect(warnings.map(([message, warning]) => [warning?.kind, /tok-1|ref-1/.test(message)])).toEqual([
      ['sign_in_not_saved', false],
    ]);
  });

  test('that somebody wrote while it was renewed stays', async () => {
    await ended();
    server.reply = async (response) => {
      await saved(signIn('tok-mine', 'ref-mine'));
      sendJson(response, 200, { access_token: 'tok-1', refresh_token: 'ref-1', expires_in: 3_600 });
    };
    await clientWith().messages.create(request);
    expect(await folder.read(tokens)).toMatchObject({ access_token: 'tok-mine', refresh_token: 'ref-mine' });
  });

  test('behind a link is renewed where it lies', async () => {
    await folder.write('real.json', signIn('tok-0', server.refreshToken, -1));
    await folder.write('credentials/.keep', '');
    await symlink('../real.json', path.join(folder.path, tokens));
    await clientWith().messages.create(request);
    expect(await folder.read('real.json')).toMatchObject({ access_token: server.accessToken });
    expect(await folder.read(tokens)).toMatchObject({ access_token: server.accessToken });
    expect(await folder.list('credentials')).toEqual(['.keep', 'work.json']);
  });
});

describe('several at once', () => {
  test('clients in one process renew a sign-in once', async () => {
    await ended();
    await Promise.all(Array.from({ length: 8 }, () => clientWith().messages.create(request)));
    expect(server.exchanges).toHaveLength(1);
    expect(await folder.read(tokens)).toMatchObject({ refresh_token: server.refreshToken });
  });

  test('processes renew a sign-in once, and the newest refresh token stays', async () => {
    await ended();
    await Promise.all(Array.from({ length: 4 }, () => runOther()));
    expect(server.calls).toHaveLength(4);
    expect(server.exchanges).toHaveLength(1);
    expect(await folder.read(tokens)).toMatchObject({ refresh_token: server.refreshToken });
    expect(await folder.list('credentials')).toEqual(['work.json']);
  });

  /** Another process that makes one call. */
  async function runOther(): Promise<void> {
    const index = path.resolve(import.meta.dirname, '../index.ts');
    const code = `
      const { Claude, profile } = await import(${JSON.stringify(index)});
      const claude = new Claude({ credentials: profile('work', ${JSON.stringify(folder.environment)}), baseURL: ${JSON.stringify(server.origin)} });
      await claude.messages.create(${JSON.stringify(request)});
      await claude.close();`;
    await promisify(execFile)(process.execPath, ['--input-type=module', '-e', code]);
  }
});

describe('a lock', () => {
  const lock = `${tokens}.lock`;

  test.each<[string, () => unknown, number]>([
    ['of a process that is gone', () => ({ id: 'x', pid: 2 ** 22 + 1, host: hostname() }), 0],
    ['that nobody has touched for a minute', () => ({ id: 'x', pid: process.pid, host: hostname() }), 61_000],
    ['of another machine, as old', () => ({ id: 'x', pid: 1, host: 'elsewhere' }), 61_000],
    ['that is empty, as old', () => '', 61_000],
  ])('%s is removed', async (_name, mark, age) => {
    await ended();
    const file = await folder.write(lock, mark());
    const then = new Date(Date.now() - age);
    await utimes(file, then, then);
    await clientWith().messages.create(request);
    expect(server.exchanges).toHaveLength(1);
    expect(await folder.list('credentials')).toEqual(['work.json']);
  });

  test('of somebody who is at work is waited for, and left alone when the client closes', async () => {
    await ended();
    const mark = { id: 'x', pid: process.pid, host: hostname() };
    await folder.write(lock, mark);
    const looks: number[] = [];
    const claude = clientWith({
      clock: {
        ...systemClock,
        after(milliseconds, call, keepAlive) {
          if (milliseconds === 50) looks.push(looks.length);
          if (looks.length === 2) seen.resolve();
          return systemClock.after(milliseconds, call, keepAlive);
        },
      },
    });
    const seen = Promise.withResolvers<void>();
    const failure = failureOf(claude.messages.create(request));
    await seen.promise;
    await claude.close();
    expect(await failure).toMatchObject({ kind: 'aborted' });
    expect(await folder.read(lock)).toEqual(mark);
    expect(server.exchanges).toHaveLength(0);
  });

  test('that is waited for too long is an error', async () => {
    await ended();
    await folder.write(lock, { id: 'x', pid: process.pid, host: hostname() });
    const error = await failureOf(clientWith({ tokenDeadline: 120 }).messages.create(request, oneAttempt));
    expect(error).toMatchObject({ kind: 'timeout', stage: 'credentials' });
  });
});

describe('S37: what is written', () => {
  test('is for this user only, whatever the process lets others do', async () => {
    await ended();
    const before = process.umask(0);
    try {
      await clientWith().messages.create(request);
    } finally {
      process.umask(before);
    }
    expect(await folder.modeOf(tokens)).toBe('600');
  });

  test('replaces a file in one step: who reads meanwhile sees the old or the new one', async () => {
    await ended();
    const seen = new Set<string>();
    let isRunning = true;
    const reading = (async () => {
      while (isRunning) {
        const content = await folder.read(tokens);
        // What is there is always whole: reading JSON would fail otherwise.
        seen.add(JSON.stringify(content));
      }
    })();
    await clientWith().messages.create(request);
    isRunning = false;
    await reading;
    seen.add(JSON.stringify(await folder.read(tokens)));
    expect(seen.size).toBe(2);
  });
});
