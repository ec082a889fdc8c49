/** Settings by document, asked of the editor, cached per scope until the editor says that they changed. */
import {
  type ClientCapabilities,
  type Connection,
  DidChangeConfigurationNotification,
} from 'vscode-languageserver/node';
import { defaultSettings, Settings } from '#shared/settings.ts';
import type { Log, SettingsSource } from '../ports.ts';

const mostScopes = 500;

export interface SettingsCache extends SettingsSource {
  /** Call once the client is initialized. */
  start(): void;
  onChange(listener: () => void): void;
}

export function createSettings(connection: Connection, capabilities: ClientCapabilities, log: Log): SettingsCache {
  const cache = new Map<string, Promise<Settings>>();
  const asks = capabilities.workspace?.configuration === true;
  const changed = new Set<() => void>();
  connection.onDidChangeConfiguration(() => {
    cache.clear();
    for (const listener of changed) listener();
  });
  return {
    start() {
      if (capabilities.workspace?.didChangeConfiguration?.dynamicRegistration !== true) return;
      connection.client
        .register(DidChangeConfigurationNotification.type, { section: 'gloss' })
        .catch((error: unknown) => log.warn(`settings changes will not be noticed: ${String(error)}`));
    },
    forDocument(uri) {
      if (!asks) return Promise.resolve(defaultSettings);
      const known = cache.get(uri);
      if (known !== undefined) return known;
      const asked = ask(connection, uri, log);
      if (cache.size >= mostScopes) cache.clear();
      cache.set(uri, asked);
      return asked;
    },
    onChange: (listener) => void changed.add(listener),
  };
}

async function ask(connection: Connection, uri: string, log: Log): Promise<Settings> {
  try {
    const value: unknown = await connection.workspace.getConfiguration({ scopeUri: uri, section: 'gloss' });
    return Settings.parse(value ?? {});
  } catch (error) {
    log.warn(`settings could not be read, defaults are used: ${String(error)}`);
    return defaultSettings;
  }
}
