/** Keeps one client for the access in force: made when first needed, replaced when the access changes. */
import { createHash } from 'node:crypto';
import type { Claude, ClaudeOptions } from '../claude/index.ts';
import { Refusal } from '../ports.ts';
import type { Access } from './access.ts';
import type { Connected } from './outgoing.ts';

export interface ConnectorParts {
  /** The access in force. */
  access(mayAsk: boolean): Promise<Access>;
  makeClaude(options: ClaudeOptions): Promise<Claude>;
  /** The text of the certificate file that the person named. */
  readCertificates(file: string): Promise<string>;
  /** From now on no log shows this. */
  hide(secret: string): void;
}

export interface Connector {
  /**
   * @param mayAsk whether the person may be asked whether a key goes to another host.
   * @throws Refusal when there is no key.
   */
  connect(mayAsk: boolean): Promise<Connected>;
  close(): Promise<void>;
}

export function createConnector(parts: ConnectorParts): Connector {
  let current: { readonly fingerprint: string; readonly connected: Promise<Connected> } | undefined;
  const replace = (access: Access, fingerprint: string): Promise<Connected> => {
    const connected = clientFor(parts, access);
    // What still runs on the old client ends there; its idle sockets close by themselves.
    current = { fingerprint, connected };
    connected.catch(() => {
      current = undefined;
    });
    return connected;
  };
  return {
    async connect(mayAsk) {
      const access = await parts.access(mayAsk);
      if (access.credential === undefined) throw noKey(access);
      const fingerprint = fingerprintOf(access);
      return current?.fingerprint === fingerprint ? current.connected : replace(access, fingerprint);
    },
    async close() {
      const closing = current;
      current = undefined;
      await closing?.connected.then(({ claude }) => claude.close()).catch(() => undefined);
    },
  };
}

/** A client for one access, with the person's certificates. @throws Refusal when their file cannot be read. */
export async function clientFor(parts: Omit<ConnectorParts, 'access'>, access: Access): Promise<Connected> {
  const { credential, caFile } = access;
  if (credential !== undefined) parts.hide(credential.value);
  const options: ClaudeOptions = {
    baseURL: access.baseUrl,
    headers: access.headers,
    noProxy: access.noProxy,
    ...(credential?.kind === 'apiKey' ? { apiKey: credential.value } : {}),
    ...(credential?.kind === 'authToken' ? { authToken: credential.value } : {}),
    ...(access.proxy === undefined ? {} : { proxy: access.proxy }),
    ...(caFile === undefined ? {} : { ca: await certificates(parts, caFile) }),
  };
  return { claude: await parts.makeClaude(options), access };
}

async function certificates(parts: Pick<ConnectorParts, 'readCertificates'>, file: string): Promise<string> {
  try {
    return await parts.readCertificates(file);
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    throw new Refusal(
      `The certificate file ${file} could not be read: ${reason}. Check the setting.`,
      'configuration',
      ['openSettings'],
    );
  }
}

function noKey(access: Access): Refusal {
  return new Refusal(`There is no API key for ${access.host}. Set one, or start the demo, which needs none.`, 'noKey', [
    'setKey',
    'startDemo',
  ]);
}

/** Equal for equal accesses, without keeping the key a second time. */
function fingerprintOf(access: Access): string {
  return createHash('sha256').update(JSON.stringify(access)).digest('hex');
}
