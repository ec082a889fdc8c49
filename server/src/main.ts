#!/usr/bin/env node
/** The process: reads the environment and the command line, builds the real things, and serves one editor. */
import { homedir } from 'node:os';
import path from 'node:path';
import { createConnection, ProposedFeatures } from 'vscode-languageserver/node';
import { version } from '#shared/version.ts';
import type { Environment } from './egress/access.ts';
import { startServer } from './lsp/server.ts';
import { readCertificates } from './system/certificates.ts';
import { createDisk } from './system/disk.ts';
import { createFiles } from './system/files.ts';
import { createJournalShelf } from './system/journalShelf.ts';
import { createJournal } from './system/journals.ts';
import { findOwnParts } from './system/ownParts.ts';

const usage = `gloss-language-server ${version}: Claude for any editor that speaks LSP

  gloss-language-server --stdio          talk over standard input and output
  gloss-language-server --node-ipc       talk over Node's IPC
  gloss-language-server --socket=PORT    connect to a port on this machine
  gloss-language-server --pipe=NAME      connect to a named pipe
  gloss-language-server --version
  gloss-language-server --help

Key and endpoint: ANTHROPIC_API_KEY or ANTHROPIC_AUTH_TOKEN, ANTHROPIC_BASE_URL,
HTTPS_PROXY and NO_PROXY, NODE_EXTRA_CA_CERTS, read once at the start.
`;

/** undici's own floor. */
const oldestNode = [22, 19] as const;

function main(): void {
  const [major = 0, minor = 0] = process.versions.node.split('.').map(Number);
  if (major < oldestNode[0] || (major === oldestNode[0] && minor < oldestNode[1])) {
    process.stderr.write(
      `gloss-language-server needs Node ${oldestNode.join('.')} or newer; this is ${process.versions.node}.\n`,
    );
    process.exitCode = 1;
  } else if (process.argv.includes('--version')) process.stdout.write(`${version}\n`);
  else if (process.argv.some((argument) => /^--(stdio|node-ipc|socket|pipe)(=|$)/.test(argument))) serve();
  else {
    process.stdout.write(usage);
    process.exitCode = process.argv.includes('--help') ? 0 : 1;
  }
}

function serve(): void {
  findOwnParts(import.meta.url);
  const storage = stateFolder();
  const environment = takeEnvironment();
  const variables = { ...process.env };
  startServer({
    environment,
    connect: (options) => createConnection(ProposedFeatures.all, options),
    fail,
    spareMemory: async () => (await import('./system/memory.ts')).spareMemory(),
    version,
    storage,
    async makeClaude(options) {
      const { Claude } = await import('./egress/client.ts');
      return new Claude({ ...options, userAgent: `gloss/${version}` });
    },
    startDemo: async () => (await import('./demo/server.ts')).startDemo(),
    createDisk,
    createFiles,
    createShell: async (roots) => (await import('./system/shell.ts')).createShell({ roots, variables }),
    createSearch: async (parts) => (await import('./system/search.ts')).createSearch(parts),
    createJournal: (folder, name, log) => createJournal(folder, name, log),
    createJournalShelf: (folder, name, log) => createJournalShelf(folder, name, log),
    readCertificates,
  });
}

/** Better gone, so that the editor can say so, than alive and deaf. */
function fail(error: unknown): void {
  const reason = error instanceof Error ? error.message : String(error);
  process.stderr.write(`gloss-language-server ${version} cannot start: ${reason}\n`, () => process.exit(1));
}

/** Reads the environment once, and takes the secrets out of it, so that no child gets them (threats S32). */
function takeEnvironment(): Environment {
  const { env } = process;
  const value = (name: string): string | undefined => env[name]?.trim() || undefined;
  const found = {
    apiKey: value('ANTHROPIC_API_KEY'),
    authToken: value('ANTHROPIC_AUTH_TOKEN'),
    baseUrl: value('ANTHROPIC_BASE_URL'),
    proxy: value('HTTPS_PROXY') ?? value('https_proxy'),
    noProxy: value('NO_PROXY') ?? value('no_proxy'),
    caFile: value('NODE_EXTRA_CA_CERTS'),
  };
  delete env['ANTHROPIC_API_KEY'];
  delete env['ANTHROPIC_AUTH_TOKEN'];
  // Absent, not undefined: what is not there does not compile as a value.
  return Object.fromEntries(Object.entries(found).filter(([, text]) => text !== undefined));
}

/** Where this system keeps a program's state. */
function stateFolder(): string {
  // A relative one is to be ignored (XDG Base Directory Specification): it would be the project's own folder.
  const named = [process.env['XDG_STATE_HOME'], process.platform === 'win32' ? process.env['LOCALAPPDATA'] : undefined];
  const base =
    named.find((folder) => folder !== undefined && path.isAbsolute(folder)) ?? path.join(homedir(), '.local', 'state');
  return path.join(base, 'gloss');
}

main();
