/** S18: which of an editor's settings count, over a real connection: those of a client of ours, and of a bare editor. */
import { PassThrough } from 'node:stream';
import { afterAll, expect, test } from 'vitest';
import { createConnection, ProposedFeatures } from 'vscode-languageserver/node';
import { createMessageConnection, StreamMessageReader, StreamMessageWriter } from 'vscode-languageserver-protocol/node';
import { defaultSettings } from '#shared/settings.ts';
import type { Personal } from './personalSettings.ts';
import { createSettings, type SettingsCache } from './settings.ts';

const ends: (() => void)[] = [];
afterAll(() => {
  for (const end of ends) end();
});

const warnings: string[] = [];
const log = {
  clean: (text: string) => text,
  debug() {},
  info() {},
  warn: (text: string) => void warnings.push(text),
  error() {},
};

/** Settings of an editor that answers `told`; with undefined it is none that tells settings. */
function settingsOf(told: unknown, personal: Personal | undefined): SettingsCache {
  const [toServer, toClient] = [new PassThrough(), new PassThrough()];
  const [reader, writer] = [new StreamMessageReader(toServer), new StreamMessageWriter(toClient)];
  const connection = createConnection(ProposedFeatures.all, reader, writer);
  const editor = createMessageConnection(new StreamMessageReader(toClient), new StreamMessageWriter(toServer));
  editor.onRequest('workspace/configuration', () => [told]);
  const capabilities = { workspace: { configuration: told !== undefined } };
  const settings = createSettings({ connection, capabilities, log, personal });
  connection.listen();
  editor.listen();
  ends.push(
    () => editor.dispose(),
    () => connection.dispose(),
  );
  return settings;
}

const chatOf = async (told: unknown, personal?: Personal) =>
  (await settingsOf(told, personal).forDocument('file:///w/a.ts')).chat;

const allow = { tool: 'run', match: 'npm test', decision: 'allow' } as const;
const loose = { chat: { permissions: [allow], limitPerDay: 1_000 } };

test('S18: settings of a client of ours are the person’s: what they allow counts', async () => {
  expect(await chatOf(loose)).toMatchObject({ permissions: [allow], limitPerDay: 1_000 });
});

test('S18: those of a bare editor may come from a project: what they allow does not count', async () => {
  expect(await chatOf(loose, {})).toMatchObject({ permissions: [], limitPerDay: defaultSettings.chat.limitPerDay });
});

test('what the person says when the server starts counts, also in an editor that tells no settings', async () => {
  const personal = { permissions: [allow], limits: { perDay: 50 } };
  for (const told of [undefined, {}, null])
    expect(await chatOf(told, personal)).toMatchObject({ permissions: [allow], limitPerDay: 50 });
});

test('settings that are no object are said to be none, and loosen nothing', async () => {
  expect(await chatOf('all', {})).toEqual(defaultSettings.chat);
  expect(warnings).toEqual(['the settings are not an object; defaults are used']);
});
