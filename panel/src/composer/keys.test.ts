/** What keys do in the composer, as a table. */
import { expect, test } from 'vitest';
import { deedOf, type Key, type Situation } from './keys.ts';

const key = (name: string, more: Partial<Key> = {}): Key => ({
  ...{ key: name, shiftKey: false, ctrlKey: false, metaKey: false, altKey: false, isComposing: false, keyCode: 0 },
  ...more,
});
const idle: Situation = {
  ...{ sendKey: 'enter', isSuggesting: false, isRunning: false, isAtTop: false, isAtEnd: false, isWalking: false },
};

test.each<readonly [what: string, Key, Partial<Situation>, ReturnType<typeof deedOf>]>([
  ['Enter sends', key('Enter'), {}, 'send'],
  ['Shift+Enter is a new line', key('Enter', { shiftKey: true }), {}, undefined],
  ['Ctrl+Enter sends as well', key('Enter', { ctrlKey: true }), {}, 'send'],
  ['Cmd+Enter sends as well', key('Enter', { metaKey: true }), {}, 'send'],
  ['Ctrl+Shift+Enter does not', key('Enter', { ctrlKey: true, shiftKey: true }), {}, undefined],
  ['Enter is a new line where Ctrl+Enter sends', key('Enter'), { sendKey: 'ctrlEnter' }, undefined],
  ['Ctrl+Enter sends there', key('Enter', { ctrlKey: true }), { sendKey: 'ctrlEnter' }, 'send'],
  ['Alt+Enter steers while it works', key('Enter', { altKey: true }), { isRunning: true }, 'steer'],
  ['Alt+Enter does nothing while it rests', key('Enter', { altKey: true }), {}, undefined],
  ['Enter takes a suggestion', key('Enter'), { isSuggesting: true }, 'accept'],
  ['also where Ctrl+Enter sends', key('Enter'), { isSuggesting: true, sendKey: 'ctrlEnter' }, 'accept'],
  ['Ctrl+Enter sends though there are suggestions', key('Enter', { ctrlKey: true }), { isSuggesting: true }, 'send'],
  ['Tab takes a suggestion', key('Tab'), { isSuggesting: true }, 'accept'],
  ['Tab goes on without one', key('Tab'), {}, undefined],
  ['Shift+Tab goes back', key('Tab', { shiftKey: true }), { isSuggesting: true }, undefined],
  ['Esc closes suggestions', key('Escape'), { isSuggesting: true }, 'close'],
  ['Esc stops nothing', key('Escape'), { isRunning: true }, undefined],
  ['down goes to the next suggestion', key('ArrowDown'), { isSuggesting: true, isAtEnd: true }, 'next'],
  ['up to the one before', key('ArrowUp'), { isSuggesting: true, isAtTop: true }, 'previous'],
  ['up at the top is an earlier question', key('ArrowUp'), { isAtTop: true }, 'older'],
  ['up elsewhere moves the cursor', key('ArrowUp'), {}, undefined],
  ['Shift+up selects', key('ArrowUp', { shiftKey: true }), { isAtTop: true }, undefined],
  ['down comes back', key('ArrowDown'), { isAtEnd: true, isWalking: true }, 'newer'],
  ['down without a walk is none', key('ArrowDown'), { isAtEnd: true }, undefined],
])('%s', (_, pressed, situation, deed) => {
  expect(deedOf(pressed, { ...idle, ...situation })).toBe(deed);
});

test('what an input method is writing belongs to it: its Enter, its Esc, its arrows and its Tab', () => {
  const all = ['Enter', 'Escape', 'ArrowUp', 'ArrowDown', 'Tab'];
  const situations = [false, true].map((isSuggesting) => ({ ...idle, isSuggesting, isAtTop: true, isRunning: true }));
  for (const name of all)
    for (const situation of situations) {
      expect(deedOf(key(name, { isComposing: true }), situation)).toBeUndefined();
      expect(deedOf(key(name, { keyCode: 229 }), situation)).toBeUndefined();
    }
});
