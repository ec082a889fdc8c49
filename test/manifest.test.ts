/** The manifest says what the code does: commands, settings, texts, what Restricted Mode holds back, keys. */
import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { expect, test } from 'vitest';
import * as z from 'zod';
import { clientCommands, serverCommands } from '#shared/commands.ts';
import { defaultSettings } from '#shared/settings.ts';
import { defaultBaseUrl } from '../client/src/connectionSettings.ts';

const root = path.resolve(import.meta.dirname, '..');
const text = (file: string) => readFileSync(path.join(root, file), 'utf8');

const MenuItem = z.object({
  command: z.string().optional(),
  submenu: z.string().optional(),
  when: z.string().optional(),
  group: z.string().optional(),
});
const Manifest = z.object({
  activationEvents: z.array(z.string()),
  capabilities: z.object({
    untrustedWorkspaces: z.object({
      supported: z.string(),
      description: z.string(),
      restrictedConfigurations: z.array(z.string()),
    }),
    virtualWorkspaces: z.object({ supported: z.string(), description: z.string() }),
  }),
  contributes: z.looseObject({
    commands: z.array(
      z.object({ command: z.string(), title: z.string(), category: z.string(), icon: z.string().optional() }),
    ),
    keybindings: z.array(
      z.object({ command: z.string(), key: z.string(), mac: z.string().optional(), when: z.string() }),
    ),
    submenus: z.array(z.object({ id: z.string(), label: z.string() })),
    menus: z.record(z.string(), z.array(MenuItem)),
    configuration: z.object({
      properties: z.record(
        z.string(),
        z.looseObject({
          scope: z.string(),
          default: z.unknown(),
          description: z.string().optional(),
          markdownDescription: z.string().optional(),
        }),
      ),
    }),
    configurationDefaults: z.record(z.string(), z.unknown()),
    colors: z.array(z.object({ id: z.string(), description: z.string(), defaults: z.record(z.string(), z.string()) })),
    viewsContainers: z.object({ activitybar: z.array(z.object({ id: z.string(), icon: z.string() })) }),
    views: z.record(
      z.string(),
      z.array(
        z.object({
          id: z.string(),
          type: z.string().optional(),
          when: z.string().optional(),
          icon: z.string(),
        }),
      ),
    ),
    viewsWelcome: z.array(z.object({ view: z.string(), contents: z.string() })),
  }),
});
const manifest = Manifest.parse(JSON.parse(text('package.json')));
const { contributes } = manifest;
const texts = z.record(z.string(), z.string()).parse(JSON.parse(text('package.nls.json')));
const settings = contributes.configuration.properties;

test('every command of the extension is contributed, and nothing else is', () => {
  expect(contributes.commands.map(({ command }) => command).sort()).toEqual(Object.values(clientCommands).sort());
});

test("the server's commands are not contributed: the language client registers them", () => {
  const contributed = new Set(contributes.commands.map(({ command }) => command));
  expect(Object.values(serverCommands).filter((command) => contributed.has(command))).toEqual([]);
});

test('menus and keys name commands and submenus that are there', () => {
  const commands: ReadonlySet<string> = new Set(Object.values(clientCommands));
  const submenus = new Set(contributes.submenus.map(({ id }) => id));
  const items = [...Object.values(contributes.menus).flat(), ...contributes.keybindings];
  const lost = items.filter(
    (item) => !('submenu' in item && submenus.has(item.submenu ?? '')) && !commands.has(item.command ?? ''),
  );
  expect(lost).toEqual([]);
});

test('what only the extension itself calls is not in the palette', () => {
  const hidden = contributes.menus['commandPalette']
    ?.filter(({ when }) => when === 'false')
    .map(({ command }) => command);
  expect(hidden?.sort()).toEqual(
    [
      clientCommands.explainLine,
      clientCommands.menu,
      clientCommands.showExplanation,
      clientCommands.reply,
      clientCommands.runEdit,
    ].sort(),
  );
});

test('actions of a thread are shown in the threads of Gloss only', () => {
  const items = Object.entries(contributes.menus).flatMap(([menu, list]) => (menu.startsWith('comments/') ? list : []));
  expect(items.length).toBeGreaterThan(4);
  expect(items.filter(({ when }) => when?.includes('commentController == gloss.explain') !== true)).toEqual([]);
});

test('every setting that the server reads is in the manifest with the same default', () => {
  const read = flat('gloss', defaultSettings);
  expect(Object.fromEntries(Object.keys(read).map((name) => [name, settings[name]?.default]))).toEqual(read);
  expect(read).toHaveProperty(['gloss.suggestions.languages'], defaultSettings.suggestions.languages);
});

