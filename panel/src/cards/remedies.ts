/** What a person can do about a failure, by its kind: commands of the extension. Pure. */
import type * as z from 'zod';
import type { runRequest } from '#shared/panelHost.ts';
import { t } from '../words.ts';

export type Remedy = z.infer<typeof runRequest.params>['command'];

const byKind: Readonly<Record<string, readonly Remedy[]>> = {
  noKey: ['setApiKey', 'startDemo'],
  authentication: ['setApiKey', 'startDemo'],
  configuration: ['setApiKey', 'startDemo', 'openSettings'],
  connection: ['testConnection', 'showLog'],
  redirect: ['testConnection', 'openSettings'],
  bad_response: ['testConnection', 'showLog'],
  timeout: ['testConnection', 'showLog'],
  permission: ['openSettings', 'testConnection'],
  billing: ['openSettings', 'testConnection'],
  spend_limit: ['openSettings'],
  invalid_request: ['openSettings', 'showLog'],
  not_found: ['openSettings', 'testConnection'],
  too_large: ['openSettings'],
  limit: ['openSettings'],
  settings: ['openSettings'],
  untrusted: ['manageTrust'],
  restricted: ['manageTrust'],
  noFolder: ['openFolder'],
  server: ['restartServer', 'showLog'],
  outdated: ['restartServer', 'showLog'],
  internal: ['showLog'],
  unknown: ['showLog'],
};

/** Nothing for what the person can read and do without a button. */
export function remediesOf(kind: string): readonly Remedy[] {
  return byKind[kind] ?? [];
}

/** As the command is called in the editor. */
export function titleOf(command: Remedy): string {
  const titles: Readonly<Record<Remedy, string>> = {
    openInEditor: t('Open in Editor'),
    openAsDocument: t('Open as Document'),
    showWhatWasSent: t('Show What Was Sent'),
    setApiKey: t('Set API Key'),
    startDemo: t('Start Demo'),
    testConnection: t('Test Connection'),
    manageTrust: t('Manage Trust'),
    openFolder: t('Open Folder'),
    showLog: t('Show Log'),
    restartServer: t('Restart Server'),
    openSettings: t('Open Settings'),
    help: t('Help'),
  };
  return titles[command];
}
