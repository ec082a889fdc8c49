/** What editors show while a request is written: deprecated models struck out, and only what there is offered. */
import { beforeAll, expect, test } from 'vitest';
import { publishedPackage } from './harness/compiling.ts';
import { type Seen, seenInEditor } from './harness/editing.ts';

const least = "max_tokens: 9, messages: [{ role: 'user', content: 'hi' }]";

/** Each line, and whether it is struck out. */
const lines: readonly (readonly [code: string, isStruckOut: boolean])[] = [
  [`claude.messages.create({ model: 'claude-sonnet-4-5', ${least} });`, true],
  [`claude.messages.create({ model: 'claude-sonnet-4-5', ${least} }, { betas: [] });`, true],
  [`claude.messages.stream({ model: 'claude-mythos-preview', ${least} });`, true],
  ["claude.message().model('claude-sonnet-4-5-20250929');", true],
  [`claude.messages.create({ model: 'claude-sonnet-5-5', ${least} });`, false],
  [`claude.messages.stream({ model: 'claude-haiku-4-5', ${least} });`, false],
  [`claude.messages.create({ model: some, ${least} });`, false],
  ["claude.message().model('claude-sonnet-5-5');", false],
  // In error, and not deprecated.
  [`claude.messages.create({ model: 'claude-opus-5-5', ${least}, thinking: { type: 'disabled' } });`, false],
  [`claude.messages.create({ model: 'claude-opus-5-5', ${least}, thinking: { type: 'no' } });`, false],
  ["claude.message().thinking({ type: 'disabled' }).model('claude-opus-5-5');", false],
];

/** Places where something is typed, and some of what must be offered there. */
const places: readonly (readonly [code: string, offered: readonly string[]])[] = [
  [`claude.messages.create({ model: '¦', ${least} });`, ['claude-sonnet-5-5', 'claude-opus-4-5']],
  [`claude.messages.create({ model: 'claude-opus-5-5', ${least}, ¦ });`, ['thinking?', 'output_config?', 'tools?']],
  [`claude.messages.create({ model: 'claude-opus-5-5', ${least}, thinking: { type: '¦' } });`, ['adaptive']],
  [`claude.messages.create({ model: 'claude-opus-5-5', ${least}, thinking: { type: 'adaptive', ¦ } });`, ['display?']],
  [`claude.messages.create({ model: 'claude-opus-5-5', ${least}, output_config: { effort: '¦' } });`, ['xhigh']],
  [`claude.messages.create({ model: 'claude-opus-5-5', ${least}, tools: [{ type: '¦' }] });`, ['bash_20250124']],
  [
    `claude.messages.create({ model: 'claude-opus-5-5', ${least}, tools: [{ type: 'web_search_20260318', ¦ }] });`,
    ['max_uses?', 'response_inclusion?'],
  ],
  [
    "claude.messages.create({ model: 'claude-opus-5-5', max_tokens: 9, messages: [{ role: 'user', content: [{ type: 'image', ¦ }] }] });",
    ['source', 'transformations?'],
  ],
  ["claude.message().model('¦');", ['claude-sonnet-5-5']],
  ["claude.message().model('claude-opus-4-6').effort('¦');", ['low', 'max']],
];

let seen: Seen;

beforeAll(async () => {
  using place = publishedPackage();
  const head =
    "import type { Claude } from 'gloss-language-server/claude'; declare const claude: Claude; declare const some: string;";
  seen = await seenInEditor(place, [head, ...[...lines, ...places].map(([code]) => code)].join('\n'));
}, 120_000);

test.each(lines)('%s is struck out: %s', (code, isStruckOut) => {
  const at = 1 + lines.findIndex(([line]) => line === code);
  expect(seen.struckOut.includes(at)).toBe(isStruckOut);
});

test.each(places)('%s: %j are offered', (code, offered) => {
  const at = places.findIndex(([line]) => line === code);
  expect(seen.offered[at]).toEqual(expect.arrayContaining([...offered]));
});
