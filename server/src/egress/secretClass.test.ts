/** S12: files that hold secrets are known by their names. S9: however the name is spelled. */
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { scaled, seed } from '../../../test/harness/scale.ts';
import { secretClassOf } from './secretClass.ts';

const secret = `
  .env .env.local .env.production .env-staging .env_test .envrc config/prod.env
  server.pem tls/server.key cert.p12 cert.pfx store.jks app.keystore AuthKey_ABC.p8 putty.ppk vault.kdbx home.ovpn
  .ssh/id_rsa .ssh/id_custom .ssh/config .ssh/known_hosts id_ed25519 id_ecdsa_sk backup/id_rsa.bak ssh_host_rsa_key
  .npmrc .pypirc .netrc _netrc .git-credentials .htpasswd .pgpass .my.cnf .s3cfg .boto .dockercfg .terraformrc .vault-token
  .aws/credentials .aws/config .aws/sso/cache/x.json .azure/accessTokens.json .config/gcloud/credentials.db
  AppData/Roaming/gcloud/legacy_credentials/x .oci/config .kube/config .kube/cache/x kubeconfig prod.kubeconfig .docker/config.json
  terraform.tfstate terraform.tfstate.backup prod.tfvars x.auto.tfvars vars.tfvars.json .terraform/terraform.tfstate
  secrets.json secrets.yaml secrets.ts .secrets secret.yml config/secrets.env credentials credentials.json .credentials.json
  credentials.bak service-account.json service-account-prod.json service_account.json serviceAccountKey.json client_secret_1.json
  app-firebase-adminsdk-x1.json application_default_credentials.json
  .bash_history .zsh_history .python_history .node_repl_history .psql_history fish_history .history .lesshst .viminfo ConsoleHost_history.txt
  .mozilla/firefox/x.default/prefs.js .config/google-chrome/Default/History .config/chromium/x Library/Safari/Bookmarks.plist
  AppData/Local/Google/Chrome/x/y key4.db logins.json cookies.sqlite Cookies
  Library/Keychains/login.keychain-db x.keychain .local/share/keyrings/login.keyring .password-store/mail.gpg .gnupg/secring.gpg
  .config/gh/hosts.yml .config/op/config .config/rclone/rclone.conf .m2/settings.xml .gradle/gradle.properties .cargo/credentials.toml
  .composer/auth.json .local/state/gloss/receipts/1.json globalStorage/gloss.gloss-language-server/receipts/1.json
  vault_pass.txt .vault-password ansible/.vault_pass
  proj/sub/.env a/b/c/server.pem
`
  .trim()
  .split(/\s+/);

const open = `
  .env.example .env.sample .env.template .env.dist example.env config/.env.example environment.ts env.ts src/env/index.ts .environ.md2
  src/index.ts README.md package.json tsconfig.json keys.ts key.ts keyboard.ts monkey.ts pemberton.txt src/secretsManager.ts secret.ts
  tokenize.ts auth.ts authentication/login.ts password.ts passwordField.tsx history.ts src/history/index.ts cookies.ts
  docker/config.json kube/config.ts aws/lambda.ts azure/index.ts id_map.ts id_rsa.pub identity.ts .gitignore .editorconfig
  .vscode/settings.json Dockerfile main.tf variables.tf state.ts store.ts settings.xml gradle.properties server.crt public.cert
  .github/workflows/ci.yml src/gloss/index.ts gloss/server.ts firefox.ts chrome.js login.html keychain.ts v1~2.txt.md
`
  .trim()
  .split(/\s+/)
  .filter((path) => path !== '.environ.md2');

test.each(secret)('S12: %s holds secrets', (path) => {
  expect(secretClassOf(path)).toMatch(/^by its name it is .+\.$/);
  expect(secretClassOf(`/home/me/${path}`)).toBeDefined();
});

test.each(open)('%s does not', (path) => {
  expect(secretClassOf(path)).toBeUndefined();
  expect(secretClassOf(`/home/me/work/${path}`)).toBeUndefined();
});

