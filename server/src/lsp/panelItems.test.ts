/** Entries, and what comes right now, as items: in order, named for good, short, and plain. */
import { describe, expect, test } from 'vitest';
import { Item } from '#shared/panel.ts';
import { inRow, said } from '../../../test/harness/conversations.ts';
import type { Chat, ChatState } from '../chat.ts';
import type { CallNote, Entry, EntryContent } from '../ports.ts';
import { contentsOf } from './panelContents.ts';
import { difference } from './panelDifference.ts';
import { createItems } from './panelItems.ts';

type Live = NonNullable<ChatState['live']>;

function items(contents: readonly EntryContent[], live?: Partial<Live>): readonly Item[] {
  const now: Live | undefined =
    live === undefined
      ? undefined
      : { id: 'next', isAsked: true, text: '', thinking: '', parts: [], calls: [], ...live };
  const files = [{ uri: 'file:///w/a.ts', path: 'a.ts', added: 1, removed: 2, pending: 1 }];
  const made = createItems()({ entries: inRow(contents), state: { live: now }, edits: 0, changes: () => files });
  for (const item of made) expect(Item.parse(item)).toEqual(item);
  expect(new Set(made.map(({ id }) => id)).size).toBe(made.length);
  return made;
}

const short = (made: readonly Item[]): readonly string[] =>
  made.map((item) => `${item.id} ${item.is}${item.is === 'call' ? ` ${item.state}` : ''}`);

function resultsWith(notes: readonly Partial<CallNote>[], ...ids: readonly string[]): EntryContent {
  const results = said.results(...ids);
  if (results.kind !== 'results') throw new Error('no results');
  return { ...results, calls: notes.map((note, at) => ({ ...(results.calls[at] as CallNote), ...note })) };
}

describe('what was said', () => {
  test('stands in order, each turn with what it changed and cost at its end', () => {
    const results = resultsWith([{ groups: ['g'] }], 'a');
    const turn = [said.asked('Q'), said.answered('Look.', 'a'), results, said.answered('Done.')];
    expect(short(items([...turn, said.asked('R'), said.answered('Yes.')]))).toEqual([
      ...['e0 asked', 'e1.text0 answer', 'e1.a call done', 'e3.text0 answer', 'e0.changes changes', 'e0.cost cost'],
      ...['e4 asked', 'e5.text0 answer', 'e4.cost cost'],
    ]);
    expect(items(turn).at(-1)).toMatchObject({ model: 'm', demo: false, usage: { inputTokens: 20, price: 1 } });
  });

  test('what is noted, summed up, broken off and said meanwhile has items of its own', () => {
    const answered = said.answered('Half');
    const paid = { usage: { inputTokens: 1, outputTokens: 1, cacheReadTokens: 0, cacheWriteTokens: 0 }, receipt: '' };
    const results = said.results('a');
    expect(
      short(
        items([
          said.asked('Q'),
          said.answered('', 'a'),
          { ...results, said: ['Hurry.'] } as EntryContent,
          { ...answered, cut: 'broken off' } as EntryContent,
          { kind: 'noted', text: 'Overloaded.', isError: true },
          { kind: 'compacted', turns: [], ...paid },
          { ...answered, cut: 'stopped' } as EntryContent,
        ]),
      ),
    ).toEqual([
      ...['e0 asked', 'e1.a call done', 'e2.0 said', 'e3.text0 answer', 'e3.cut notice', 'e4 notice', 'e5 compacted'],
      ...['e6.text0 answer', 'e0.cost cost'],
    ]);
  });

  test('a call that failed says why; one that a killed server left was stopped, one that never came to run was skipped', () => {
    const failed = items([said.asked('Q'), said.answered('', 'a'), resultsWith([{ outcome: 'failed' }], 'a')]);
    expect(failed[1]).toMatchObject({ state: 'failed', detail: 'text of a.ts' });
    expect(short(items([said.asked('Q'), said.answered('', 'a'), resultsWith([], 'a')]))[1]).toBe('e1.a call stopped');
    expect(short(items([said.asked('Q'), said.answered('', 'a')]))[1]).toBe('e1.a call skipped');
  });

  test('S24: titles and notes are one plain line; a long question is told by its beginning', () => {
    const title = `Read \u202e${'x'.repeat(3_000)}`;
    const made = items([
      said.asked('q'.repeat(50_000)),
      said.answered('', 'a'),
      resultsWith([{ title }], 'a'),
      said.noted('One\u200b\u0007two'),
    ]);
    expect(made[0]).toMatchObject({ length: 50_000, text: 'q'.repeat(4_000) });
    expect(JSON.stringify(made)).not.toMatch(/\u202e|\u200b|\\u0007/);
    expect(JSON.stringify(made)).toContain('⟨U+202E⟩');
  });
});

