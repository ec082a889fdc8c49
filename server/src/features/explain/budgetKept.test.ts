/** The budget holds: whatever code, problems, definitions and secrets there are, no more goes along than it allows. */
import { expect, test } from 'vitest';
import { type ExplainParams, Level, terminalUri } from '#shared/explain.ts';
import { Settings } from '#shared/settings.ts';
import { random, scaled } from '../../../../test/harness/scale.ts';
import { cleanText } from '../../egress/filter.ts';
import type { Snapshot } from '../../ports.ts';
import { estimatedTokens } from '../../text/tokens.ts';
import { budgets } from './budget.ts';
import { type GatherContext, gather } from './gather.ts';
import { explainPrompt } from './prompt.ts';

const next = random();
const below = (most: number) => Math.floor(next() * most);
const oneOf = <Value>(...values: readonly Value[]): Value => values[below(values.length)] as Value; // There is one.

const lines: readonly (() => string)[] = [
  () => `export function f${below(900)}(a: number) {`,
  () => '}',
  () => '',
  () => `  return g${below(900)}(a, h${below(900)}) + ${next()};`,
  () => `import { g${below(900)} } from './other';`,
  () => `  const apiKey = 'sk-ant-api03-${'aB3'.repeat(30)}${below(900)}';`,
  () => `  password = "${Math.floor(next() * 2 ** 50).toString(36)}";`,
  () => `  // ${'日本語のコメント'.repeat(below(20))}`,
  () => `  ${'{[('.repeat(below(60))}😀\u202e`,
  () => `\t\t\t${'word '.repeat(below(60))}`,
];
const rare: readonly (() => string)[] = [() => 'x'.repeat(below(90_000)), () => '語'.repeat(below(20_000))];

function textOf(most: number): string {
  const count = 1 + below(most);
  return Array.from({ length: count }, () => oneOf(...(next() < 0.002 ? rare : lines))()).join(oneOf('\n', '\r\n'));
}

const place = () => ({ line: below(200), character: 0 });
const problem = () => {
  const start = place();
  const message = oneOf('No. ', '悪い ', 'a\u200bb ').repeat(below(1_000)).slice(0, 4_000);
  return { range: { start, end: { ...start, character: 9 } }, message: `${message}!`, severity: 1 + below(4) };
};

function asked(uri: string, text: string): ExplainParams {
  const start = { line: below(Math.min(200, text.split('\n').length)), character: 0 };
  const end = oneOf(start, { line: start.line + below(3_000), character: 0 });
  const subject = oneOf<ExplainParams['subject']>(
    undefined,
    { kind: 'problem', problem: { ...problem(), range: { start, end: start } } },
    { kind: 'change', before: textOf(oneOf(20, 3_000)) },
    { kind: 'file' },
    { kind: 'terminal', text: textOf(3_000).slice(0, 200_000) || 'ls' },
  );
  const level = oneOf(...Level.options);
  return {
    uri: subject?.kind === 'terminal' ? terminalUri : uri,
    range: { start, end },
    level,
    ...(subject && { subject }),
  };
}

function contextOf(snapshots: readonly Snapshot[]): GatherContext {
  return {
    outgoing: {
      clean: async (text) => cleanText(text, (each) => each),
      mayLeave: async () => true,
      isDemo: async () => true,
      ask: () => Promise.reject(new Error('Nobody asks.')),
    },
    documents: {
      get: (uri) => snapshots.find((each) => each.uri === uri),
      recent: () => [],
      offsetAt: () => 0,
      positionAt: () => ({ line: 0, character: 0 }),
      watch() {},
    },
    providers: {
      symbols: async () => undefined,
      definitions: async (_, positions) =>
        positions.map(() => ({ uri: oneOf(...snapshots).uri, range: { start: place(), end: place() } })),
      problems: async () => Array.from({ length: below(100) }, problem),
      references: async () => undefined,
      hover: async () => undefined,
      allProblems: async () => undefined,
      rename: async () => undefined,
      extract: async () => undefined,
    },
    files: {
      read: () => Promise.reject(new Error('Nothing is read.')),
      readBytes: () => Promise.reject(new Error('Nothing is read.')),
      stamp: async () => undefined,
      names: async () => [],
      kind: async () => 'file' as const,
      roots: () => [],
      place: (uri) => ({ root: '/w', path: uri.slice('file:///w/'.length) }),
      home: (uri) => ({ root: '/w', path: uri.slice('file:///w/'.length) }),
    },
    trust: () => 'trusted',
  };
}

const count = scaled(300);
test(`${count} random questions stay within their budgets, in every word that goes along`, async () => {
  for (let at = 0; at < count; at++) {
    const folder = 'very/deep folder/'.repeat(below(20));
    const snapshots = ['a.ts', `${folder}b.ts`, 'c.py'].map((name) => {
      const languageId = name.endsWith('py') ? 'python' : 'typescript';
      return { uri: `file:///w/${name}`, version: 1, languageId, text: textOf(oneOf(30, 300, 3_000)) };
    });
    const { uri, text } = oneOf(...snapshots);
    const params = asked(uri, text);
    const gathered = await gather(contextOf(snapshots), params, Settings.parse({})).catch(() => undefined);
    if (gathered === undefined) continue;
    const { documents, context } = await gathered.complete();
    const wording = { level: params.level, model: 'm', language: 'en', audience: 'professional' } as const;
    const { messages } = explainPrompt(gathered.material, documents, wording);
    const told = `case ${at}: ${params.subject?.kind ?? 'code'}, ${params.level}`;
    expect(context.budget, told).toBe(budgets[params.level]);
    expect(context.tokens, told).toBeLessThanOrEqual(context.budget);
    expect(wordsIn(messages[0]?.content), told).toBeLessThanOrEqual(context.tokens);
  }
});

/** Estimated tokens of all that the documents say, whoever counts them. */
function wordsIn(content: unknown): number {
  if (Array.isArray(content)) return content.reduce((sum: number, each) => sum + wordsIn(each), 0);
  if (typeof content !== 'object' || content === null || !('type' in content)) return 0;
  if (content.type !== 'document') return 0;
  const { title, context, source } = content as unknown as Record<'title' | 'context', string> & {
    source: { content: readonly { text: string }[] };
  };
  return [title, context, ...source.content.map(({ text }) => text)].reduce(
    (sum, each) => sum + estimatedTokens(each),
    0,
  );
}
