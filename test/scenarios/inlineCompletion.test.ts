/** Ghost text over plain LSP: what is shown, when it is asked for, and what is known without asking. */
import { readdir, readFile } from 'node:fs/promises';
import path from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { type Demo, startDemo } from '../../server/src/demo/server.ts';
import { type Ghost, startGhost } from '../harness/ghostText.ts';

let demo: Demo;
beforeEach(async () => {
  demo = await startDemo({ delay: 0 });
});
afterEach(() => demo.close());

const ghost = (options: Parameters<typeof startGhost>[1] = {}): Promise<Ghost> => startGhost(demo, options);
const says = (text: string) => demo.use({ text: `<fill>${text}</fill>` });
/** What the receipts say of how requests ended. */
async function outcomes({ editor }: Ghost): Promise<readonly unknown[]> {
  const folder = path.join(editor.storage, 'receipts');
  const names = await readdir(folder).catch(() => []);
  const ended = names.filter((name) => name.endsWith('.outcome.json') && !name.startsWith('.'));
  return Promise.all(ended.map(async (name) => JSON.parse(await readFile(path.join(folder, name), 'utf8')).result));
}
const start = 'const total = 1;\nconst sum = ';

test('the rest of a line is suggested at the cursor, with a command that tells of the acceptance', async () => {
  says('total + tax;');
  await using editor = await ghost();
  await editor.type(`${start}▮\n`);
  const [item] = await editor.items();
  const position = { line: 1, character: 12 };
  expect(item).toMatchObject({ insertText: 'total + tax;', range: { start: position, end: position } });
  expect(item?.command).toMatchObject({ command: 'gloss.suggestionAccepted', arguments: [{ id: expect.any(String) }] });
  expect(await editor.why()).toMatchObject({ why: 'shown', known: false });
});

test('a block is suggested where one is empty, with the line ends of the document', async () => {
  says('const sum = a + b;\n  return sum;\n}\n\nfunction next() {}');
  await using editor = await ghost();
  await editor.type('function add(a, b) {\r\n  ▮\r\n}\r\n');
  expect(await editor.text()).toBe('const sum = a + b;\r\n  return sum;');
});

test('typing through, taking back and coming back ask nothing again, and count as known', async () => {
  says('total + tax;');
  await using editor = await ghost();
  await editor.type(`${start}▮\n`);
  await editor.items();
  for (const [typed, rest] of [
    ['to', 'tal + tax;'],
    ['total +', ' tax;'],
    ['t', 'otal + tax;'],
    ['', 'total + tax;'],
  ]) {
    await editor.type(`${start}${typed}▮\n`);
    expect(await editor.text({ automatic: true })).toBe(rest);
  }
  expect(demo.requests).toHaveLength(1);
  expect(await editor.statistics()).toMatchObject({ requests: 1, known: 4, shown: 1 });
});

test('the request is short, without thinking, ends at a mark, and begins with the same bytes from key to key', async () => {
  says('x');
  await using editor = await ghost();
  const lines = Array.from({ length: 300 }, (_, line) => `const value${line} = compute(${line});`).join('\n');
  await editor.type('export function helper(text: string) {}\n', 'other.ts');
  const blocks = async (typed: string): Promise<string[]> => {
    await editor.type(`import fs from 'node:fs';\n${lines}\n${typed}▮\n`);
    await editor.items();
    const body = demo.requests.at(-1)?.body as { messages: { content: { text: string; cache_control?: object }[] }[] };
    expect(body).toMatchObject({
      model: 'claude-haiku-5-5',
      thinking: { type: 'disabled' },
      output_config: { effort: 'low' },
      stop_sequences: ['</fill>'],
    });
    return (body.messages[0]?.content ?? []).filter((block) => block.cache_control).map((block) => block.text);
  };
  const first = await blocks('const a');
  expect(first).toHaveLength(2);
  expect(first[0]).toContain('helper(text: string)');
  expect(first[0]).toContain("import fs from 'node:fs'");
  expect(await blocks('const ab')).toEqual(first);
  expect(await blocks('const abc = 1;\nconst d')).toEqual(first);
});

test('with the list of names open nothing is asked by itself, and only what goes on with its selected item is shown', async () => {
  says('map((one) => one);');
  await using editor = await ghost();
  await editor.type('const all = [1];\nall.▮\n');
  await editor.items();
  await editor.type('const all = [1];\nall.ma▮\n');
  expect(await editor.text({ automatic: true, selected: { text: 'map', over: 2 } })).toBe('map((one) => one);');
  expect(await editor.text({ automatic: true, selected: { text: 'max', over: 2 } })).toBeUndefined();
  expect(demo.requests).toHaveLength(1);
});

