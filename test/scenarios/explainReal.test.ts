/** Real code in five languages through the real protocol: the right symbol, the right lines, the right place. */
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import * as z from 'zod';
import type { Annotated } from '#shared/explanations.ts';
import { type Demo, startDemo } from '../../server/src/demo/server.ts';
import { startEditor } from '../harness/fakeEditor.ts';
import { ownLines, type RealFile, realFiles } from '../harness/realCode.ts';
import { random, scaled } from '../harness/scale.ts';

let demo: Demo;
beforeEach(async () => {
  demo = await startDemo({ delay: 0 });
});
afterEach(() => demo.close());

const Sent = z.object({
  messages: z.array(
    z.object({
      content: z.array(
        z.object({
          context: z.string().optional(),
          source: z.object({ content: z.array(z.object({ text: z.string() })) }).optional(),
        }),
      ),
    }),
  ),
});

/** The last request's code, as it was sent. */
function sentCode(): string {
  const blocks = Sent.parse(demo.requests.at(-1)?.body).messages.at(-1)?.content ?? [];
  const code = blocks.findLast(({ context }) => context?.includes('part="code"'));
  return code?.source?.content.map(({ text }) => text).join('\n') ?? '';
}

async function editorWith({ name, text, languageId }: RealFile) {
  const uri = `file:///work/${name}`;
  const editor = await startEditor({
    connection: { baseUrl: demo.url, credential: { kind: 'apiKey', value: demo.key } },
  });
  await editor.open(uri, text, languageId);
  return { editor, uri };
}

/** Other symbols for each seed, all of them where there are not so many. */
function drawn<Member>(members: readonly Member[], count: number): readonly Member[] {
  const draw = random();
  const keyed = members.map((member) => ({ member, key: draw() })).sort((one, other) => one.key - other.key);
  return keyed.slice(0, count).map(({ member }) => member);
}

test('there are 50 symbols to look at in each of five languages', () => {
  const counts: Record<string, number> = {};
  for (const { languageId, symbols } of realFiles()) counts[languageId] = (counts[languageId] ?? 0) + symbols.length;
  expect(Object.keys(counts).sort()).toEqual(['c', 'go', 'python', 'rust', 'typescript']);
  for (const count of Object.values(counts)) expect(count).toBeGreaterThanOrEqual(50);
});

describe.each(realFiles().map((file) => [file.name, file] as const))('%s', (_name, file) => {
  const lines = file.text.split('\n');
  const symbols = file.symbols.filter((symbol) => ownLines(file, symbol).length > 0);

  test('the cursor on any line of its own explains the symbol, and nothing else', async () => {
    const { editor, uri } = await editorWith(file);
    await using _editor = editor;
    const draw = random();
    for (const symbol of drawn(symbols, scaled(50))) {
      const { name, first, last } = symbol;
      const own = ownLines(file, symbol);
      const line = own[Math.floor(draw() * own.length)] ?? first;
      const at = { line: line - 1, character: (lines[line - 1] ?? '').search(/\S/) };
      const explanation = await editor.explain({ uri, range: { start: at, end: at }, level: 'deep' });
      const where = `${name}, line ${line}`;
      expect.soft(explanation.symbol, where).toBe(name);
      expect.soft([explanation.range.start.line + 1, explanation.range.end.line + 1], where).toEqual([first, last]);
      if (explanation.stored === undefined)
        expect.soft(sentCode(), where).toBe(lines.slice(first - 1, last).join('\n'));
      expect
        .soft(
          explanation.citations.filter(({ state }) => state !== 'verified'),
          where,
        )
        .toEqual([]);
      const outside = explanation.citations.filter(
        ({ firstLine, lastLine }) => firstLine + 1 < first || lastLine + 1 > last,
      );
      expect.soft(outside, where).toEqual([]);
    }
  });

  test('selected lines are explained as they are selected', async () => {
    const { editor, uri } = await editorWith(file);
    await using _editor = editor;
    for (const { first, last } of drawn(symbols, scaled(50))) {
      const range = { start: { line: first - 1, character: 0 }, end: { line: last, character: 0 } };
      const { range: explained, stored } = await editor.explain({ uri, range, level: 'deep' });
      expect.soft([explained.start.line + 1, explained.end.line + 1]).toEqual([first, last]);
      // The same code stands twice in some files.
      if (stored === undefined) expect.soft(sentCode()).toBe(lines.slice(first - 1, last).join('\n'));
    }
  });

  test('its line notes stand on its lines', async () => {
    const { editor, uri } = await editorWith(file);
    await using _editor = editor;
    let all = 0;
    for (const { name, first, last } of drawn(symbols, scaled(50))) {
      const range = { start: { line: first - 1, character: 0 }, end: { line: last, character: 0 } };
      const { notes, dropped } = await editor.rpc.sendRequest<Annotated>('gloss/annotate', { uri, range });
      expect.soft(dropped, name).toBe(0);
      all += notes;
    }
    expect(all).toBeGreaterThan(scaled(50));
  });
});
