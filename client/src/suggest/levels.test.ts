/** Over several levels of settings the least counts, whatever stands in them. */
import { expect, test } from 'vitest';
import { defaultSettings, Settings } from '#shared/settings.ts';
import { type Level, modeFor, toggled, wanted } from './levels.ts';

const standard: Level = { mode: 'automatic', languages: defaultSettings.suggestions.languages };
const nothing: Level = { mode: undefined, languages: undefined };

function person(mode: unknown, languages: object = {}): Level {
  return { mode, languages: { ...defaultSettings.suggestions.languages, ...languages } };
}

function modeOf(levels: readonly [Level, ...Level[]], language: string): string {
  const [own, ...others] = levels;
  return modeFor(wanted({ person: own, others }), language);
}

test.each<[string, readonly [Level, ...Level[]], string, string]>([
  ['the defaults', [standard, nothing], 'python', 'automatic'],
  ['a language that is off by default', [standard, nothing], 'markdown', 'off'],
  ['the person turns a language on', [person('automatic', { markdown: 'automatic' })], 'markdown', 'automatic'],
  ['only one language', [person('off', { rust: 'manual' })], 'rust', 'manual'],
  ['a workspace takes away', [standard, { mode: 'manual', languages: {} }], 'python', 'manual'],
  [
    'a folder takes away more',
    [standard, { mode: 'manual', languages: {} }, { mode: 'off', languages: {} }],
    'c',
    'off',
  ],
  ['a workspace takes one language', [standard, { mode: undefined, languages: { c: 'off' } }], 'c', 'off'],
  [
    'a workspace that is off is off for languages of the person, too',
    [person('automatic', { rust: 'automatic' }), { mode: 'off', languages: undefined }],
    'rust',
    'off',
  ],
  [
    'a workspace that leaves one language on',
    [standard, { mode: 'off', languages: { go: 'automatic' } }],
    'go',
    'automatic',
  ],
])('%s', (_name, levels, language, expected) => {
  expect(modeOf(levels, language)).toBe(expected);
});

test('S18: no workspace turns on what the person has turned off, nor makes it come unasked', () => {
  const modes = ['off', 'manual', 'automatic'];
  const rank = (mode: string) => modes.indexOf(mode);
  for (const mode of modes)
    for (const own of [undefined, ...modes])
      for (const theirs of [undefined, ...modes])
        for (const theirMode of [undefined, ...modes]) {
          const mine = person(mode, own === undefined ? {} : { rust: own });
          const other = { mode: theirMode, languages: theirs === undefined ? {} : { rust: theirs } };
          expect(rank(modeOf([mine, other], 'rust'))).toBeLessThanOrEqual(rank(own ?? mode));
          expect(rank(modeOf([mine, other], 'zig'))).toBeLessThanOrEqual(rank(mode));
        }
});

/** What stands in settings files: see threats, "Settings (R42)". */
const bad: readonly unknown[] = [
  ...[null, 7, Number.NaN, -1, 1e308, '', [], {}, true, 'Automatic', ' automatic ', 'automatic\n', 'on'],
  ...['\u202eautomatic', 'automatic\u0000', 'x'.repeat(1_000_000), ['automatic'], { automatic: true }, '../automatic'],
];

test.each(bad.map((value) => [value]))('R42: a word that cannot be read turns suggestions off: %#', (value) => {
  expect(modeOf([person(value)], 'python')).toBe('off');
  expect(modeOf([person('automatic', { python: value })], 'python')).toBe('off');
  expect(modeOf([standard, { mode: value, languages: value }], 'python')).toBe('off');
});

test.each(bad.map((value) => [value]))('R42: what the server is told of it can be read: %#', (value) => {
  const told = wanted({ person: { mode: value, languages: value }, others: [{ mode: 'automatic', languages: [] }] });
  expect(Settings.parse({ suggestions: told }).suggestions).toMatchObject(told);
});

test('names of languages that objects have by themselves are names like others', () => {
  expect(modeOf([standard], 'constructor')).toBe('automatic');
  const listed: unknown = JSON.parse('{ "__proto__": "off", "toString": "manual" }');
  const levels = { person: standard, others: [{ mode: undefined, languages: listed }] };
  expect(['__proto__', 'toString', 'valueOf'].map((name) => modeFor(wanted(levels), name))).toEqual([
    'off',
    'manual',
    'automatic',
  ]);
});

test.each<[string, Level, unknown, readonly Level[], object]>([
  ['off', standard, undefined, [], { languages: { c: 'off' }, mode: 'off' }],
  [
    'off again, the others stay',
    person('manual', { c: 'manual' }),
    { c: 'manual', go: 'off' },
    [],
    { languages: { c: 'off', go: 'off' }, mode: 'off' },
  ],
  [
    'on again',
    person('automatic', { c: 'off' }),
    { c: 'off' },
    [],
    { languages: { c: 'automatic' }, mode: 'automatic' },
  ],
  [
    'on by hand where all are by hand',
    person('manual', { c: 'off' }),
    { c: 'off' },
    [],
    { languages: { c: 'manual' }, mode: 'manual' },
  ],
  ['on where all are off', person('off'), undefined, [], { languages: { c: 'automatic' }, mode: 'automatic' }],
  [
    'on, but the workspace keeps it off',
    person('automatic', { c: 'off' }),
    'bad',
    [{ mode: 'off', languages: {} }],
    { languages: { c: 'automatic' }, mode: 'off' },
  ],
  [
    'on, which the workspace alone prevents',
    standard,
    undefined,
    [{ mode: 'off', languages: {} }],
    { languages: undefined, mode: 'off' },
  ],
])('a language is turned %s', (_name, own, list, others, expected) => {
  expect(toggled({ person: own, others }, list, 'c')).toEqual(expected);
});
