/** What a chat asks of the editor's own language support in a VS Code window: TypeScript's definitions, uses, hovers, symbols, problems and renames, of files that are not open as well. */
import { writeFile } from 'node:fs/promises';
import path from 'node:path';
import { afterAll, afterEach, beforeAll, expect, test } from 'vitest';
import { type ForeignService, scripted, startForeignService } from '../harness/foreignService.ts';
import { chatDocument } from './chatDocument.ts';
import { launch, type Session } from './harness.ts';

let service: ForeignService;
let window: Session;

const files = {
  'tsconfig.json':
    '{ "compilerOptions": { "strict": true, "target": "es2023", "module": "esnext", "moduleResolution": "bundler" } }\n',
  'prices.ts':
    '/** With the tax. */\nexport function calc(a: number, b: number): number {\n  return (a + b) * 1.19;\n}\n',
  'shop.ts': "import { calc } from './prices';\n\nexport const total = calc(1, 2);\nexport const wrong: string = 3;\n",
};

const script = scripted(
  {
    text: 'I look where it is used.',
    calls: [
      { name: 'definition', input: { path: 'shop.ts', line: 3, name: 'calc' } },
      { name: 'references', input: { path: 'prices.ts', line: 2, name: 'calc' } },
      { name: 'hover', input: { path: 'shop.ts', line: 3, name: 'calc' } },
      { name: 'symbols', input: { path: 'prices.ts' } },
      { name: 'diagnostics', input: { path: 'shop.ts' } },
    ],
  },
  {
    text: 'I rename it.',
    calls: [{ name: 'rename_symbol', input: { path: 'prices.ts', line: 2, name: 'calc', new_name: 'withTax' } }],
  },
  { text: 'It is withTax now.' },
  { text: 'As you like.' },
);

beforeAll(async () => {
  service = await startForeignService({ script });
  window = await launch({
    settings: { 'gloss.baseUrl': service.url },
    environment: { ANTHROPIC_API_KEY: service.key, ANTHROPIC_BASE_URL: service.url },
  });
  for (const [name, text] of Object.entries(files)) await writeFile(path.join(window.folder, name), text);
  await window.statusItem('gloss.status').waitFor({ timeout: 30_000 });
});
afterEach(async ({ task }) => {
  if (task.result?.state === 'fail') await window.shot(`failed-${task.name.replace(/\W+/g, '-').slice(0, 60)}`);
});
afterAll(async () => {
  await window?.close();
  await service?.close();
});

const { click, shows, write } = chatDocument(() => window);

/** The results of the last calls that the model heard of, by the order of its calls. */
function results(at: number): readonly string[] {
  const messages = service.heard[at]?.body['messages'] as readonly { readonly content: unknown }[] | undefined;
  const blocks = (messages?.at(-1)?.content ?? []) as readonly { readonly type: string; readonly content?: unknown }[];
  return blocks.filter(({ type }) => type === 'tool_result').map(({ content }) => JSON.stringify(content));
}

test('each is answered by TypeScript, and not by a search', async () => {
  await window.openFile('shop.ts');
  // TypeScript has looked at the file.
  await window.page.locator('.squiggly-error').first().waitFor({ timeout: 90_000 });
  await window.command('Gloss: Open Chat as Document');
  await window.waitForText(/Write below the last/, 30_000);
  await write('Rename calc, please.');
  await click(/^Send$/, /It is withTax now\./);
  const [definition = '', references = '', hover = '', symbols = '', diagnostics = ''] = results(1);
  expect(definition).toMatch(/^"prices\.ts\\n {2}2: export function calc/);
  expect(references).toMatch(/3 places/);
  for (const place of ['prices.ts', 'shop.ts']) expect(references).toContain(place);
  expect(hover).toContain('calc(a: number, b: number): number');
  expect(hover).toContain('With the tax.');
  expect(symbols).toContain('calc');
  expect(diagnostics).toContain("Type 'number' is not assignable to type 'string'");
  for (const each of [definition, references, hover]) expect(each).not.toMatch(/by letters alone|search/i);
  expect(service.refused).toEqual([]);
});

test('a rename waits in all its files, closed ones too, and is rejected as a whole; the model is told', async () => {
  expect(results(2).join()).toContain('Renamed 3 places in 2 files.');
  await expect
    .poll(() =>
      window
        .codeLens(/^Review Edits \(\d+\)$/)
        .last()
        .isVisible(),
    )
    .toBe(true);
  await window.openFile('shop.ts');
  await window.waitForText(/withTax\(1, 2\)/);
  await window.shots('chat-rename-in-file');
  await window.command('Gloss: Reject All Edits');
  await window.waitForText(/= calc\(1, 2\)/);
  await window.openFile('prices.ts');
  await window.waitForText(/function calc\(/);
  await window.page
    .locator('.tab')
    .filter({ hasText: /^Chat$/ })
    .click();
  await write('And now?');
  await click(/^Send$/, /As you like\./);
  const asked = JSON.stringify(service.heard.at(-1)?.body['messages']);
  for (const file of ['prices.ts', 'shop.ts']) expect(asked).toMatch(new RegExp(`${file}, line \\d+: rejected`));
  await shows(/rejected\. The code is as it was before/);
});