test('an answer is left as soon as the line is there', async () => {
  const hold = Promise.withResolvers<void>();
  demo.use({ text: ['<fill>total;\n', 'and more'], hold: hold.promise });
  await using editor = await ghost();
  await editor.type(`${start}▮\n`);
  expect(await editor.text()).toBe('total;');
  await expect.poll(() => demo.requests.at(-1)?.aborted).toBe(true);
  hold.resolve();
  await expect.poll(() => outcomes(editor)).toEqual(['complete: ended by Gloss as soon as enough had come']);
});

test('the receipt of a suggestion that typing ended says that it was aborted', async () => {
  const hold = Promise.withResolvers<void>();
  demo.use({ text: ['<fill>tot', 'al;\n'], hold: hold.promise });
  await using editor = await ghost();
  await editor.type(`${start}▮\n`);
  const { answer, cancel } = editor.begin();
  await expect.poll(() => demo.requests).toHaveLength(1);
  cancel();
  await answer.catch(() => undefined);
  await expect.poll(() => demo.requests.at(-1)?.aborted).toBe(true);
  hold.resolve();
  await expect.poll(() => outcomes(editor)).toEqual(['aborted']);
});

test('after an acceptance the next line is asked for ahead, and known when it is come to', async () => {
  says('total + tax;');
  await using editor = await ghost();
  await editor.type(`${start}▮\n`);
  const [item] = await editor.items();
  await editor.type(`${start}total + tax;▮\n`);
  says('print(sum);');
  await editor.editor.command('gloss.suggestionAccepted', ...(item?.command?.arguments ?? []));
  await expect.poll(async () => (await editor.statistics()).requests).toBe(2);
  await editor.type(`${start}total + tax;\n▮\n`);
  expect(await editor.text({ automatic: true })).toBe('print(sum);');
  expect(demo.requests).toHaveLength(2);
  expect(await editor.statistics()).toMatchObject({ accepted: 1, lines: 1, characters: 12 });
});

test('who accepts the same twice, or what was never shown, changes nothing', async () => {
  says('total + tax;');
  await using editor = await ghost();
  await editor.type(`${start}▮\n`);
  const [item] = await editor.items();
  const given = item?.command?.arguments ?? [];
  for (let times = 0; times < 3; times++) await editor.editor.command('gloss.suggestionAccepted', ...given);
  await editor.editor.command('gloss.suggestionAccepted', { id: 'none' });
  expect(await editor.statistics()).toMatchObject({ accepted: 1 });
  await expect(editor.editor.command('gloss.suggestionAccepted', 7)).rejects.toThrow();
});

test('the statistics outlive the server, and begin anew when they are told to', async () => {
  says('total + tax;');
  const storage: string[] = [];
  for (const round of [1, 2]) {
    const options = storage[0] === undefined ? {} : { initializationOptions: { storage: storage[0] } };
    const editor = await ghost(options);
    storage[0] ??= editor.editor.storage;
    await editor.type(`${start}▮\n`);
    await editor.items();
    expect(await editor.statistics()).toMatchObject({ requests: round, shown: round, latency: expect.any(Object) });
    if (round === 2) expect(await editor.statistics(true)).toMatchObject({ requests: 0, shown: 0, filters: {} });
    // The first one keeps its folder for the second.
    if (round === 1) await editor.editor.rpc.sendRequest('shutdown');
    else await editor[Symbol.asyncDispose]();
  }
});

test.each([
  ['off', { mode: 'off' }, 'off', 'off'],
  ['manual', { mode: 'manual' }, 'manual', 'shown'],
  ['automatic', { mode: 'automatic' }, 'shown', 'shown'],
  ['off for this language', { languages: { typescript: 'off' } }, 'off', 'off'],
  ['on for this language alone', { mode: 'off', languages: { typescript: 'automatic' } }, 'shown', 'shown'],
  ['R42: unreadable', { mode: 7 }, 'off', 'off'],
])('the mode %s decides what comes by itself and what by hand', async (_name, suggestions, itself, byHand) => {
  says('total + tax;');
  await using editor = await ghost({ settings: { suggestions } });
  await editor.type(`${start}▮\n`);
  await editor.items({ automatic: true });
  expect((await editor.why()).why).toBe(itself);
  await editor.items();
  expect((await editor.why()).why).toBe(byHand);
});

