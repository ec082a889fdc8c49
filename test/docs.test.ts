/** The documents are true: the protocol page and the schema of own actions are those that the code gives, and nothing that a page points to is missing. */
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { expect, test } from 'vitest';
import { chatCommandIds, serverCommands } from '#shared/commands.ts';
import { CustomAction, customActionFolder } from '#shared/customAction.ts';
import { defaultSettings } from '#shared/settings.ts';
import { actionSchema, file as schemaFile } from '../scripts/actionSchema.ts';
import { file, protocolPage } from '../scripts/protocolDocs.ts';
import { builtInActions } from '../server/src/features/refactor/actions.ts';

const root = path.resolve(import.meta.dirname, '..');
const pages = [
  'README.md',
  'ARCHITECTURE.md',
  'CHANGELOG.md',
  ...readdirSync(path.join(root, 'docs'), { recursive: true, encoding: 'utf8' })
    .filter((name) => name.endsWith('.md'))
    .map((name) => path.join('docs', name)),
];

test('docs/protocol.md is what the schemas give: else run `node scripts/protocolDocs.ts`', () => {
  expect(readFileSync(file, 'utf8')).toBe(protocolPage());
});

test('schemas/action.schema.json is what the schema gives: else run `node scripts/actionSchema.ts`', () => {
  expect(readFileSync(schemaFile, 'utf8')).toBe(actionSchema());
});

test('VS Code checks files of own actions by that schema', () => {
  const { contributes } = JSON.parse(readFileSync(path.join(root, 'package.json'), 'utf8'));
  expect(contributes.jsonValidation).toEqual([
    { fileMatch: `/${customActionFolder}/*.json`, url: './schemas/action.schema.json' },
  ]);
  expect(schemaFile).toBe(path.join(root, 'schemas/action.schema.json'));
});

const samples = readdirSync(path.join(root, 'sample', customActionFolder));

test.each(samples)('the sample action %s is one', (name) => {
  const text = readFileSync(path.join(root, 'sample', customActionFolder, name), 'utf8');
  expect(CustomAction.parse(JSON.parse(text)).instruction).not.toBe('');
});

const actionsPage = readFileSync(path.join(root, 'docs/actions.md'), 'utf8');

test('docs/actions.md has every action with its kind, and no other', () => {
  const rows = [...actionsPage.matchAll(/^\| ([^|]+?) \| `([^`]+)` \| `([^`]+)` \|/gm)];
  const listed = rows.map(([, title, id, kind]) => ({ title, id, kind }));
  expect(listed).toEqual(builtInActions.map(({ title, id, kind }) => ({ title, id, kind })));
});

test('the action that docs/actions.md shows is one, and so are the settings', () => {
  const example = /```json\n([\s\S]*?)```/.exec(actionsPage)?.[1] ?? '';
  expect(CustomAction.safeParse(JSON.parse(example)).error).toBeUndefined();
  const named = [...actionsPage.matchAll(/`gloss\.codeActions\.(\w+)`/g)].map(([, name]) => name);
  expect(named).toEqual(Object.keys(defaultSettings.codeActions));
});

const explanationsPage = readFileSync(path.join(root, 'docs/explanations.md'), 'utf8');

