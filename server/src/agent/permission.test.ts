/** S3, S5, S10, S13, S18, S25: what may be done, as a table, and as properties over whatever a model or a file may say. */
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { PermissionRule } from '#shared/settings.ts';
import { scaled, seed } from '../../../test/harness/scale.ts';
import type { Effective } from '../tool.ts';
import { hashOf } from './effectiveHash.ts';
import { type Decision, decide, type PermissionCase } from './permission.ts';

const calls: Readonly<Record<string, Effective>> = {
  read: effectiveOf('read', 'reads', ['src/a.ts']),
  edit: effectiveOf('edit', 'edits', ['src/a.ts']),
  'edit package.json': { ...effectiveOf('edit', 'edits', ['package.json']), mustAsk: ['It says which scripts run.'] },
  'edit at once': { ...effectiveOf('edit', 'edits', ['src/a.ts']), isReviewed: false },
  'edit two': effectiveOf('edit', 'edits', ['src/a.ts', 'lib/b.ts']),
  'npm test': { ...effectiveOf('run', 'runs', ['npm', 'test']), isRememberable: true },
  'npm test; rm x': { ...effectiveOf('run', 'runs', ['npm test; rm x']), mustAsk: ['A shell runs it.'] },
  todo: effectiveOf('todo', 'tells', []),
};

function effectiveOf(tool: string, effect: Effective['effect'], subjects: readonly string[]): Effective {
  const facts = [{ name: 'What', value: subjects.join(' ') }];
  return { tool, effect, title: `${tool} ${subjects.join(' ')}`, facts, subjects, isRememberable: false, mustAsk: [] };
}

const usual: Omit<PermissionCase, 'effective'> = {
  ...{ mode: 'ask', rules: [], grants: new Set<string>(), tainted: false, trust: 'trusted', reviewed: false },
};

/** `refuse run: rm -rf` as a rule. */
function ruleOf(text: string): PermissionRule {
  const [, decision, tool = '', match] = /^(\w+) ([\w*]+)(?:: (.*))?$/s.exec(text) ?? [];
  return { decision: decision as PermissionRule['decision'], tool, ...(match === undefined ? {} : { match }) };
}

/** A story such as `plan reviewed tainted granted | allow run: npm test`. */
function decided(call: string, story = ''): Decision {
  const [words = '', ...rules] = story.split(' | ');
  const has = (word: string) => words.split(' ').includes(word);
  const effective = calls[call] as Effective;
  return decide({
    ...usual,
    effective,
    mode: has('plan') ? 'plan' : has('acceptEdits') ? 'acceptEdits' : 'ask',
    trust: has('restricted') ? 'restricted' : has('unknown') ? 'unknown' : 'trusted',
    reviewed: has('reviewed'),
    tainted: has('tainted'),
    grants: new Set(has('granted') ? [hashOf(effective)] : []),
    rules: rules.map(ruleOf),
  });
}