test('while suggestions are snoozed they come only by hand, and the editor is told until when', async () => {
  says('total + tax;');
  const capabilities = { experimental: { gloss: { connection: true, suggestions: true } }, workspace: {} };
  await using editor = await ghost({ capabilities });
  await editor.type(`${start}▮\n`);
  const { until } = await editor.editor.rpc.sendRequest<{ until?: string }>('gloss/snoozeSuggestions', { minutes: 5 });
  expect(Date.parse(until ?? '') - Date.now()).toBeGreaterThan(290_000);
  expect(await editor.text({ automatic: true })).toBeUndefined();
  expect(await editor.why()).toMatchObject({ why: 'snoozed', known: true });
  await expect.poll(() => editor.told.at(-1)).toMatchObject({ snoozedUntil: until, reason: { why: 'snoozed' } });
  expect(await editor.text()).toBe('total + tax;');
  expect(await editor.editor.rpc.sendRequest('gloss/snoozeSuggestions', { minutes: 0 })).toEqual({});
});

const dynamic = { textDocument: { inlineCompletion: { dynamicRegistration: true } } };

test('a client that can is told of suggestions later, and no more once they are off everywhere', async () => {
  const told = { settings: { suggestions: { mode: 'manual' } } };
  await using editor = await ghost({
    capabilities: { ...dynamic, workspace: { configuration: true } },
    answer: (method) => (method === 'workspace/configuration' ? [told.settings] : undefined),
  });
  expect(editor.editor.initialized.capabilities.inlineCompletionProvider).toBeUndefined();
  const count = (method: string) =>
    editor.editor.asked.filter(
      (one) => one.method === method && JSON.stringify(one.params).includes('inlineCompletion'),
    ).length;
  await expect.poll(() => count('client/registerCapability')).toBe(1);
  told.settings = { suggestions: { mode: 'off' } };
  await editor.editor.rpc.sendNotification('workspace/didChangeConfiguration', { settings: {} });
  await expect.poll(() => count('client/unregisterCapability')).toBe(1);
});

test('a bare editor gets suggestions, and is told why there is none', async () => {
  says('total + tax;');
  const messages: string[] = [];
  await using editor = await startGhost(undefined, {
    bare: true,
    environment: { apiKey: demo.key, baseUrl: demo.url },
    onNotification(method, params) {
      if (method === 'window/showMessage') messages.push((params as { message: string }).message);
    },
  });
  expect(editor.editor.initialized.capabilities.inlineCompletionProvider).toBe(true);
  await editor.type(`${start}▮\n`);
  expect(await editor.text()).toBe('total + tax;');
  await editor.type('hello ▮\n', 'a.txt', 'plaintext');
  expect(await editor.text()).toBeUndefined();
  expect(await editor.editor.command('gloss.whySuggestion')).toMatchObject({ why: 'off' });
  expect(messages).toEqual(['Suggestions are off. (Suggestions are off for plaintext.)']);
});

test('without a key nothing is asked of anybody, and the reason says so', async () => {
  await using editor = await startGhost(undefined, {
    environment: { apiKey: 'x', baseUrl: 'https://elsewhere.example' },
  });
  await editor.type(`${start}▮\n`);
  expect(await editor.text({ automatic: true })).toBeUndefined();
  expect(await editor.why()).toMatchObject({ why: 'signedOut' });
  // Typing is no reason to ask the person where a key may go.
  const asked = editor.editor.asked.filter(({ method }) => method === 'gloss/connection');
  expect(asked.every(({ params }) => !JSON.stringify(params).includes('environment'))).toBe(true);
});

test.each([
  ['a call', 'typescript', 'const value = 1;\nprint([val▮\n', 'ue]);'],
  ['a string', 'typescript', "const a = 1;\nprint('he▮\n", "');"],
  ['brackets that the editor closed', 'typescript', 'const total = 1;\nprint(tot▮)\n', 'al'],
  ['an empty function', 'python', 'def double(number):\n    ▮\n', 'return number'],
  ['nothing that is open', 'typescript', 'const a = 1;\n▮\n', undefined],
])('the demo completes by closing what is open: %s', async (_name, languageId, text, shown) => {
  await using editor = await ghost();
  await editor.type(text, 'demo.x', languageId);
  expect(await editor.text()).toBe(shown);
  expect(await editor.why()).toMatchObject({ why: shown === undefined ? 'empty' : 'shown' });
});

test('an editor that does not say whether it was asked by hand gets no more than the requests of an hour', async () => {
  says('total + tax;');
  await using editor = await ghost({ settings: { suggestions: { maxPerHour: 3 } } });
  const counts: number[] = [];
  for (let number = 0; number < 6; number++) {
    await editor.type(`const total${number} = 1;\nconst sum = ▮\n`, `a${number}.ts`);
    const textDocument = { uri: `file:///work/a${number}.ts` };
    const params = { textDocument, position: { line: 1, character: 12 } };
    counts.push((await editor.editor.rpc.sendRequest<unknown[]>('textDocument/inlineCompletion', params)).length);
  }
  expect(counts).toEqual([1, 1, 1, 0, 0, 0]);
  expect(demo.requests).toHaveLength(3);
  expect((await editor.why()).why).toBe('budget');
});