test('every setting in the manifest is read by somebody', () => {
  const connection = ['gloss.baseUrl', 'gloss.extraCaCertificates', 'gloss.headers', 'gloss.proxy'];
  expect(Object.keys(settings).sort()).toEqual([...Object.keys(flat('gloss', defaultSettings)), ...connection].sort());
  expect(settings['gloss.baseUrl']?.default).toBe(defaultBaseUrl);
});

test('S1: no workspace can say where requests go, with which certificates, or what they cost', () => {
  const where = ['gloss.baseUrl', 'gloss.extraCaCertificates', 'gloss.headers', 'gloss.proxy'];
  const suggestions = ['model', 'maxPerHour', 'limitPerHour'].map((name) => `gloss.suggestions.${name}`);
  const own = [...where, 'gloss.explain.model', 'gloss.edit.model', ...suggestions];
  expect(own.map((name) => settings[name]?.scope)).toEqual(own.map(() => 'application'));
});

test('S18: no workspace has a say in what chats may do or cost', () => {
  const chat = Object.keys(settings).filter((name) => name.startsWith('gloss.chat.'));
  expect(chat).toContain('gloss.chat.permissions');
  expect(chat.filter((name) => settings[name]?.scope !== 'application')).toEqual([]);
});

test('S2: in Restricted Mode no setting of the workspace counts', () => {
  const { untrustedWorkspaces, virtualWorkspaces } = manifest.capabilities;
  expect([untrustedWorkspaces.supported, virtualWorkspaces.supported]).toEqual(['limited', 'limited']);
  expect([...untrustedWorkspaces.restrictedConfigurations].sort()).toEqual(Object.keys(settings).sort());
});

test('S32: there is no setting for a key', () => {
  // Tokens of a model are counted, and open nothing; the other is a key of the keyboard.
  const harmless = ['gloss.chat.maxTokens', 'gloss.chat.sendKey'];
  const others = Object.keys(settings).filter((name) => !harmless.includes(name));
  expect(others.filter((name) => /key|token|secret|password/i.test(name))).toEqual([]);
});

test('S36: nothing from outside starts anything: no link handler, no broad activation', () => {
  expect(manifest.activationEvents).toEqual(['onStartupFinished']);
  const code = readdirSync(path.join(root, 'client/src'), { recursive: true, encoding: 'utf8' })
    .filter((file) => file.endsWith('.ts'))
    .map((file) => text(path.join('client/src', file)));
  expect(code.length).toBeGreaterThan(30);
  expect(code.filter((source) => source.includes('registerUriHandler'))).toEqual([]);
});

test('every text that the manifest names is there, and every text is named', () => {
  const named = [...text('package.json').matchAll(/"%([^"%]+)%"/g)].map(([, key]) => key ?? '');
  expect([...new Set(named)].sort()).toEqual(Object.keys(texts).sort());
});

test('titles are plain words with capitals, without the name of the product', () => {
  const titles = contributes.commands.map(({ title }) => texts[title.replaceAll('%', '')] ?? '');
  expect(
    titles.filter(
      (title) =>
        !/^[A-Z][A-Za-z]+( (\(?[A-Z][A-Za-z]+|as|for|in|into|of|or|to|with)\)?)*(\.\.\.|\?)?$/.test(title) ||
        /gloss/i.test(title),
    ),
  ).toEqual([]);
  expect(new Set(contributes.commands.map(({ category }) => category))).toEqual(new Set(['Gloss']));
});

test('settings have a description, and one setting is not told in two ways', () => {
  const told = Object.values(settings).map(
    ({ description, markdownDescription }) => [description, markdownDescription].filter(Boolean).length,
  );
  expect(told).toEqual(told.map(() => 1));
});

const taken = z
  .object({ linux: z.array(z.string()), windows: z.array(z.string()), mac: z.array(z.string()) })
  .parse(JSON.parse(text('test/fixtures/defaultKeys.json')));

test.each(['linux', 'windows', 'mac'] as const)('no default key is one that VS Code uses on %s', (platform) => {
  expect(taken[platform].length).toBeGreaterThan(300);
  const keys = contributes.keybindings.map(({ key, mac }) => (platform === 'mac' ? (mac ?? key) : key));
  // The first half of a chord may be one that VS Code starts chords with, too.
  const starts = new Set(taken[platform].filter((key) => key.includes(' ')).map((key) => key.split(' ')[0]));
  const collides = (key: string) =>
    taken[platform].some((other) => other === key || other.startsWith(`${key} `)) ||
    (taken[platform].includes(key.split(' ')[0] ?? '') && !starts.has(key.split(' ')[0]));
  expect(keys.length).toBeGreaterThan(0);
  expect(keys.filter(collides)).toEqual([]);
});

