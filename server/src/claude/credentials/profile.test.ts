/** Profiles on disk: which one counts, what it says, and which files are refused. */
import { chmod, symlink, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { failureOf, request } from '../../../../test/harness/claudeCalls.ts';
import { type ProfileFolder, person, profileFolder, signIn } from '../../../../test/harness/profiles.ts';
import { type TokenServer, tokenServer } from '../../../../test/harness/tokenServer.ts';
import { Claude, type ClaudeError, type Environment, profile } from '../index.ts';

let server: TokenServer;
let folder: ProfileFolder;
const clients: Claude[] = [];
beforeEach(async () => {
  server = await tokenServer();
  folder = await profileFolder();
});
afterEach(async () => {
  for (const claude of clients.splice(0)) await claude.close();
  await server.close();
  await folder.remove();
});

/** A client for a profile of the folder. */
function clientFor(name = 'work', environment: Environment = {}): Claude {
  const all = { ...folder.environment, ANTHROPIC_BASE_URL: server.origin, ...environment };
  const claude = new Claude({ credentials: profile(name, all), baseURL: server.origin });
  clients.push(claude);
  return claude;
}

const failing = (name?: string, environment?: Environment): Promise<ClaudeError> =>
  failureOf(clientFor(name, environment).messages.create(request));

describe('a profile', () => {
  test('of a person gives the token of its file, and the workspace', async () => {
    await folder.write('configs/work.json', { ...person, workspace_id: 'wrkspc_1' });
    await folder.write('credentials/work.json', signIn('tok-1', 'ref-1'));
    await clientFor().messages.create(request);
    expect(server.exchanges).toHaveLength(0);
    expect(server.calls[0]?.headers).toMatchObject({
      authorization: 'Bearer tok-1',
      'anthropic-beta': 'oauth-2025-04-20',
      'anthropic-workspace-id': 'wrkspc_1',
    });
  });

  test('of a person may keep its tokens elsewhere', async () => {
    const elsewhere = await folder.write('elsewhere.json', signIn('tok-2', undefined, null));
    await folder.write('configs/work.json', { authentication: { type: 'user_oauth', credentials_path: elsewhere } });
    await clientFor().messages.create(request);
    expect(server.calls[0]?.headers).toMatchObject({ authorization: 'Bearer tok-2' });
  });

  test('of a program is exchanged; what it leaves out comes from the environment', async () => {
    const file = await folder.write('identity', 'jwt-1', 0o644);
    await folder.write('configs/work.json', {
      authentication: { type: 'oidc_federation', federation_rule_id: 'fdrl_file', service_account_id: ' ' },
      organization_id: 'org-file',
    });
    await clientFor('work', {
      ANTHROPIC_FEDERATION_RULE_ID: 'fdrl_env',
      ANTHROPIC_SERVICE_ACCOUNT_ID: 'svac_env',
      ANTHROPIC_WORKSPACE_ID: 'default',
      ANTHROPIC_IDENTITY_TOKEN_FILE: file,
    }).messages.create(request);
    expect(JSON.parse(server.exchanges[0]?.body ?? '')).toMatchObject({
      assertion: 'jwt-1',
      federation_rule_id: 'fdrl_file',
      organization_id: 'org-file',
      service_account_id: 'svac_env',
      workspace_id: 'default',
    });
    expect(server.calls[0]?.headers).not.toHaveProperty('anthropic-workspace-id');
    expect(await folder.list('.')).not.toContain('credentials');
  });

  test.each<[string, Environment, string]>([
    ['ANTHROPIC_CONFIG_DIR', { ANTHROPIC_CONFIG_DIR: 'a', XDG_CONFIG_HOME: 'b', HOME: 'c' }, 'a'],
    ['XDG_CONFIG_HOME', { ANTHROPIC_CONFIG_DIR: ' ', XDG_CONFIG_HOME: 'b', HOME: 'c' }, 'b/anthropic'],
    ['HOME', { ANTHROPIC_CONFIG_DIR: '', HOME: 'c' }, 'c/.config/anthropic'],
  ])('lies in the folder that %s says', async (_name, names, place) => {
    await folder.write(`${place}/configs/work.json`, person);
    await folder.write(`${place}/credentials/work.json`, signIn('tok-1', 'ref-1'));
    const full = Object.entries(names).map(([name, value]) => [name, value?.trim() && path.join(folder.path, value)]);
    await clientFor('work', Object.fromEntries(full)).messages.create(request);
    expect(server.calls).toHaveLength(1);
  });

  test('is read again after it was mended', async () => {
    const claude = clientFor();
    expect((await failureOf(claude.messages.create(request))).message).toMatch(/no profile "work"/);
    await folder.write('configs/work.json', person);
    expect((await failureOf(claude.messages.create(request))).message).toMatch(/has no tokens.*Sign in first/);
    await folder.write('credentials/work.json', signIn('tok-1', 'ref-1'));
    await claude.messages.create(request);
    expect(server.calls).toHaveLength(1);
  });

  test.each<[string, unknown, RegExp]>([
    ['is no JSON', '{"canary', /configs\/work\.json is not as it should be\. Correct it/],
    ['is a list', [], /not as it should be/],
    ['says nothing', {}, /at "authentication"/],
    ['is of another kind', { authentication: { type: 'canary' } }, /at "authentication\.type"/],
    ['has a number for an address', { ...person, base_url: 5 }, /at "base_url"/],
    [
      'has an identity token of another kind',
      { authentication: { type: 'oidc_federation', identity_token: { source: 'url', path: 'canary' } } },
      /at "authentication\.identity_token\.source"/,
    ],
    ['has no rule', { authentication: { type: 'oidc_federation' } }, /no federation_rule_id/],
    [
      'has no organization',
      { authentication: { type: 'oidc_federation', federation_rule_id: 'f' } },
      /no organization_id\. Add it, or set ANTHROPIC_ORGANIZATION_ID/,
    ],
    [
      'has no identity token',
      { authentication: { type: 'oidc_federation', federation_rule_id: 'f' }, organization_id: 'o' },
      /no identity_token/,
    ],
  ])('that %s is an error that names the place, not the value', async (_name, content, says) => {
    await folder.write('configs/work.json', content);
    const error = await failing();
    expect(error).toMatchObject({ kind: 'configuration', stage: 'credentials' });
    expect(error.message).toMatch(says);
    expect(error.message).not.toMatch(/canary/);
  });

  test.each(['../work', 'a/b', '..', '.', '', 'a\\b', 'a b', 'work\n', 'wörk', '/etc/passwd'])(
    'cannot have the name %j',
    async (name) => {
      expect(await failing(name)).toMatchObject({
        kind: 'configuration',
        message: expect.stringContaining('cannot be'),
      });
    },
  );

  test('without any folder is an error that says what to set', async () => {
    const credentials = profile('work', { ANTHROPIC_BASE_URL: server.origin });
    const claude = new Claude({ credentials, baseURL: server.origin });
    expect((await failureOf(claude.messages.create(request))).message).toMatch(/Set ANTHROPIC_CONFIG_DIR/);
  });
});

describe('S1: a profile for another address', () => {
  test.each<[string, object, Environment, boolean]>([
    ['says so itself', { base_url: 'https://one.example' }, {}, false],
    ['has it from the environment', {}, { ANTHROPIC_BASE_URL: 'https://one.example' }, false],
    ['has the ordinary one', {}, { ANTHROPIC_BASE_URL: '' }, false],
    [
      'is for this one, whatever the environment says',
      { base_url: 'here' },
      { ANTHROPIC_BASE_URL: 'https://one.example' },
      true,
    ],
  ])('that %s', async (_name, own, environment, fits) => {
    await folder.write('configs/work.json', {
      ...person,
      ...('base_url' in own && { base_url: fits ? server.origin : own.base_url }),
    });
    await folder.write('credentials/work.json', signIn('tok-1', 'ref-1'));
    if (fits) await clientFor('work', environment).messages.create(request);
    else expect(await failing('work', environment)).toMatchObject({ kind: 'configuration', field: 'baseURL' });
    expect(server.calls).toHaveLength(fits ? 1 : 0);
  });

  test('is used when the caller names the address', async () => {
    await folder.write('configs/work.json', { ...person, base_url: 'https://one.example' });
    await folder.write('credentials/work.json', signIn('tok-1', 'ref-1'));
    const credentials = profile('work', folder.environment, { audience: server.origin });
    const claude = new Claude({ credentials, baseURL: server.origin });
    await claude.messages.create(request);
    await claude.close();
    expect(server.calls).toHaveLength(1);
  });
});

describe('S37: files of others', () => {
  beforeEach(async () => {
    await folder.write('configs/work.json', person);
    await folder.write('credentials/work.json', signIn('tok-canary', 'ref-canary'));
  });

  const at = (file: string) => path.join(folder.path, file);

  test.each([0o640, 0o620, 0o604, 0o602, 0o644, 0o660, 0o666, 0o777])(
    'tokens with mode %o are refused',
    async (mode) => {
      await chmod(at('credentials/work.json'), mode);
      const error = await failing();
      expect(error).toMatchObject({ kind: 'configuration' });
      expect(error.message).toMatch(/can be (read|written) by others \(mode \d+\)\. Run: chmod 600 .*work\.json/);
      expect(server.calls).toHaveLength(0);
      await chmod(at('credentials/work.json'), 0o600);
      await clientFor().messages.create(request);
    },
  );

  test.each([0o620, 0o602, 0o666])('profiles with mode %o are refused', async (mode) => {
    await chmod(at('configs/work.json'), mode);
    expect((await failing()).message).toMatch(/written by others.*chmod go-w/);
  });

  test.each([0o600, 0o644, 0o400])('profiles with mode %o are read', async (mode) => {
    await chmod(at('configs/work.json'), mode);
    await clientFor().messages.create(request);
    expect(server.calls).toHaveLength(1);
  });

  test('what a link leads to is judged, not the link', async () => {
    await writeFile(at('real.json'), JSON.stringify(signIn('tok-1', 'ref-1')), { mode: 0o644 });
    await chmod(at('real.json'), 0o644);
    await folder.write('configs/linked.json', person);
    await symlink(at('real.json'), at('credentials/linked.json'));
    expect((await failing('linked')).message).toMatch(/read by others/);
    await chmod(at('real.json'), 0o600);
    await clientFor('linked').messages.create(request);
  });

  test.each<[string, unknown, RegExp]>([
    ['no JSON', 'tok-canary', /not as they should be/],
    ['nothing', {}, /not as they should be/],
    ['an empty token', { access_token: '' }, /not as they should be/],
    ['another kind', { ...signIn('tok-canary', 'r'), type: 'api_key' }, /not as they should be/],
    ['more than 1 MB', 'tok-canary'.repeat(110_000), /larger than 1 MB/],
  ])('tokens that are %s are refused and not shown', async (_name, content, says) => {
    await folder.write('credentials/work.json', content);
    const error = await failing();
    expect(error.message).toMatch(says);
    expect(error.message).not.toMatch(/tok-canary/);
  });
});
