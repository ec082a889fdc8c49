/** Runs our server as it is shipped, and a bare one on the same library, each in a process of its own. */
import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { build } from 'esbuild';
import {
  createMessageConnection,
  type MessageConnection,
  StreamMessageReader,
  StreamMessageWriter,
} from 'vscode-languageserver-protocol/node';
import type { ApplyParams } from '#shared/edits.ts';
import { buildBundles } from '../../scripts/bundles.ts';
import { createPendingDocuments, type PendingDocuments } from '../../test/harness/pendingDocuments.ts';

export interface Peer {
  readonly rpc: MessageConnection;
  /** The documents of this client, changed by `gloss/apply`. */
  readonly documents: PendingDocuments;
  /** Called with each `gloss/apply`, before it is done. */
  onApply: (params: ApplyParams) => void;
  /** Called with each `gloss/hunks`, in bytes of JSON. */
  onHunks: (bytes: number) => void;
  /** Called with each piece of an answer. */
  onProgress: (value: unknown) => void;
  open(uri: string, text: string): Promise<void>;
  /** Microseconds of CPU that the process has used. */
  cpu(): Promise<number>;
}

export interface Servers {
  readonly ours: Peer;
  readonly bare: Peer;
}

/** Where they ask: the demo backend, or what stands for one. */
export interface Service {
  readonly url: string;
  readonly key: string;
}

/** Gives both to a measurement, and ends them after it. */
export async function withServers<Result>(
  service: Service,
  measure: (servers: Servers) => Promise<Result>,
  flags: readonly string[] = [],
): Promise<Result> {
  const folder = await mkdtemp(path.join(tmpdir(), 'gloss-bench-'));
  const children: ChildProcess[] = [];
  try {
    await buildBundles({ folder, minify: flags.length === 0 });
    const start = async (file: string, args: readonly string[] = []) => {
      const child = spawn(process.execPath, [...args, file, '--stdio'], {
        env: { PATH: process.env['PATH'], HOME: folder },
        stdio: ['pipe', 'pipe', 'inherit'],
      });
      children.push(child);
      return peerOf(child, service, folder);
    };
    const ours = await start(path.join(folder, 'server.mjs'), flags);
    return await measure({ ours, bare: await start(await bundledBare(folder)) });
  } finally {
    for (const child of children) await ended(child);
    await rm(folder, { recursive: true, force: true });
  }
}

async function bundledBare(folder: string): Promise<string> {
  const outfile = path.join(folder, 'bare.cjs');
  await build({
    entryPoints: [path.join(import.meta.dirname, 'bareServer.ts')],
    outfile,
    bundle: true,
    minify: true,
    platform: 'node',
    target: 'node22',
    format: 'cjs',
    logLevel: 'error',
  });
  return outfile;
}

async function peerOf(child: ChildProcess, service: Service, storage: string): Promise<Peer> {
  const { stdin, stdout } = child;
  if (stdin === null || stdout === null) throw new Error('The server has no streams.');
  const rpc = createMessageConnection(new StreamMessageReader(stdout), new StreamMessageWriter(stdin));
  const documents = createPendingDocuments(rpc);
  const peer: Peer = {
    rpc,
    documents,
    onApply: () => undefined,
    onHunks: () => undefined,
    onProgress: () => undefined,
    async open(uri, text) {
      documents.open(uri, text);
      const textDocument = { uri, languageId: 'typescript', version: 1, text };
      await rpc.sendNotification('textDocument/didOpen', { textDocument });
    },
    cpu: () => cpuOf(child.pid ?? 0),
  };
  rpc.onRequest((method: string, params: unknown) => {
    // The server is the one that is measured: what it sends is what it says.
    if (method === 'gloss/apply') peer.onApply(params as ApplyParams);
    if (method === 'gloss/connection') return connectionOf(service);
    if (method === 'workspace/configuration') return [null];
    return documents.answer(method, params) ?? null;
  });
  rpc.onNotification((method: string, params: unknown) => {
    if (method === 'gloss/hunks') peer.onHunks(Buffer.byteLength(JSON.stringify(params)));
  });
  rpc.onUnhandledProgress(({ value }) => peer.onProgress(value));
  rpc.listen();
  await rpc.sendRequest('initialize', initializing(storage));
  await rpc.sendNotification('initialized', {});
  return peer;
}

function connectionOf({ url, key }: Service): object {
  const credential = { kind: 'apiKey', value: key };
  return { baseUrl: url, credential, environmentKeyAllowed: false, headers: {}, trusted: true };
}

/** A client as VS Code's, with edits that wait in the buffer. */
function initializing(storage: string): object {
  const gloss = { connection: true, status: true, pendingEdits: true };
  return {
    processId: process.pid,
    rootUri: null,
    capabilities: { experimental: { gloss }, workspace: { configuration: true, workspaceFolders: true } },
    workspaceFolders: [{ uri: 'file:///work', name: 'work' }],
    initializationOptions: { storage },
  };
}

async function ended(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return;
  const exited = once(child, 'exit');
  child.kill('SIGTERM');
  await exited;
}

/** User and system time, in ticks of 10 ms (proc_pid_stat(5)). */
async function cpuOf(pid: number): Promise<number> {
  const text = await readFile(`/proc/${pid}/stat`, 'utf8');
  const fields = text.slice(text.lastIndexOf(')') + 2).split(' ');
  return (Number(fields[11]) + Number(fields[12])) * 10_000;
}