test('every key works in the editor only, or in the chat panel', () => {
  const where = /^(?:.* && )?(editorTextFocus|gloss\.chatFocused)(?: && .*)?$/;
  expect(contributes.keybindings.filter(({ when }) => !where.test(when))).toEqual([]);
});

test('the icons above the chat are three at most, and what is about a chat is offered only where one is shown', () => {
  const above = contributes.menus['view/title']?.filter(({ when }) => when === 'view == gloss.chat') ?? [];
  const icons = above.filter(({ group }) => group?.startsWith('navigation'));
  expect(icons.map(({ command }) => command)).toEqual([clientCommands.newChat, clientCommands.showChats]);
  const ofChat = Object.values(clientCommands).filter((command) => command.startsWith('gloss.panel.'));
  expect(ofChat.length).toBeGreaterThan(8);
  const shown = new Set(
    contributes.menus['commandPalette']
      ?.filter(({ when }) => when?.includes('gloss.chatVisible'))
      .map(({ command }) => command),
  );
  const anywhere: readonly string[] = [clientCommands.focusChatInput];
  expect(ofChat.filter((command) => !shown.has(command) && !anywhere.includes(command))).toEqual([]);
});

test('what decides on pending edits is offered only where there are some', () => {
  const lists = Object.values(contributes.menus).flat();
  const items = [...lists, ...contributes.keybindings].filter(({ command }) => command?.startsWith('gloss.review.'));
  expect(items.length).toBeGreaterThan(30);
  const where = /gloss\.(hasPendingEdits|pendingHunkAtCursor|pendingFiles)|view == gloss\.pendingEdits && viewItem/;
  expect(items.filter(({ when }) => !where.test(when ?? ''))).toEqual([]);
  const inPalette = new Set(contributes.menus['commandPalette']?.map(({ command }) => command));
  const commands = Object.values(clientCommands).filter((command) => command.startsWith('gloss.review.'));
  expect(commands.filter((command) => !inPalette.has(command))).toEqual([]);
});

test('a command that asks for something first ends in three dots, others do not', () => {
  const asking: readonly string[] = [clientCommands.editHere, clientCommands.rejectHunkWithReason];
  const dotted = contributes.commands.filter(({ title }) => texts[title.replaceAll('%', '')]?.endsWith('...'));
  expect(dotted.map(({ command }) => command).sort()).toEqual([...asking].sort());
});

test('the colours of pending edits have a value in each of the four kinds of theme', () => {
  const kinds = ['dark', 'highContrast', 'highContrastLight', 'light'];
  const colors = contributes.colors.map(({ id, defaults }) => [id, Object.keys(defaults).sort()]);
  expect(colors).toEqual([
    ['gloss.pendingAddedBackground', kinds],
    ['gloss.pendingBorder', kinds],
  ]);
  const code = text('client/src/edit/decorations.ts');
  expect(contributes.colors.filter(({ id }) => !code.includes(`'${id}'`))).toEqual([]);
});

test('the chat is first, the lists have an icon of one colour; that of pending edits is there only when there were some', () => {
  const [container] = contributes.viewsContainers.activitybar;
  const views = contributes.views[container?.id ?? ''] ?? [];
  expect(views).toMatchObject([
    { id: 'gloss.chat', type: 'webview' },
    { id: 'gloss.pendingEdits', when: 'gloss.hasPendingEdits || gloss.hadPendingEdits' },
    { id: 'gloss.explanations' },
  ]);
  const lists = views.filter(({ type }) => type === undefined);
  expect(contributes.viewsWelcome.map((welcome) => welcome.view)).toEqual(lists.map(({ id }) => id));
  const icon = text(container?.icon ?? '');
  expect([...icon.matchAll(/(?:fill|stroke)="([^"]+)"/g)].map(([, color]) => color)).toEqual(['none', 'currentColor']);
});

test("what changes a default of the editor's is about threads, and what tabs of Gloss's own files are called", () => {
  const { 'workbench.editor.customLabels.patterns': labels, ...threads } = contributes.configurationDefaults;
  expect(threads).toEqual({ 'comments.openView': 'never', 'comments.maxHeight': false });
  expect(Object.keys(labels as object).filter((glob) => !glob.startsWith('**/gloss.gloss-language-server/'))).toEqual(
    [],
  );
});

/** Settings whose value is an object. */
const whole: readonly string[] = ['gloss.suggestions.languages'];

/** `{ a: { b: 1 } }` as `{ 'gloss.a.b': 1 }`. */
function flat(prefix: string, value: unknown): Readonly<Record<string, unknown>> {
  if (whole.includes(prefix) || typeof value !== 'object' || value === null || Array.isArray(value))
    return { [prefix]: value };
  return Object.assign({}, ...Object.entries(value).map(([name, part]) => flat(`${prefix}.${name}`, part)));
}
