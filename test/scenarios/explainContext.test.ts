/** What goes along with an explanation's question, and the subjects that are not simply code, through the real protocol. */
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { pathToFileURL } from 'node:url';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import * as z from 'zod';
import { terminalUri } from '#shared/explain.ts';
import { type Demo, startDemo } from '../../server/src/demo/server.ts';
import { type EditorOptions, type FakeEditor, startEditor } from '../harness/fakeEditor.ts';

const cart = `import { price, tax } from './prices';
import { token } from './.env';

export function totalOf(items: Item[]): number {
  return items.reduce((sum, item) => sum + tax(price(item)), 0) + token + shipping(items);
}

/** What sending costs. */
function shipping(items: Item[]): number {
  return items.length * 2;
}
`;
const prices = `/** Before tax. */
export function price(item: Item): number {
  return item.price;
}

const password = 'hunter2-Zx81kq';

export function tax(value: number): number {
${Array.from({ length: 30 }, (_, at) => `  value += ${at};`).join('\n')}
  return value;
}
`;

let demo: Demo;
let folder: string;
let root: string;
const uriOf = (name: string) => pathToFileURL(path.join(folder, name)).href;

beforeAll(async () => {
  folder = await mkdtemp(path.join(tmpdir(), 'gloss-context-'));
  root = pathToFileURL(folder).href;
  await mkdir(path.join(folder, 'generated'));
  await writeFile(path.join(folder, 'prices.ts'), prices);
  await writeFile(path.join(folder, '.env'), 'export const token = "CANARY-env";\n');
  await writeFile(path.join(folder, 'generated/out.ts'), 'export const token = "CANARY-excluded";\n');
  await writeFile(path.join(folder, '.aiignore'), 'generated/\n');
});
afterAll(() => rm(folder, { recursive: true, force: true }));
beforeEach(async () => {
  demo = await startDemo({ delay: 0 });
});
afterEach(() => demo.close());

const Definitions = z.object({
  uri: z.string(),
  positions: z.array(z.object({ line: z.number(), character: z.number() })),
});
type Places = Readonly<Record<string, readonly [name: string, line: number]>>;

/** An editor that knows where some names are defined: in which file, on which line. */
async function editorWith(
  { places = {}, problems = [], ...options }: EditorOptions & { places?: Places; problems?: readonly unknown[] } = {},
  text = cart,
): Promise<FakeEditor> {
  const lines = text.split('\n');
  const nameAt = ({ line, character }: { line: number; character: number }) =>
    /^[\w$]+/.exec((lines[line] ?? '').slice(character))?.[0] ?? '';
  const locationOf = (name: string) => {
    const [file, line] = places[name] ?? ['', 0];
    const at = { line, character: 0 };
    const uri = file.includes(':') ? file : uriOf(file);
    return Object.hasOwn(places, name) ? { uri, range: { start: at, end: at } } : null;
  };
  const editor = await startEditor({
    folders: [root],
    ...options,
    capabilities: {
      experimental: { gloss: { connection: true, symbols: true, status: true, lookups: true } },
      workspace: { configuration: true, workspaceFolders: true },
    },
    connection: { baseUrl: demo.url, credential: { kind: 'apiKey', value: demo.key }, ...options.connection },
    answer(method, params, token) {
      const answered = options.answer?.(method, params, token);
      if (answered !== undefined) return answered;
      if (method === 'gloss/definitions')
        return Definitions.parse(params).positions.map((at) => locationOf(nameAt(at)));
      return method === 'gloss/problems' ? problems : undefined;
    },
  });
  await editor.open(uriOf('cart.ts'), text);
  return editor;
}

const at = (line: number, character = 0) => ({ start: { line, character }, end: { line, character } });

const Sent = z.object({
  messages: z.array(
    z.object({
      content: z.array(
        z.object({
          type: z.string(),
          title: z.string().optional(),
          context: z.string().optional(),
          text: z.string().optional(),
          source: z.object({ content: z.array(z.object({ text: z.string() })) }).optional(),
        }),
      ),
    }),
  ),
});

/** The documents of the last request as `part title`, each with its text; and the task. */
function sent(): {
  readonly documents: ReadonlyMap<string, string>;
  readonly parts: readonly string[];
  readonly task: string;
} {
  const blocks = Sent.parse(demo.requests.at(-1)?.body).messages.at(-1)?.content ?? [];
  const documents = blocks
    .filter(({ type }) => type === 'document')
    .map(({ title, context, source }) => {
      const part = /part="([^"]+)"/.exec(context ?? '')?.[1] ?? '';
      return [`${part} ${title ?? ''}`, source?.content.map(({ text }) => text).join('\n') ?? ''] as const;
    });
  return {
    documents: new Map(
      documents.map(([name, text], index) => [
        documents.slice(0, index).some(([other]) => other === name) ? `${name} ${index}` : name,
        text,
      ]),
    ),
    parts: documents.map(([name]) => name),
    task: blocks.at(-1)?.text ?? '',
  };
}
const everything = () => JSON.stringify(demo.requests.map(({ body }) => body));

