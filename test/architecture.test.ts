/** The map of the rooms: which may import which, and where the gateways are. A new arrow is a line here, on purpose. */
import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { expect, test } from 'vitest';

const root = path.resolve(import.meta.dirname, '..');

/** Room → rooms and packages that it may import. A package stands for itself and what is below it; `node:` is Node. */
const arrows: Readonly<Record<string, readonly string[]>> = {
  shared: [
    'zod',
    'mdast-util-from-markdown',
    'mdast-util-gfm',
    'mdast-util-to-markdown',
    'micromark-extension-gfm',
    'mdast',
  ],
  client: ['shared', 'vscode', 'vscode-languageclient', 'node:path', 'zod'],
  // The page of the panel: a browser, not Node.
  panel: [
    'shared',
    'preact',
    '@tanstack/virtual-core',
    '@speed-highlight/core',
    '@vscode/codicons',
    'fuzzysort',
    'mdast',
    'zod',
  ],
  claude: ['undici', 'zod', 'node:'],
  demo: ['shared', 'text', 'node:', 'zod'],
  text: ['shared', 'diff'],
  editing: ['shared', 'text'],
  ports: ['shared', 'claude', 'editing', 'text'],
  feature: ['shared', 'ports'],
  tool: ['shared', 'ports', 'zod'],
  chat: ['shared', 'claude', 'ports', 'tool'],
  conversations: ['shared', 'claude', 'ports', 'text', 'node:crypto', 'node:zlib', 'zod'],
  tools: ['shared', 'claude', 'editing', 'ports', 'tool', 'text', 'node:crypto', 'zod'],
  agent: ['shared', 'claude', 'editing', 'ports', 'tool', 'chat', 'text', 'node:crypto', 'zod'],
  egress: ['shared', 'claude', 'ports', 'text', 'ignore', 'node:crypto', 'zod'],
  explanations: ['shared', 'ports', 'text', 'node:crypto', 'node:zlib', 'zod'],
  ledger: ['shared', 'editing', 'ports', 'text', 'node:crypto', 'zod'],
  features: ['shared', 'claude', 'editing', 'ports', 'feature', 'tool', 'chat', 'tools', 'text', 'node:crypto', 'zod'],
  lsp: [
    'shared',
    'claude',
    'editing',
    'ports',
    'feature',
    'features',
    'tool',
    'chat',
    'tools',
    'agent',
    'conversations',
    'egress',
    'explanations',
    'ledger',
    'text',
    'fuzzysort',
    'vscode-languageserver',
    'vscode-languageserver-textdocument',
    'node:crypto',
    'node:url',
    'zod',
  ],
  system: ['shared', 'ports', 'text', 'node:'],
  main: ['shared', 'claude', 'demo', 'egress', 'lsp', 'system', 'vscode-languageserver', 'node:os', 'node:path'],
};

