import { expect, test } from 'vitest';
import { defaultSettings, Settings } from './settings.ts';

/** What stands in settings files: see threats, "Settings (R42)". */
const bad: readonly unknown[] = [
  ...[undefined, null, 7, Number.NaN, -1, 1e308, '', [], {}, true, 'Enter', ' enter ', 'enter\n', 'ctrl+enter'],
  ...['\u202eenter', 'enter\u0000', 'x'.repeat(1_000_000), ['enter'], { enter: true }, '../enter', 'https://enter'],
];

test.each(bad.map((value) => [value]))(
  'R42: what sends in the panel is Enter where the setting is bad: %#',
  (value) => {
    const settings = Settings.parse({ chat: { sendKey: value, maxRequests: 7 } });
    expect(settings.chat).toEqual({ ...defaultSettings.chat, maxRequests: 7 });
  },
);

test.each(['enter', 'ctrlEnter'] as const)('%s is what sends where the setting says so', (sendKey) => {
  expect(Settings.parse({ chat: { sendKey } }).chat.sendKey).toBe(sendKey);
});

/** What Gloss makes of it where the value is bad: what sends nothing, else the default. */
const suggestionsWhereBad = {
  mode: 'off',
  languages: defaultSettings.suggestions.languages,
  model: defaultSettings.suggestions.model,
  maxPerHour: defaultSettings.suggestions.maxPerHour,
  limitPerHour: defaultSettings.suggestions.limitPerHour,
} as const;

const hostile: Readonly<Record<keyof typeof suggestionsWhereBad, readonly unknown[]>> = {
  mode: bad.filter((value) => value !== undefined),
  languages: [
    ...[null, 7, Number.NaN, -1, 1e308, '', [], true, 'off', 'markdown', '\u202eoff', 'x'.repeat(1_000_000)],
    ...[['off'], [{}], [['markdown', 'off']], false, Number.POSITIVE_INFINITY, 0, '{}'],
    { ['x'.repeat(101)]: 'automatic' },
  ],
  model: [
    ...[null, 7, Number.NaN, -1, 1e308, '', [], {}, true, false, ' ', '\n', '\t \n', 'x'.repeat(129), ['model']],
    ...['x'.repeat(1_000_000), { id: 'model' }, [[]], 0, Number.NEGATIVE_INFINITY],
  ],
  maxPerHour: [
    ...[null, Number.NaN, -1, 0, 0.5, 1.5, 10_001, 1e308, Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY],
    ...['', '600', [], [600], {}, true, false, '1e9', '\u202e7', -0.000_1],
  ],
  limitPerHour: [
    ...[null, Number.NaN, -1, -0.000_1, 100_001, 1e308, Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY, '', '1'],
    ...['$1', [], [1], {}, true, false, '1e9', '\u202e7', { dollars: 1 }, 'x'.repeat(1_000_000)],
  ],
};

// The keys are those of the object above.
const named = Object.keys(hostile) as (keyof typeof suggestionsWhereBad)[];

test.each(named)('R42: no bad value of suggestions.%s lets more be asked, nor spoils another setting', (name) => {
  const values = hostile[name];
  expect(values.length).toBeGreaterThanOrEqual(20);
  const others = { mode: 'manual', languages: { go: 'automatic' }, model: 'other', maxPerHour: 7, limitPerHour: 2 };
  for (const value of values)
    expect(
      Settings.parse({ suggestions: { ...others, [name]: value } }).suggestions,
      String(value).slice(0, 40),
    ).toEqual({
      ...others,
      [name]: suggestionsWhereBad[name],
    });
});

test('R42: a language with a bad mode is off, and the others are as they say', () => {
  for (const value of hostile.mode)
    expect(Settings.parse({ suggestions: { languages: { go: value, rust: 'manual' } } }).suggestions.languages).toEqual(
      {
        go: 'off',
        rust: 'manual',
      },
    );
});