describe('what goes along', () => {
  test('the declarations of the names that the code uses, in few lines', async () => {
    await using editor = await editorWith({ places: { price: ['prices.ts', 1], tax: ['prices.ts', 7] } });
    const explanation = await editor.explain({ uri: uriOf('cart.ts'), range: at(4) });
    const { parts, documents } = sent();
    expect(parts).toEqual(['imports cart.ts', 'definition prices.ts', 'definition prices.ts', 'code cart.ts']);
    const texts = [...documents.values()].join('\n');
    expect(texts).toContain('/** Before tax. */\nexport function price(item: Item): number {\n  return item.price;');
    expect(texts).toContain('export function tax(value: number): number {');
    expect(texts).not.toContain('value += 3');
    expect(explanation.context.tokens).toBeGreaterThan(50);
    expect(explanation.context.tokens).toBeLessThan(explanation.context.budget);
  });

  test('a secret beside a declaration stays here', async () => {
    await using editor = await editorWith({ places: { price: ['prices.ts', 5] } });
    await editor.explain({ uri: uriOf('cart.ts'), range: at(4) });
    expect(sent().parts).toContain('definition prices.ts');
    expect(everything()).not.toContain('hunter2');
  });

  test('an editor that knows no definitions: those of the same file, and they are called so', async () => {
    await using editor = await editorWith();
    const { receipt } = await editor.explain({ uri: uriOf('cart.ts'), range: at(4) });
    expect(sent().documents.get('definition by name cart.ts')).toContain(
      '/** What sending costs. */\nfunction shipping',
    );
    expect(receipt).toBeDefined();
  });

  test('what is declared in the code itself is not sent twice', async () => {
    await using editor = await editorWith({ places: { totalOf: ['cart.ts', 3], shipping: ['cart.ts', 8] } });
    await editor.explain({ uri: uriOf('cart.ts'), range: { start: at(3).start, end: at(11).end } });
    expect(sent().parts).toEqual(['imports cart.ts', 'code cart.ts']);
  });

  test('the problems on the lines, and no others', async () => {
    const problem = (line: number, message: string) => ({ range: at(line), message, severity: 2, source: 'lint' });
    await using editor = await editorWith({ problems: [problem(4, 'too long'), problem(9, 'elsewhere')] });
    await editor.explain({ uri: uriOf('cart.ts'), range: at(4) });
    expect(sent().documents.get('problems cart.ts')).toBe('line 5, warning (lint): too long');
  });

  test('at most 60 names are asked about, all at once', async () => {
    const many = `function f() {\n${Array.from({ length: 200 }, (_, line) => `  name${line}();`).join('\n')}\n}\n`;
    await using editor = await editorWith({}, many);
    await editor.explain({ uri: uriOf('cart.ts'), range: at(1) });
    const asked = editor.asked.filter(({ method }) => method === 'gloss/definitions');
    expect(asked).toHaveLength(1);
    expect(Definitions.parse(asked[0]?.params).positions).toHaveLength(60);
  });

  test('providers that never answer are not waited for one after the other', async () => {
    const silent = ['gloss/definitions', 'gloss/problems', 'gloss/symbols'];
    const asked: string[] = [];
    await using editor = await editorWith({
      answer(method) {
        if (!silent.includes(method)) return undefined;
        asked.push(method);
        return new Promise(() => undefined);
      },
    });
    // Symbols are given up on by themselves: what is asked beside them was asked before that.
    expect(await editor.explain({ uri: uriOf('cart.ts'), range: at(4) })).toMatchObject({ symbol: 'totalOf' });
    expect(asked.sort()).toEqual([...silent].sort());
  });

  test.each(['gloss/explain', 'gloss/annotate'])(
    'What Was Sent tells for %s how much each part was thought to be, and the budget',
    async (method) => {
      await using editor = await editorWith({ places: { price: ['prices.ts', 1] } });
      const asked = { uri: uriOf('cart.ts'), range: at(4) };
      const answer: { receipt: string; context?: object } = await editor.rpc.sendRequest(method, asked);
      const { uri, text } = (await editor.command('gloss.whatWasSent')) as { uri: string; text: string };
      expect(uri).toBe(answer.receipt);
      const [, tokens, budget, lines = ''] =
        /^Context: about (\d+) tokens of at most (\d+), .*\n((?: {2}.*\n)+)/m.exec(text) ?? [];
      const parts = lines
        .trimEnd()
        .split('\n')
        .map((line) => line.trim().split(/\s{2,}/));
      expect(parts.map(([part]) => part)).toEqual(expect.arrayContaining(['imports', 'definition', 'code']));
      expect(parts.reduce((sum, [, its]) => sum + Number(its), 0)).toBe(Number(tokens));
      expect({ tokens: Number(tokens), budget: Number(budget) }).toEqual(
        answer.context ?? { tokens: expect.any(Number), budget: 16_000 },
      );
    },
  );

  test('what has no room is left out, and the person is told', async () => {
    const long = `import { a } from 'a';\nfunction big() {\n${Array.from({ length: 2_000 }, (_, line) => `  call${line}(${line});`).join('\n')}\n}\n`;
    await using editor = await editorWith({}, long);
    const { notices, context } = await editor.explain({ uri: uriOf('cart.ts'), range: at(3), level: 'line' });
    expect(notices.join()).toMatch(/lines were left out/);
    expect(context.tokens).toBeLessThanOrEqual(context.budget);
  });
});