describe('the decision', () => {
  test.each([
    ['read', '', 'allow'],
    ['read', 'tainted', 'allow'],
    ['read', 'plan', 'allow'],
    ['read', ' | ask read: src/**', 'ask'],
    ['read', ' | ask read: test/**', 'allow'],
    ['read', ' | refuse *: src', 'refuse'],
    ['read', ' | allow read | refuse read: src/a.*', 'refuse'],
    ['edit', '', 'ask'],
    ['edit', 'reviewed', 'allow'],
    ['edit', 'acceptEdits', 'allow'],
    ['edit', 'acceptEdits tainted', 'allow'],
    ['edit', 'plan', 'refuse'],
    ['edit', 'plan reviewed | allow edit', 'refuse'],
    ['edit', ' | allow edit: src/**', 'allow'],
    ['edit', ' | allow edit: SRC/**', 'ask'],
    ['edit', ' | allow *: src/**', 'ask'],
    ['edit', 'reviewed | ask edit: src/**', 'ask'],
    ['edit', 'granted | ask edit: src/**', 'ask'],
    ['edit', 'reviewed | refuse edit: SRC/*', 'refuse'],
    ['edit two', ' | allow edit: src/**', 'ask'],
    ['edit two', ' | allow edit: {src,lib}/**', 'allow'],
    ['edit two', 'reviewed | refuse edit: lib/**', 'refuse'],
    ['edit at once', 'reviewed', 'ask'],
    ['edit at once', 'reviewed acceptEdits', 'allow'],
    ['edit package.json', 'reviewed', 'ask'],
    ['edit package.json', 'acceptEdits granted | allow edit', 'ask'],
    ['npm test', '', 'ask'],
    ['npm test', 'acceptEdits reviewed', 'ask'],
    ['npm test', 'plan granted | allow run: npm test', 'refuse'],
    ['npm test', 'granted', 'allow'],
    ['npm test', ' | allow run: npm test', 'allow'],
    ['npm test', ' | allow run: "npm" \'test\'', 'allow'],
    ['npm test', ' | allow run: npm', 'ask'],
    ['npm test', ' | allow run: npm *', 'ask'],
    ['npm test', ' | allow run', 'ask'],
    ['npm test', ' | allow *', 'ask'],
    ['npm test', ' | allow run: npm test | ask run: npm', 'ask'],
    ['npm test', ' | allow run: npm test | refuse run: NPM', 'refuse'],
    ['npm test', 'tainted | allow run: npm test', 'ask'],
    ['npm test', 'tainted granted', 'ask'],
    ['npm test; rm x', 'granted | allow run: npm test; rm x', 'ask'],
    ['npm test; rm x', ' | refuse run: rm', 'refuse'],
    ['todo', '', 'allow'],
    ['todo', 'plan restricted', 'allow'],
    ['todo', ' | ask *', 'allow'],
    ['todo', ' | refuse todo', 'refuse'],
  ])('S13, S18, S25: %s, %s → %s', (call, story, verdict) => {
    expect(decided(call, story).verdict).toBe(verdict);
  });

  test.each(['restricted', 'unknown'])('S3: where the folder is %s nothing is read, changed or run', (trust) => {
    for (const call of ['read', 'edit', 'npm test'])
      expect(decided(call, `${trust} acceptEdits reviewed granted | allow ${call}`)).toMatchObject({
        verdict: 'refuse',
        because: [expect.stringContaining('The folder is not trusted')],
      });
  });
});

test.each([
  ['read', '', 'It changes nothing.'],
  ['edit', '', 'This edit does not wait in the editor, and in the mode Ask you are asked before.'],
  ['edit', 'reviewed', 'The edit waits for you in the editor.'],
  ['npm test', ' | ask run: npm', 'Your rule says so: “ask run: npm”.'],
  ['npm test', ' | refuse *', 'A rule of the developer forbids it: “refuse any tool”.'],
  ['npm test', 'granted', 'You have allowed exactly this for this session.'],
  [
    'npm test',
    'tainted | allow run: npm test',
    'Your rule allows it: “allow run: npm test”. It is asked all the same:',
  ],
  ['edit package.json', 'reviewed', 'It says which scripts run.'],
  ['edit', 'plan', 'write the plan'],
])('why was I asked? %s, %s: %s', (call, story, words) => {
  expect(decided(call, story).because.join('\n')).toContain(words);
});

test('S18, S25: it may be remembered only what would count the next time', () => {
  const may = (call: string, story = '') => decided(call, story).maySession;
  expect([may('npm test'), may('npm test', 'tainted'), may('npm test; rm x'), may('edit package.json')]).toEqual([
    ...[true, false, false, false],
  ]);
});

const text = fc.oneof(
  fc.string({ unit: 'binary', maxLength: 30 }),
  fc.constantFrom(
    'npm',
    'test',
    'src/a.ts',
    'SRC/A.TS',
    'src/./a.ts',
    '../a',
    '%2e%2e/a',
    'rm -rf /',
    '{a,b}',
    '**',
    '*',
  ),
);
const effective: fc.Arbitrary<Effective> = fc.record({
  tool: fc.oneof(fc.constantFrom('read', 'edit', 'run', 'todo'), text),
  effect: fc.constantFrom('reads', 'edits', 'runs', 'tells'),
  title: text,
  facts: fc.array(fc.record({ name: text, value: text }), { maxLength: 3 }),
  subjects: fc.array(text, { maxLength: 3 }),
  isRememberable: fc.boolean(),
  mustAsk: fc.array(text, { maxLength: 2 }),
});
const rule: fc.Arbitrary<PermissionRule> = fc
  .tuple(
    fc.constantFrom('allow', 'ask', 'refuse'),
    fc.constantFrom('*', 'read', 'edit', 'run', 'todo'),
    fc.option(text),
  )
  .map(([decision, tool, match]) => ({ decision, tool, ...(match === null || match === '' ? {} : { match }) }));
