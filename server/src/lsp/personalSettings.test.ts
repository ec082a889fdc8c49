/** S18: what a project's file may tell a bare editor makes chats stricter, and never looser. */
import { expect, test } from 'vitest';
import { InitializationOptions } from '#shared/initialization.ts';
import { defaultSettings, Settings } from '#shared/settings.ts';
import { withinPersonal } from './personalSettings.ts';

/** The chat's settings from what the editor tells, and what the person has said in `initializationOptions`. */
function chatOf(told: unknown, options: unknown = {}): Settings['chat'] {
  const settings = Settings.safeParse(told).data ?? defaultSettings;
  return withinPersonal(settings, told, InitializationOptions.parse(options)).chat;
}

const usual = defaultSettings.chat;
const allow = { tool: 'run', match: 'npm test', decision: 'allow' } as const;
const refuse = { tool: 'edit', match: 'src/**', decision: 'refuse' } as const;

test('S18: rules of the person allow, those of a file only ask and refuse', () => {
  expect(chatOf({ chat: { permissions: [allow, refuse] } }).permissions).toEqual([refuse]);
  expect(chatOf({ chat: { permissions: [refuse] } }, { permissions: [allow] }).permissions).toEqual([allow, refuse]);
});

test.each([[{ tool: 1 }], ['allow'], [[{ ...allow, always: true }]]])(
  'S18: rules that cannot be read, such as %j, mean that everything is asked',
  (permissions) => {
    expect(chatOf({ chat: { permissions } }).permissions).toEqual([{ tool: '*', decision: 'ask' }]);
    expect(chatOf({}, { permissions }).permissions).toEqual([{ tool: '*', decision: 'ask' }]);
  },
);

test.each([
  ['nothing is said', {}, {}, usual.limitPerDay],
  ['the file says more', { limitPerDay: 1_000 }, {}, usual.limitPerDay],
  ['the file says less', { limitPerDay: 3 }, {}, 3],
  ['the person says more', {}, { perDay: 1_000 }, 1_000],
  ['both say more', { limitPerDay: 900 }, { perDay: 1_000 }, 900],
  ['the file says more than the person', { limitPerDay: 2_000 }, { perDay: 1_000 }, 1_000],
  ['the file says nonsense', { limitPerDay: 'all' }, { perDay: 1_000 }, usual.limitPerDay],
  ['the person says nonsense', {}, { perDay: -1 }, usual.limitPerDay],
])('S18: of a limit counts what is lower, when %s', (_, chat, limits, expected) => {
  expect(chatOf({ chat }, { limits }).limitPerDay).toBe(expected);
});

test('S18: requests for a question are a limit as well', () => {
  expect(chatOf({ chat: { maxRequests: 500 } }).maxRequests).toBe(usual.maxRequests);
  expect(chatOf({}, { limits: { requests: 200 } }).maxRequests).toBe(200);
});

test.each([undefined, null, 'x', [], { chat: null }, { chat: 'x' }])('S18: of %j nothing becomes looser', (told) => {
  expect(chatOf(told)).toMatchObject({ limitPerDay: usual.limitPerDay, maxRequests: usual.maxRequests });
});