describe('S12: context that nobody chose', () => {
  test.each([
    ['a file of the secret class', '.env', 0],
    ['a file that the settings exclude', 'prices.ts', 1],
    ['a file outside of the workspace', 'file:///etc/hostname', 0],
    ['an address that no file has', 'git:/work/prices.ts?ref', 0],
  ])('%s is left out in silence, and the rest is sent', async (_name, file, line) => {
    const settings = { excludedFiles: ['prices.ts'] };
    await using editor = await editorWith({ settings, places: { token: [file, line], tax: [file, line] } });
    const { notices } = await editor.explain({ uri: uriOf('cart.ts'), range: at(4) });
    expect(sent().parts.filter((part) => part.startsWith('definition') && !part.endsWith('cart.ts'))).toEqual([]);
    expect(everything()).not.toMatch(/CANARY|Before tax/);
    expect(notices).toEqual([]);
  });

  test('what an ignore file names is left out', async () => {
    await using editor = await editorWith({ places: { token: ['generated/out.ts', 0] } });
    await editor.explain({ uri: uriOf('cart.ts'), range: at(4) });
    expect(everything()).not.toContain('CANARY');
  });

  test('files that are not open are not looked at in a workspace that is not trusted', async () => {
    await using editor = await editorWith({ connection: { trusted: false }, places: { price: ['prices.ts', 1] } });
    await editor.explain({ uri: uriOf('cart.ts'), range: at(4) });
    expect(sent().parts).not.toContain('definition prices.ts');
  });
});

describe('a problem', () => {
  const problem = {
    range: { start: { line: 4, character: 2 }, end: { line: 4, character: 8 } },
    message: "'x' is never used",
    severity: 1,
    source: 'ts',
    code: '6133',
  };

  test('is explained with the function around it', async () => {
    await using editor = await editorWith({ problems: [problem] });
    const subject = { kind: 'problem', problem } as const;
    const explanation = await editor.explain({ uri: uriOf('cart.ts'), range: problem.range, subject });
    expect(explanation).toMatchObject({
      kind: 'problem',
      symbol: 'totalOf',
      range: { start: { line: 3 }, end: { line: 5 } },
    });
    expect(sent().documents.get('problem cart.ts')).toBe("line 5, error (ts 6133): 'x' is never used");
    expect(sent().parts).not.toContain('problems cart.ts');
    expect(sent().task).toContain('reported problem');
  });

  test('of a long function the lines around it are sent', async () => {
    const long = `function big() {\n${Array.from({ length: 3_000 }, (_, line) => `  call${line}();`).join('\n')}\n}\n`;
    await using editor = await editorWith({}, long);
    const range = at(2_000);
    const { notices } = await editor.explain({
      uri: uriOf('cart.ts'),
      range,
      subject: { kind: 'problem', problem: { range, message: 'no' } },
    });
    expect(sent().documents.get('code cart.ts')).toContain('call1999');
    expect(sent().documents.get('code cart.ts')).not.toContain('call100(');
    expect(notices).toEqual([]);
  });
});