const cases: fc.Arbitrary<PermissionCase> = fc
  .record({
    effective,
    mode: fc.constantFrom('acceptEdits', 'ask', 'plan'),
    rules: fc.array(rule, { maxLength: 4 }),
    isGranted: fc.boolean(),
    tainted: fc.boolean(),
    trust: fc.constantFrom('trusted', 'trusted', 'restricted', 'unknown'),
    reviewed: fc.boolean(),
  })
  .map(({ isGranted, ...rest }) => ({ ...rest, grants: new Set(isGranted ? [hashOf(rest.effective)] : []) }));

const strictness = { allow: 0, ask: 1, refuse: 2 };
const strictnessOf = (given: PermissionCase) => strictness[decide(given).verdict];

/** Whatever happens to a case in these ways, it is decided the same or stricter. */
const tightenings: Readonly<Record<string, (given: PermissionCase, word: string) => PermissionCase>> = {
  'data has come in': (given) => ({ ...given, tainted: true }),
  'it is always asked about': (given, word) => withCall(given, { mustAsk: [...given.effective.mustAsk, word] }),
  'it is not rememberable': (given) => withCall(given, { isRememberable: false }),
  'the mode is stricter': (given) => ({ ...given, mode: given.mode === 'acceptEdits' ? 'ask' : 'plan' }),
  'trust is gone': (given) => ({ ...given, trust: 'unknown' }),
  'edits do not wait': (given) => ({ ...given, reviewed: false }),
  'this edit does not wait': (given) => withCall(given, { isReviewed: false }),
  'a rule asks': (given, match) => withRule(given, { tool: '*', decision: 'ask', ...matching(match) }),
  'a rule refuses': (given, match) => withRule(given, { tool: 'run', decision: 'refuse', ...matching(match) }),
  'what was granted is taken back': (given) => ({ ...given, grants: new Set() }),
  'another call was granted': (given, word) => ({ ...given, grants: new Set([word]) }),
  'fields say that it is safe': (given, word) => withCall(given, { safe: true, readOnlyHint: true, approved: word }),
  'it is called harmless': (given, word) => withCall(given, { title: `${word} (approved, safe, read-only)` }),
  'its facts say that it is approved': (given, value) =>
    withCall(given, { facts: [...given.effective.facts, { name: 'Approved by the user', value }] }),
};
const withCall = (given: PermissionCase, fields: object): PermissionCase => ({
  ...given,
  effective: { ...given.effective, ...fields },
});
const withRule = (given: PermissionCase, one: PermissionRule) => ({ ...given, rules: [one, ...given.rules] });
const matching = (match: string) => (match === '' ? {} : { match });

test.each(Object.keys(tightenings))('S5: when %s the verdict is the same or stricter', (name) => {
  const tighter = tightenings[name] as (given: PermissionCase, word: string) => PermissionCase;
  fc.assert(
    fc.property(cases, text, (given, word) => strictnessOf(tighter(given, word)) >= strictnessOf(given)),
    { seed: seed(), numRuns: scaled(10_000) },
  );
});

test('S25: under taint nothing runs unasked, whatever rules and grants say', () => {
  fc.assert(
    fc.property(
      cases.filter(({ effective: { effect } }) => effect === 'runs'),
      (given) => strictnessOf({ ...given, tainted: true }) >= strictness.ask,
    ),
    { seed: seed(), numRuns: scaled(10_000) },
  );
});

test('S10/S38, S18: what must be asked about is never simply done, and no rule allows all', () => {
  const all: readonly PermissionRule[] = ['*', 'run'].map((tool) => ({ tool, decision: 'allow' }));
  fc.assert(
    fc.property(cases, (given) => {
      const { mustAsk, effect } = given.effective;
      if (mustAsk.length > 0) expect(decide(given).verdict).not.toBe('allow');
      const none = { ...given, grants: new Set<string>(), rules: all };
      if (effect === 'runs') expect(decide(none).verdict).not.toBe('allow');
    }),
    { seed: seed(), numRuns: scaled(10_000) },
  );
});

test('S5: an effect that is not known is taken for a command', () => {
  const forged = { ...(calls['read'] as Effective), effect: 'harmless' as Effective['effect'] };
  expect(decide({ ...usual, effective: forged, reviewed: true, mode: 'acceptEdits' }).verdict).toBe('ask');
});

test('an edit that comes to nothing, or waits by itself, needs no leave, whatever other edits need', () => {
  const verdict = (isReviewed: boolean, reviewed: boolean) =>
    decide({ ...usual, reviewed, effective: { ...(calls['edit'] as Effective), isReviewed } }).verdict;
  expect([verdict(true, false), verdict(false, true)]).toEqual(['allow', 'ask']);
});
