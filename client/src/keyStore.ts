/** The only holder of the key on this side: the editor's secret storage, one secret for each origin. It is never logged. */
import * as vscode from 'vscode';
import type { Connection } from '#shared/connection.ts';

export type Credential = NonNullable<Connection['credential']>;

export interface KeyStore {
  /** The key for an origin. Undefined also when the storage cannot be read: that is told once. */
  get(origin: string): Promise<Credential | undefined>;
  /** @throws what the editor throws when its storage is out of order. */
  store(origin: string, credential: Credential): Promise<void>;
  /** Whether there was one. */
  remove(origin: string): Promise<boolean>;
  /** A key was stored or removed, in this window or another one. */
  readonly onChange: vscode.Event<void>;
}

const prefix = 'gloss.key:';

export function createKeyStore(context: vscode.ExtensionContext, log: vscode.LogOutputChannel): KeyStore {
  const changes = new vscode.EventEmitter<void>();
  const { secrets } = context;
  let told = false;
  context.subscriptions.push(
    changes,
    secrets.onDidChange(({ key }) => {
      if (key.startsWith(prefix)) changes.fire();
    }),
  );
  const unreadable = (error: unknown): undefined => {
    log.error(`The secret storage cannot be read: ${error instanceof Error ? error.message : 'unknown error'}`);
    if (!told)
      void vscode.window.showErrorMessage(
        vscode.l10n.t(
          "The editor's secret storage cannot be read, so the API key is not available. Unlock the keyring of your system, then try again.",
        ),
      );
    told = true;
    return undefined;
  };
  return {
    async get(origin) {
      const text = await Promise.resolve(secrets.get(prefix + origin)).catch(unreadable);
      return text === undefined ? undefined : credentialIn(text);
    },
    store: async (origin, credential) => secrets.store(prefix + origin, JSON.stringify(credential)),
    async remove(origin) {
      const present = (await secrets.get(prefix + origin)) !== undefined;
      if (present) await secrets.delete(prefix + origin);
      return present;
    },
    onChange: changes.event,
  };
}

async function credentialIn(text: string): Promise<Credential | undefined> {
  // Loaded when first needed: making schemas takes a while.
  const { Connection: schema } = await import('#shared/connection.ts');
  try {
    return schema.shape.credential.parse(JSON.parse(text));
  } catch {
    // Not written by us, or damaged: as good as none. Setting the key writes a new one.
    return undefined;
  }
}