describe('a change', () => {
  const before = cart.replace('.length * 2', '.length * 3').replace('+ token ', '');
  const changed = (range = at(0)) => ({ uri: uriOf('cart.ts'), range, subject: { kind: 'change', before } as const });

  test('is sent as lines before and now', async () => {
    await using editor = await editorWith();
    const explanation = await editor.explain(changed());
    expect(explanation).toMatchObject({ kind: 'change', range: { start: { line: 4 }, end: { line: 9 } } });
    expect(sent().documents.get('before cart.ts')).toContain('items.length * 3');
    expect(sent().documents.get('code cart.ts')).toContain('items.length * 2');
    expect(sent().task).toContain('change');
  });

  test('only the lines that are selected count', async () => {
    await using editor = await editorWith();
    await editor.explain(changed({ start: at(8).start, end: at(10).end }));
    expect(sent().documents.get('before cart.ts')).toBe('  return items.length * 3;');
  });

  test('nothing changed is refused, and nothing is sent', async () => {
    await using editor = await editorWith();
    const subject = { kind: 'change', before: cart } as const;
    await expect(editor.explain({ uri: uriOf('cart.ts'), range: at(0), subject })).rejects.toThrow(
      /no change to explain/,
    );
    expect(demo.requests).toHaveLength(0);
  });

  test('of a change that is too long the beginning is sent, and the person is told', async () => {
    const long = Array.from({ length: 10_000 }, (_, line) => `call${line}(${line});`).join('\n');
    await using editor = await editorWith({}, long);
    const { notices, context } = await editor.explain({
      ...{ uri: uriOf('cart.ts'), range: at(0), level: 'line' },
      subject: { kind: 'change', before: cart },
    });
    expect(sent().documents.get('code cart.ts')).toContain('call20(20);');
    expect(notices.join()).toMatch(/The change is long: its last \d+ lines were left out/);
    expect(context.tokens).toBeLessThanOrEqual(context.budget);
  });

  test('a file that lost all its lines can be explained', async () => {
    await using editor = await editorWith({}, '');
    expect(await editor.explain(changed())).toMatchObject({ kind: 'change' });
    expect(sent().documents.get('before cart.ts')).toContain('export function totalOf');
  });

  test('a secret in the earlier lines stays here', async () => {
    await using editor = await editorWith();
    const secret = `const password = 'hunter2-Zx81kq';\n${cart}`;
    await editor.explain({ uri: uriOf('cart.ts'), range: at(0), subject: { kind: 'change', before: secret } });
    expect(sent().parts).toContain('before cart.ts');
    expect(everything()).not.toContain('hunter2');
  });
});

describe('a file', () => {
  test('is sent as a whole', async () => {
    await using editor = await editorWith();
    const explanation = await editor.explain({ uri: uriOf('cart.ts'), range: at(0), subject: { kind: 'file' } });
    expect(explanation).toMatchObject({ kind: 'file', range: { start: { line: 0 }, end: { line: 10 } }, notices: [] });
    expect(sent().parts).toEqual(['code cart.ts']);
  });

  test('of a long one the beginning and an outline, and the person is told', async () => {
    const long = Array.from({ length: 5_000 }, (_, at) => `export function part${at}() {\n  return ${at};\n}\n`).join(
      '\n',
    );
    await using editor = await editorWith({}, long);
    const { notices, context } = await editor.explain({
      uri: uriOf('cart.ts'),
      range: at(0),
      subject: { kind: 'file' },
    });
    expect(sent().parts).toEqual(['outline cart.ts', 'code cart.ts']);
    expect(notices.join()).toMatch(/The file is long: its last \d+ lines were left out/);
    expect(context.tokens).toBeLessThanOrEqual(context.budget);
  });
});

describe("a terminal's text", () => {
  const terminal = (text: string) => ({ uri: terminalUri, range: at(0), subject: { kind: 'terminal', text } as const });

  test('S19: goes without what steers a terminal, and names no file', async () => {
    await using editor = await editorWith();
    const explanation = await editor.explain(terminal('\u001b[31merror\u001b[0m: it broke\r\n\u001b]0;x\u0007'));
    expect(explanation).toMatchObject({ kind: 'terminal', range: at(0) });
    expect(sent().documents).toEqual(new Map([['terminal Terminal', 'error: it broke']]));
  });

  test('S12: secrets in it stay here', async () => {
    await using editor = await editorWith();
    const { notices } = await editor.explain(terminal(`export GITHUB_TOKEN=ghp_${'a1B2'.repeat(9)}\nfailed`));
    expect(everything()).not.toContain('a1B2a1B2');
    expect(notices.join()).toMatch(/Replaced before sending/);
  });

  test('a follow-up goes on from it', async () => {
    await using editor = await editorWith();
    const { id } = await editor.explain(terminal('error: it broke'));
    expect(await editor.explain({ ...terminal('error: it broke'), followUp: { id, question: 'Why?' } })).toMatchObject({
      id,
    });
  });

  test('nothing selected is refused', async () => {
    await using editor = await editorWith();
    await expect(editor.explain(terminal(' \n'))).rejects.toThrow(/no text/);
  });
});

test.each(['newcomer', 'student'] as const)('the answer is for a %s where the settings say so', async (audience) => {
  await using plain = await editorWith();
  await plain.explain({ uri: uriOf('cart.ts'), range: at(4) });
  const usual = sent().task;
  await using editor = await editorWith({ settings: { explain: { audience } } });
  await editor.explain({ uri: uriOf('cart.ts'), range: at(4) });
  expect(usual).not.toContain('The reader');
  expect(sent().task).toMatch(audience === 'student' ? /learning to program/ : /new to this code base/);
});
