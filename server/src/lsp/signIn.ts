/** Which service answers, with which key, and what the status bar says of it: the real endpoint, or the demo while it runs. */
import type { ClientCapabilities } from 'vscode-languageserver/node';
import { type ConnectionReport, checkConnectionRequest } from '#shared/connection.ts';
import { demoRequest } from '#shared/demo.ts';
import type { GlossCapabilities, InitializationOptions } from '#shared/initialization.ts';
import { type Status, statusNotification } from '#shared/status.ts';
import type { Access } from '../egress/access.ts';
import { clientFor, createConnector } from '../egress/connector.ts';
import type { Connected, OutgoingParts, ServiceFailure } from '../egress/outgoing.ts';
import { type Log, Refusal, type Trust } from '../ports.ts';
import { answering } from './answering.ts';
import { createEditorConnection } from './editorConnection.ts';

import type { RunningDemo, ServerParts } from './serverParts.ts';
import { statusOf } from './status.ts';

export interface SignIn {
  connect(mayAsk: boolean): Promise<Connected>;
  check(candidate: string | undefined, signal: AbortSignal): Promise<ConnectionReport>;
  startDemo(): Promise<{ running: boolean }>;
  readonly watch: OutgoingParts['watch'];
  trust(): Trust;
  /** The editor has told of another trust. */
  onTrust(listener: () => void): void;
  /** Another key, another service, or the demo in its place. */
  onChange(listener: () => void): void;
  start(): void;
  close(): Promise<void>;
}

export interface SignInParts {
  readonly parts: ServerParts;
  readonly client: ClientCapabilities;
  readonly gloss: GlossCapabilities;
  readonly options: InitializationOptions;
  readonly log: Log;
  hide(secret: string): void;
}

export function createSignIn({ parts, client, gloss, options, log, hide }: SignInParts): SignIn {
  const { connection, environment, makeClaude, readCertificates } = parts;
  const editor = createEditorConnection({ connection, client, gloss, options, environment });
  const demo = createDemoSwitch(parts);
  const accessNow = async (mayAsk: boolean): Promise<Access> => demo.access() ?? editor.access(mayAsk);
  let closed = false;
  const making = { makeClaude, readCertificates, hide };
  const connector = createConnector({ ...making, access: accessNow });
  const status = createStatusSender({ connection, gloss, log, accessNow: () => accessNow(false) });
  const listeners = new Set<() => void>();
  const changed = (): void => {
    status.changed();
    for (const listener of listeners) listener();
  };
  editor.onChange(() => {
    changed();
    // What the editor trusts now is known before anything is asked of the service.
    editor.access(false).catch((error: unknown) => log.warn(`the editor's connection is not known: ${String(error)}`));
  });
  const runDemo = async (run: boolean): Promise<{ running: boolean }> => {
    await (run ? demo.start() : demo.stop());
    changed();
    log.info(run ? 'the demo backend runs on loopback; no model is running' : 'the demo backend was stopped');
    return { running: run };
  };
  const check: SignIn['check'] = async (candidate, signal) => {
    const { checkConnection } = await import('../egress/check.ts');
    // A new key is tried where it will be used, also while the demo runs.
    const access = () => (candidate === undefined ? accessNow(true) : editor.access(false));
    return checkConnection(
      { access, clientFor: (used) => clientFor(making, used), clean: log.clean },
      candidate,
      signal,
    );
  };
  connection.onRequest(checkConnectionRequest.method, (given: unknown, token) =>
    answering(token, log, (signal) => {
      const { candidate } = checkConnectionRequest.params.parse(given ?? {});
      if (candidate !== undefined) hide(candidate);
      return check(candidate, signal);
    }),
  );
  connection.onRequest(demoRequest.method, (given: unknown, token) =>
    answering(token, log, () => runDemo(demoRequest.params.parse(given).run)),
  );
  return {
    async connect(mayAsk) {
      if (closed) throw new Refusal('The editor has shut the server down. Nothing was sent.', 'closed');
      return connector.connect(mayAsk);
    },
    check,
    startDemo: () => runDemo(true),
    watch: status.watch,
    trust: () => editor.trust(),
    onTrust: editor.onTrust,
    onChange: (listener) => void listeners.add(listener),
    start: () => status.changed(),
    async close() {
      closed = true;
      await connector.close();
      await demo.stop();
    },
  };
}

/** The demo backend, at most one. */
function createDemoSwitch(parts: ServerParts): {
  access(): Access | undefined;
  start(): Promise<void>;
  stop(): Promise<void>;
} {
  let running: Promise<RunningDemo> | undefined;
  let access: Access | undefined;
  return {
    access: () => access,
    async start() {
      running ??= parts.startDemo();
      access = demoAccess(await running);
    },
    async stop() {
      const stopping = running;
      running = undefined;
      access = undefined;
      await (await stopping)?.close();
    },
  };
}

function demoAccess({ url, key }: RunningDemo): Access {
  const { origin, host } = new URL(url);
  const credential = { kind: 'apiKey', value: key, source: 'demo' } as const;
  const nothing = { proxy: undefined, noProxy: [host], caFile: undefined, headers: {} };
  return { baseUrl: url, origin, host, credential, ...nothing, trusted: false, demo: true };
}

interface StatusParts {
  readonly connection: ServerParts['connection'];
  readonly gloss: GlossCapabilities;
  readonly log: Log;
  accessNow(): Promise<Access>;
}

/** Sends the status when it is another one than before. */
function createStatusSender({ connection, gloss, log, accessNow }: StatusParts) {
  let running = 0;
  let lastFailure: ServiceFailure | undefined;
  let sent = '';
  const send = async (): Promise<void> => {
    if (!gloss.status) return;
    const access = await accessNow().catch((error: unknown) => (error instanceof Refusal ? error : undefined));
    const facts = statusOf({ access, running, lastFailure });
    const status: Status = { ...facts, detail: log.clean(facts.detail) };
    const text = JSON.stringify(status);
    if (text === sent) return;
    sent = text;
    await connection.sendNotification(statusNotification.method, status);
  };
  // A status that cannot be sent means that the client is gone.
  const sendSoon = () => void send().catch(() => undefined);
  return {
    changed() {
      lastFailure = undefined;
      sendSoon();
    },
    watch: {
      began() {
        running++;
        sendSoon();
      },
      ended(failure: ServiceFailure | undefined) {
        running--;
        lastFailure = failure;
        sendSoon();
      },
    },
  };
}
