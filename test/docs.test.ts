/** The documents are true: the protocol page is the one that the schemas give, and nothing that a page points to is missing. */
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { expect, test } from 'vitest';
import { file, protocolPage } from '../scripts/protocolDocs.ts';

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
