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
