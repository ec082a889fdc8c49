/** Tells the server where requests go and with which key: user-level settings and the secret storage only (product decision 10.4, threats S1). */
import * as vscode from 'vscode';
import type { Connection } from '#shared/connection.ts';
import { type ConnectionSettings, connectionSettings, originOf, type RawSettings } from './connectionSettings.ts';
import type { KeyStore } from './keyStore.ts';

export interface ConnectionAnswers {
  /** The answer to `gloss/connection`. With a key in the environment that is meant for another origin, the person is asked. */
  answer(params: { readonly environment?: EnvironmentKey | undefined }): Promise<Connection>;
  /** The origin of the endpoint in the settings; undefined when it is not a web address. */
  origin(): string | undefined;
  /** The answer may have changed. */
  readonly onChange: vscode.Event<void>;
}

interface EnvironmentKey {
  readonly origin: string;
  /** With its path, which a gateway may need. */
  readonly baseUrl: string;
  readonly kind: 'apiKey' | 'authToken';
}

export function createConnectionAnswers(
  context: vscode.ExtensionContext,
  keys: KeyStore,
  log: vscode.LogOutputChannel,
): ConnectionAnswers {
  const changes = new vscode.EventEmitter<void>();
  const asked = new Map<string, Promise<boolean>>();
  const told = new Set<string>();
  context.subscriptions.push(
    changes,
    keys.onChange(() => changes.fire()),
    vscode.workspace.onDidGrantWorkspaceTrust(() => changes.fire()),
    vscode.workspace.onDidChangeConfiguration((event) => {
      if (settings.some((name) => event.affectsConfiguration(name))) changes.fire();
    }),
  );
  /** One question at a time for a pair of hosts, however many requests wait for it. */
  const agreed = (meant: EnvironmentKey, configured: string): Promise<boolean> => {
    const pair = `${meant.origin} ${configured}`;
    const open = asked.get(pair);
    if (open !== undefined) return open;
    const question = agreement(context, meant, configured).finally(() => asked.delete(pair));
    asked.set(pair, question);
    return question;
  };
  return {
    async answer({ environment }) {
      const before = read(log, told);
      const origin = originOf(before.baseUrl);
      const elsewhere = environment !== undefined && origin !== undefined && environment.origin !== origin;
      const stored = origin === undefined ? undefined : await keys.get(origin);
      const environmentKeyAllowed = elsewhere && stored === undefined && (await agreed(environment, origin));
      // The person may have chosen another endpoint meanwhile.
      const { problems: _problems, ...now } = read(log, told);
      const credential = await credentialFor(keys, now.baseUrl);
      return {
        ...now,
        ...(credential === undefined ? {} : { credential }),
        environmentKeyAllowed: environmentKeyAllowed && originOf(now.baseUrl) === origin,
        trusted: vscode.workspace.isTrusted,
      };
    },
    origin: () => originOf(read(log, told).baseUrl),
    onChange: changes.event,
  };
}

async function credentialFor(keys: KeyStore, baseUrl: string): Promise<Connection['credential']> {
  const origin = originOf(baseUrl);
  return origin === undefined ? undefined : keys.get(origin);
}

const settings = [
  'gloss.baseUrl',
  'gloss.extraCaCertificates',
  'gloss.headers',
  'gloss.proxy',
  'http.proxy',
  'http.noProxy',
  'http.proxySupport',
];

/** The settings in force; what is wrong with them is said once. */
function read(log: vscode.LogOutputChannel, told: Set<string>): ConnectionSettings {
  const values = connectionSettings(rawSettings(), vscode.l10n);
  for (const problem of values.problems.filter((sentence) => !told.has(sentence))) {
    told.add(problem);
    log.warn(problem);
    void offerSettings(problem);
  }
  return values;
}

async function offerSettings(problem: string): Promise<void> {
  const open = vscode.l10n.t('Open Settings');
  if ((await vscode.window.showWarningMessage(problem, open)) === open)
    await vscode.commands.executeCommand('workbench.action.openSettings', '@ext:gloss.gloss-language-server');
}

function rawSettings(): RawSettings {
  return {
    baseUrl: userValue('gloss', 'baseUrl'),
    extraCaCertificates: userValue('gloss', 'extraCaCertificates'),
    headers: userValue('gloss', 'headers'),
    proxy: userValue('gloss', 'proxy'),
    ...(isInContainer()
      ? {}
      : {
          editorProxy: userValue('http', 'proxy'),
          editorNoProxy: userValue('http', 'noProxy'),
          editorProxySupport: userValue('http', 'proxySupport'),
        }),
  };
}

/** Only what the user wrote: a workspace's value never counts, trusted or not. */
function userValue(section: string, name: string): unknown {
  return vscode.workspace.getConfiguration(section).inspect(name)?.globalValue;
}

/** A container's definition is a file of the workspace, and can set the editor's proxy for the window. */
function isInContainer(): boolean {
  return /container/.test(vscode.env.remoteName ?? '');
}

/** Whether the environment's key, meant for one origin, may go to another. A yes is remembered for that pair. */
async function agreement(
  context: vscode.ExtensionContext,
  { origin: meant, baseUrl }: EnvironmentKey,
  configured: string,
): Promise<boolean> {
  const remembered = `gloss.environmentKeyAllowed:${meant} ${configured}`;
  if (context.globalState.get(remembered) === true) return true;
  const useMeant = vscode.l10n.t('Use {0}', hostOf(meant));
  const send = vscode.l10n.t('Send Key to {0}', hostOf(configured));
  const detail = vscode.l10n.t(
    'The API key in the environment is meant for {0}. The settings say that requests go to {1}. Whoever runs {1} would see the key and the code that you ask about.',
    meant,
    configured,
  );
  const message = vscode.l10n.t('Where should the API key in the environment go?');
  const choices = URL.canParse(meant) ? [useMeant, send] : [send];
  const choice = await vscode.window.showWarningMessage(message, { modal: true, detail }, ...choices);
  if (choice === useMeant)
    await vscode.workspace.getConfiguration('gloss').update('baseUrl', baseUrl, vscode.ConfigurationTarget.Global);
  if (choice === send) await context.globalState.update(remembered, true);
  return choice === send;
}

function hostOf(origin: string): string {
  return URL.canParse(origin) ? new URL(origin).host : origin;
}