test('docs/explanations.md has every key for explanations, and no other', () => {
  const { contributes } = JSON.parse(readFileSync(path.join(root, 'package.json'), 'utf8'));
  const bound: { command: string; key: string }[] = contributes.keybindings;
  const keys = bound.filter(({ command }) => /^gloss\.(explain|annotate)/.test(command)).map(({ key }) => key);
  const named = [...explanationsPage.matchAll(/`(Ctrl\+K [^`]+)`/g)].map(([, key]) => key?.toLowerCase());
  expect(named.sort()).toEqual(keys.sort());
});

test('what docs/explanations.md names in VS Code has that title there', () => {
  const texts = Object.values(JSON.parse(readFileSync(path.join(root, 'package.nls.json'), 'utf8')));
  const named = [...explanationsPage.matchAll(/(?<=^\| .*)\*\*((?:Explain|Add|Hide)[^*]+)\*\*/gm)].map(
    ([, name]) => name,
  );
  expect(named.length).toBeGreaterThan(6);
  expect(named.filter((name) => !texts.includes(name))).toEqual([]);
});

test('docs/explanations.md has the commands of any LSP client, and settings that are there', () => {
  const commands = [...explanationsPage.matchAll(/^\| `(gloss\.\w+)` \|/gm)].map(([, id]) => id);
  const others = ['edit', 'whatWasSent', 'checkConnection', 'startDemo', 'suggestionAccepted', 'whySuggestion'];
  const wanted = Object.entries(serverCommands).filter(([name]) => !others.includes(name) && !name.startsWith('chat'));
  expect(commands.sort()).toEqual(wanted.map(([, id]) => id).sort());
  const settings = [...explanationsPage.matchAll(/`gloss\.explain\.(level|audience|language|model)`/g)];
  expect(
    settings.map(([, name]) => name).filter((name) => !Object.hasOwn(defaultSettings.explain, name ?? '')),
  ).toEqual([]);
  expect(settings.length).toBeGreaterThan(2);
});

const suggestionsPage = readFileSync(path.join(root, 'docs/suggestions.md'), 'utf8');

test('docs/suggestions.md has every setting with its default, and the commands of any LSP client', () => {
  const rows = [...suggestionsPage.matchAll(/^\| `gloss\.suggestions\.(\w+)` \| `([^`]+)` \|/gm)];
  const listed = Object.fromEntries(rows.map(([, name, value]) => [name, JSON.parse(value ?? '')]));
  expect(listed).toEqual(defaultSettings.suggestions);
  const commands = [...suggestionsPage.matchAll(/^\| `(gloss\.\w+)` \|/gm)].map(([, id]) => id);
  expect(commands.sort()).toEqual([serverCommands.suggestionAccepted, serverCommands.whySuggestion].sort());
});

test('what docs/suggestions.md names in VS Code has that title there', () => {
  const texts = Object.values(JSON.parse(readFileSync(path.join(root, 'package.nls.json'), 'utf8')));
  const named = [...suggestionsPage.matchAll(/\*\*Gloss: ([^*]+)\*\*/g)].map(([, name]) => name);
  expect(named.length).toBeGreaterThan(5);
  expect(named.filter((name) => !texts.includes(name))).toEqual([]);
});

test('docs/chat.md has all commands of chats', () => {
  const page = readFileSync(path.join(root, 'docs/chat.md'), 'utf8');
  const commands = [...page.matchAll(/^\| `(gloss\.chat[.\w]*)` \|/gm)].map(([, id]) => id);
  expect(commands.sort()).toEqual([...chatCommandIds].sort());
});

test.each(pages)('every link and picture of %s leads somewhere', (page) => {
  const text = readFileSync(path.join(root, page), 'utf8');
  const targets = [...text.matchAll(/\]\(([^)#\s]+)[^)]*\)/g)]
    .map((match) => match[1] ?? '')
    .filter((target) => !/^https?:/.test(target));
  expect(targets.filter((target) => !existsSync(path.join(root, path.dirname(page), target)))).toEqual([]);
});

test('every file that ARCHITECTURE.md names in code is there', () => {
  const text = readFileSync(path.join(root, 'ARCHITECTURE.md'), 'utf8');
  const named = [
    ...text.matchAll(/`((?:client|server|shared|test|egress|system|lsp|explanations|demo|features)\/[\w./-]+\.ts)`/g),
  ].map((match) => match[1] ?? '');
  // `x` stands for whatever is added.
  expect(named.length).toBeGreaterThan(8);
  expect(
    named
      .filter((name) => !/\bx\./.test(name))
      .filter(
        (name) => ![name, path.join('server/src', name)].some((candidate) => existsSync(path.join(root, candidate))),
      ),
  ).toEqual([]);
});