describe('what comes', () => {
  const asked = [said.asked('P'), said.answered('Before.'), said.asked('Q')];
  const parts: Live['parts'] = [
    { is: 'thinking', text: 'Hm.' },
    { is: 'text', text: 'Let me ' },
    { is: 'call', id: 'a' },
    { is: 'text', text: ' \n' },
  ];
  const calls: Live['calls'] = [{ id: 'a', tool: 'read', title: 'Read a.ts', state: 'running', detail: 'line 1' }];

  test('has the names that it will have as an entry, and no length yet', () => {
    const made = items(asked, { parts, calls }).slice(4);
    expect(short(made)).toEqual(['next.thinking0 thinking', 'next.text0 answer', 'next.a call running']);
    expect(made[1]).toMatchObject({ length: 0, lines: 0 });
    expect(made[2]).toMatchObject({ title: 'Read a.ts', detail: 'line 1' });
  });

  test('a turn that runs tells no cost; one whose question is not kept yet leaves the turn before as it is', () => {
    expect(short(items(asked, {})).at(-1)).toBe('e2 asked');
    expect(short(items([said.asked('Q'), said.answered('So.')], { isAsked: false }))).toEqual(
      short(items([said.asked('Q'), said.answered('So.')])),
    );
  });

  test('a call whose answer is kept already stands there once', () => {
    const made = items([said.asked('Q'), said.answered('Let me', 'a')], { parts: [{ is: 'call', id: 'a' }], calls });
    expect(short(made)).toEqual(['e0 asked', 'e1.text0 answer', 'e1.a call running']);
  });
});

describe('R22: a chat of 2,000 turns', () => {
  const contents = Array.from({ length: 2_000 }, (_, at) => [
    said.asked(`Question ${at}, of usual length, about some file of the project.`),
    said.answered('Let me look.', `toolu_${at}`),
    resultsWith([{ groups: [`g${at}`], title: `Read src/file${at}.ts, lines 1 to 200` }], `toolu_${at}`),
    said.answered('x'.repeat(3_000)),
  ]).flat();
  const entries: readonly Entry[] = inRow(contents);

  test('is opened with heads alone, and its last turn is all that is folded again and told', () => {
    const asked: (readonly string[])[] = [];
    const changes = (groups: readonly string[]) => {
      asked.push(groups);
      return [];
    };
    const fold = createItems();
    const first = fold({ entries, state: { live: undefined }, edits: 0, changes });
    expect(JSON.stringify(first).length).toBeLessThan(2_000 * 1_000);
    expect(first.every((item) => Item.safeParse(item).success)).toBe(true);
    asked.length = 0;
    const more = inRow([said.asked('One more?'), said.answered('Yes.')], entries.length, entries.at(-1)?.id);
    const second = fold({ entries: [...entries, ...more], state: { live: undefined }, edits: 0, changes });
    expect(asked).toEqual([]);
    expect(difference(first, second).map((change) => (change.is === 'put' ? change.item.is : change.is))).toEqual([
      ...['asked', 'answer', 'cost'],
    ]);
  });
});

describe('texts', () => {
  const chatWith = (contents: readonly EntryContent[]) =>
    ({ stored: () => ({ entries: inRow(contents) }), state: () => ({ live: undefined }) }) as unknown as Chat;

  test('are as they were written; what calls were given and answered is readable, bounded and shows what hides', () => {
    const answered = said.answered('See **this**', 'a');
    if (answered.kind !== 'answered') throw new Error('no answer');
    const input = { path: 'a.ts', text: 'one\ntwo\u202e', count: 3 };
    const turn = {
      role: 'assistant' as const,
      content: [
        { type: 'text' as const, text: 'See **this**' },
        { type: 'tool_use' as const, id: 'a', name: 'read', input },
      ],
    };
    const results = said.results('a');
    if (results.kind !== 'results') throw new Error('no results');
    const long = [{ type: 'tool_result' as const, tool_use_id: 'a', content: 'y'.repeat(150_000) }];
    const chat = chatWith([
      said.asked('q'.repeat(9_000)),
      { ...answered, turn },
      { ...results, turn: { role: 'user', content: long }, said: ['Hurry.'] },
    ]);
    const [question, text, call, hurry, ...none] = contentsOf(chat, [
      'e0',
      'e1.text0',
      'e1.a',
      'e2.0',
      'e1',
      'e9.text0',
      'e2.7',
    ]);
    expect(question?.text).toHaveLength(9_000);
    expect(text).toEqual({ id: 'e1.text0', text: 'See **this**' });
    expect(call?.input).toBe('path: a.ts\ntext:\n  one\n  two⟨U+202E⟩\ncount: 3');
    expect(call?.result).toMatch(/^y{100000}\n… 50000 more characters are not shown\.$/);
    expect(hurry?.text).toBe('Hurry.');
    expect(none).toEqual([]);
  });
});