test('the roots of a disk and nothing at all are no secrets', () => {
  for (const path of ['', '/', '.', '..', 'C:\\', '//', ' ']) expect(secretClassOf(path)).toBeUndefined();
});

test('S12: the places of the system and of Gloss itself', () => {
  for (const path of ['/etc/shadow', '/proc/self/environ', '/proc/1/mem', '/etc/ssl/private/x.crt'])
    expect(secretClassOf(path)).toBeDefined();
  expect(secretClassOf('work/etc/shadow')).toBeUndefined();
});

const targets = [
  '/home/me/.env',
  '/home/me/.env.local',
  '/home/me/server.pem',
  '/home/me/.ssh/id_rsa',
  '/home/me/.npmrc',
  '/home/me/.netrc',
  '/home/me/.git-credentials',
  '/home/me/.aws/credentials',
  '/home/me/.config/gcloud/access',
  '/home/me/.kube/config',
  '/home/me/.docker/config.json',
  '/home/me/terraform.tfstate',
  '/home/me/secrets.json',
  '/home/me/service-account.json',
  '/home/me/.bash_history',
];

const spellings: Readonly<Record<string, (path: string) => string>> = {
  'in capitals': (path) => path.toUpperCase(),
  'with backslashes': (path) => path.replaceAll('/', '\\'),
  'with mixed separators': (path) => path.replace(/\//g, (_, at) => (at % 2 === 0 ? '\\' : '/')),
  'with doubled separators': (path) => path.replaceAll('/', '//'),
  'with a trailing dot': (path) => `${path}.`,
  'with trailing dots and spaces': (path) => `${path} . .`,
  'with spaces after folders': (path) => path.replaceAll('/', ' /'),
  'with a stream': (path) => `${path}::$DATA`,
  'with a named stream': (path) => `${path}:x`,
  'below a drive': (path) => `C:${path.replaceAll('/', '\\')}`,
  'relative to a drive': (path) => `c:${path.slice(1)}`,
  'as a device': (path) => `\\\\?\\C:${path.replaceAll('/', '\\')}`,
  'on a server': (path) => `\\\\server\\share${path.replaceAll('/', '\\')}`,
  'with a dot between': (path) => path.replace(/\/([^/]+)$/, '/./$1'),
  'through a folder and back': (path) => path.replace(/\/([^/]+)$/, '/x/../$1'),
  decomposed: (path) => `/José/${path}`.normalize('NFD'),
  'with full-width letters': (path) =>
    path.replace(/[a-z.]/g, (letter) => String.fromCharCode(letter.charCodeAt(0) + 0xfee0)),
  'with an invisible letter': (path) => path.replace(/([a-z])([^/]*)$/, '$1\u200b$2'),
  'percent-encoded': (path) => path.replace(/[a-z.]/g, (letter) => `%${letter.charCodeAt(0).toString(16)}`),
  'percent-encoded twice': (path) => path.replaceAll('.', '%252e'),
  'as a URI': (path) => `file://${path}`,
};

test('S9: every spelling of a secret file is recognised', () => {
  const all = targets.flatMap((target) =>
    Object.entries(spellings).map(([name, spell]) => ({ name, path: spell(target) })),
  );
  expect(all.length).toBeGreaterThanOrEqual(120);
  for (const { name, path } of all) expect(secretClassOf(path), `${name}: ${path}`).toBeDefined();
});

test('S9: a short name hides what it stands for', () => {
  for (const path of ['ENV~1', 'a/CREDEN~1.JSO', 'C:\\SSH~1\\config', 'GIT-CR~1'])
    expect(secretClassOf(path)).toContain('8.3');
});

test('any path gets an answer', () => {
  fc.assert(
    fc.property(fc.string({ unit: fc.constantFrom(...'aE.é/\\:% 2~1\u200b中\0'), maxLength: 60 }), (path) => {
      expect(secretClassOf(path) ?? 'open.').toMatch(/\.$/);
      expect(secretClassOf(`${path}/.env`)).toBeDefined();
    }),
    { seed: seed(), numRuns: scaled(2000) },
  );
  expect(secretClassOf(`${'../'.repeat(50_000)}x`)).toBeUndefined();
});