/** What only these files may name. Each proves by its own tests that nothing harmful passes. */
const gateways: readonly { readonly what: string; readonly pattern: RegExp; readonly files: readonly RegExp[] }[] = [
  {
    what: 'processes',
    pattern: /node:child_process|node:worker_threads|node:cluster/,
    files: [
      // The command that prints a key: the person names it, it runs without a shell, and only when it is used.
      /^server\/src\/claude\/credentials\/command\.ts$/,
      // Commands of chats: planned, shown and approved before.
      /^server\/src\/system\/shellProcess\.ts$/,
      // The thread for patterns: its program is a constant, its input is data.
      /^server\/src\/system\/matcher\.ts$/,
    ],
  },
  {
    what: 'listening sockets',
    pattern: /from 'node:(http|https|net|http2)'/,
    files: [/^server\/src\/demo\//],
  },
  {
    what: 'outgoing requests',
    pattern: /\bfetch\(|undici|from 'node:(tls|dns|dgram)'/,
    files: [/^server\/src\/claude\/(transport\/|.*\.d\.ts)/],
  },
  {
    what: 'the disk',
    pattern: /node:fs/,
    // The client stands alone. Loaded only when a program asks for it; nothing in Gloss does.
    files: [
      /^server\/src\/system\//,
      // Profiles and identity tokens.
      /^server\/src\/claude\/credentials\/files\.ts$/,
      // What callers name is read to be uploaded, and written when it is downloaded.
      /^server\/src\/claude\/endpoints\/(fileSource|fileTarget)\.ts$/,
    ],
  },
  { what: 'the environment', pattern: /process\.env|\benv\['/, files: [/^server\/src\/main\.ts$/] },
  { what: 'Markdown for VS Code', pattern: /MarkdownString/, files: [/^client\/src\/markdown\.ts$/] },
  {
    what: 'secrets of VS Code',
    pattern: /\bconst { secrets }|\.secrets\.(get|store)|SecretStorage/,
    files: [/^client\/src\/(keyStore|extension)\.ts$/],
  },
  {
    what: 'code made from text',
    pattern: /\beval\(|new Function\(|node:vm/,
    // One word, and always the same: the collector of garbage.
    files: [/^server\/src\/system\/memory\.ts$/],
  },
  {
    what: 'the console',
    pattern: /\bconsole\.(log|info|warn|error|debug)\(/,
    files: [/^server\/src\/lsp\/log\.ts$/],
  },
  // What a model wrote becomes elements of a list, never text that a browser parses (threats S20, S21).
  {
    what: 'HTML made from text',
    pattern: /innerHTML|outerHTML|insertAdjacentHTML|DOMParser|srcdoc|document\.write/,
    files: [],
  },
  // `withOptions` gives a client that shares what the first one has.
  {
    what: 'the making of a client',
    pattern: /new Claude\(/,
    files: [/^server\/src\/main\.ts$/, /^server\/src\/claude\/client\.ts$/],
  },
];

const sources = ['shared/src', 'client/src', 'panel/src', 'server/src']
  .flatMap(filesBelow)
  .filter((file) => /\.tsx?$/.test(file) && !/\.test\.tsx?$/.test(file));

test('the map looks at every room', () => {
  expect(sources.length).toBeGreaterThan(60);
  expect(new Set(sources.map(roomOf))).toEqual(new Set(Object.keys(arrows)));
});

test('no room imports what the map does not allow', () => {
  const wrong = sources.flatMap((file) =>
    importsOf(file)
      .filter((target) => !isAllowed(file, target))
      .map((target) => `${file} imports ${target}`),
  );
  expect(wrong).toEqual([]);
});

test('from outside, claude is its index and nothing else', () => {
  const wrong = sources
    .filter((file) => roomOf(file) !== 'claude')
    .filter((file) => specifiersOf(file).some((name) => /\/claude\/(?!index\.ts$)/.test(name)));
  expect(wrong).toEqual([]);
});

test('features do not import each other', () => {
  const feature = (file: string) => /features\/([^/]+)\//.exec(file)?.[1];
  const wrong = sources.filter(
    (file) => feature(file) !== undefined && specifiersOf(file).some((name) => isOtherFeature(file, name)),
  );
  function isOtherFeature(file: string, name: string): boolean {
    const target = feature(path.posix.join(path.posix.dirname(file), name));
    return name.startsWith('.') && target !== undefined && target !== feature(file);
  }
  expect(wrong).toEqual([]);
});

test.each(gateways)('nothing goes round the gateway for $what', ({ pattern, files }) => {
  const inGateway = sources.filter((file) => files.some((gateway) => gateway.test(file)));
  if (files.length > 0) expect(inGateway.some((file) => pattern.test(codeOf(file)))).toBe(true);
  expect(sources.filter((file) => !inGateway.includes(file) && pattern.test(codeOf(file)))).toEqual([]);
});

test('there are no circles', () => {
  const graph = new Map(
    sources.map((file) => [
      file,
      specifiersOf(file)
        .filter((name) => name.startsWith('.') || name.startsWith('#'))
        .map((name) => resolved(file, name)),
    ]),
  );
  const circles: string[] = [];
  const state = new Map<string, 'open' | 'done'>();
  const visit = (file: string, way: readonly string[]): void => {
    if (state.get(file) === 'open') circles.push([...way, file].join(' → '));
    if (state.has(file)) return;
    state.set(file, 'open');
    for (const target of graph.get(file) ?? []) visit(target, [...way, file]);
    state.set(file, 'done');
  };
  for (const file of sources) visit(file, []);
  expect(circles).toEqual([]);
});

test('no file is longer than 300 lines', () => {
  expect(sources.filter((file) => readFileSync(path.join(root, file), 'utf8').split('\n').length > 301)).toEqual([]);
});

test('every file says in its first lines what it is for', () => {
  expect(sources.filter((file) => !/^(#!.*\n)?\/\*\*/.test(readFileSync(path.join(root, file), 'utf8')))).toEqual([]);
});

function filesBelow(folder: string): readonly string[] {
  return readdirSync(path.join(root, folder), { recursive: true, encoding: 'utf8' }).map((file) =>
    path.posix.join(folder, file.replaceAll(path.sep, '/')),
  );
}

/** `shared`, `client`, or the first folder or file below `server/src`. */
function roomOf(file: string): string {
  const [first = '', , third = ''] = file.split('/');
  return first === 'server' ? third.replace(/\.ts$/, '') : first;
}

function isAllowed(file: string, target: string): boolean {
  const room = roomOf(file);
  return (
    target === room ||
    (arrows[room] ?? []).some(
      (allowed) => target === allowed || target.startsWith(allowed.endsWith(':') ? allowed : `${allowed}/`),
    )
  );
}

/** The rooms and packages that a file imports. */
function importsOf(file: string): readonly string[] {
  return specifiersOf(file).map((name) =>
    name.startsWith('.') || name.startsWith('#') ? roomOf(resolved(file, name)) : name,
  );
}

function resolved(file: string, name: string): string {
  return name.startsWith('#shared/')
    ? `shared/src/${name.slice('#shared/'.length)}`
    : path.posix.join(path.posix.dirname(file), name);
}

function specifiersOf(file: string): readonly string[] {
  return [...codeOf(file).matchAll(/(?<![.\w])(?:from|import)\s*\(?\s*'([^']+)'|createRequire|require\('([^']+)'\)/g)]
    .map((match) => match[1] ?? match[2] ?? '')
    .filter((name) => name !== '');
}

/** The file without its comments: words in them name nothing. */
function codeOf(file: string): string {
  return readFileSync(path.join(root, file), 'utf8').replace(/\/\*[\s\S]*?\*\/|^\s*\/\/.*$/gm, '');
}
