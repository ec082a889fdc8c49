/** Who is asked before a document is changed: by every name that the file has, and for what an editor would fetch. */
import { describe, expect, test } from 'vitest';
import { createGuard } from './guard.ts';

/** A guard of the folder /w, with links from a path below it to another. */
function guardWith(links: Readonly<Record<string, string>> = {}, languageId = 'typescript') {
  return createGuard({
    files: {
      place(uri) {
        const asked = decodeURIComponent(new URL(uri).pathname).replace(/^\/w\//, '');
        if (asked.startsWith('/')) return undefined;
        const path = links[asked] ?? asked;
        return { root: '/w', path, ...(path === asked ? {} : { asked }) };
      },
    },
    languageOf: () => languageId,
    ownStorage: ['/home/me/.local/state/gloss'],
  });
}

const file = (path: string) => `file:///w/${path}`;

describe('S10: by its name', () => {
  test.each([
    ['src/a.ts', 'free'],
    ['README.md', 'free'],
    ['package.json', 'ask'],
    ['.vscode/settings.json', 'ask'],
    ['PACKAGE.JSON', 'ask'],
    ['%2evscode/tasks.json', 'ask'],
    ['.git/config', 'ask'],
    ['.gloss/actions/a.json', 'ask'],
  ])('%s: %s', (path, kind) => {
    expect(guardWith().judge(file(path), 'a', 'b').kind).toBe(kind);
  });

  test('S7: a link is judged by where it leads, and by its own name', () => {
    const guard = guardWith({ 'notes.txt': '.vscode/tasks.json', Makefile: 'docs/plain.txt' });
    expect(guard.judge(file('notes.txt'), 'a', 'b').kind).toBe('ask');
    expect(guard.judge(file('Makefile'), 'a', 'b').kind).toBe('ask');
    expect(guard.whereIs(file('notes.txt'))).toEqual({ target: '/w/.vscode/tasks.json', link: 'notes.txt' });
  });

  test('outside of the folders the path itself is judged', () => {
    expect(guardWith().judge('file:///home/me/.bashrc', 'a', 'b').kind).toBe('ask');
    expect(guardWith().whereIs('file:///etc/x%20y')).toEqual({ target: '/etc/x y' });
  });

  test('S37: our own records are refused, and nobody is asked', () => {
    const { kind, reasons } = guardWith().judge('file:///home/me/.local/state/gloss/receipts/1.txt', 'a', 'b');
    expect([kind, reasons.length]).toEqual(['refuse', 1]);
  });

  test('what cannot be decoded is judged as it is spelled', () => {
    const guard = createGuard({ files: { place: () => undefined }, languageOf: () => '', ownStorage: [] });
    expect(guard.judge('not a uri/package.json', 'a', 'b').kind).toBe('ask');
    expect(guard.judge('file:///w/%ff/package.json', 'a', 'b').kind).toBe('ask');
  });

  test('each reason is said once', () => {
    const { reasons } = guardWith().judge(file('package.json'), 'a', 'b');
    expect(new Set(reasons).size).toBe(reasons.length);
  });
});

describe('S11: by what an editor would fetch', () => {
  const style = 'a { background: url(https://canary.invalid/a.png) }';

  test('new text that names a host is asked about, and the host is said', () => {
    const { kind, reasons } = guardWith({}, 'css').judge(file('a.css'), '', style);
    expect([kind, reasons.join()]).toEqual(['ask', expect.stringContaining('canary.invalid')]);
  });

  test('what was there before is not asked about again', () => {
    expect(guardWith({}, 'css').judge(file('a.css'), style, `${style}\nb {}`).kind).toBe('free');
    expect(guardWith({}, 'css').judge(file('a.css'), style, style).kind).toBe('free');
  });

  test.each([
    ['typescript', false],
    ['python', false],
    ['plaintext', false],
    ['markdown', true],
    ['css', true],
    ['html', true],
    ['json', true],
    ['svg', true],
    ['', true],
    ['a language of tomorrow', true],
  ])('documents of %j may make an editor fetch: %s', (languageId, may) => {
    expect(guardWith().mayFetch(languageId)).toBe(may);
  });
});
