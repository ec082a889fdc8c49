/** Settings by document, asked of the editor, cached per scope until the editor says that they changed. */
import {
  type ClientCapabilities,
  type Connection,
  DidChangeConfigurationNotification,
} from 'vscode-languageserver/node';
import { defaultSettings, Settings } from '#shared/settings.ts';
import { type Log, Refusal, type SettingsSource } from '../ports.ts';
import { tooLate, withPatience } from './patience.ts';
import { type Personal, withinPersonal } from './personalSettings.ts';

const mostScopes = 500;
/** An editor answers at once, or not at all. */
const patience = 5_000;

export interface SettingsCache extends SettingsSource {
  /** Call once the client is initialized. */
  start(): void;
  onChange(listener: () => void): void;
}

export interface SettingsParts {
  readonly connection: Connection;
  readonly capabilities: ClientCapabilities;
  readonly log: Log;
  /** What the person has said beside the editor's settings; undefined where these are the person's own. */
  readonly personal: Personal | undefined;
}

export function createSettings({ connection, capabilities, log, personal }: SettingsParts): SettingsCache {
  const cache = new Map<string, Promise<Settings>>();
  const read = (told: unknown) => settingsOf(told, personal, log);
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
      if (!asks) return Promise.resolve(read({}));
      const known = cache.get(uri);
      if (known !== undefined) return known;
      const asked = ask(connection, uri, log).then(read);
      if (cache.size >= mostScopes) cache.clear();
      cache.set(uri, asked);
      // A failed question is asked again the next time.
      asked.catch(() => cache.delete(uri));
      return asked;
    },
    onChange: (listener) => void changed.add(listener),
  };
}

/** @throws Refusal when the editor does not answer: what it would have excluded is not known (threats, rule 4). */
async function ask(connection: Connection, uri: string, log: Log): Promise<unknown> {
  const asked = connection.workspace.getConfiguration({ scopeUri: uri, section: 'gloss' });
  const value: unknown = await withPatience(asked, patience).catch((error: unknown) => {
    log.warn(`the settings could not be read: ${String(error)}`);
    throw unread();
  });
  if (value === tooLate) throw unread();
  return value ?? {};
}

function settingsOf(told: unknown, personal: Personal | undefined, log: Log): Settings {
  const settings = Settings.safeParse(told);
  if (!settings.success) log.warn('the settings are not an object; defaults are used');
  const read = settings.data ?? defaultSettings;
  return personal === undefined ? read : withinPersonal(read, told, personal);
}

function unread(): Refusal {
  return new Refusal('The editor did not tell its settings, so nothing was sent. Try again.', 'settings', ['retry']);
}
