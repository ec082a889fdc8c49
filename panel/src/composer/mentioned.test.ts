/** Mentions in what is written. `|` is the cursor. */
import { expect, test } from 'vitest';
import { accepted, appending, changed, mentioning, without, wordAt } from './mentioned.ts';

function at(marked: string): readonly [string, number] {
  return [marked.replace('|', ''), marked.indexOf('|')];
}

test.each([
  ['@|', '@', '@'],
  ['see @src/a|', '@src/a', 'see @src/a'],
  ['see @sr|c/a.ts now', '@src/a.ts', 'see @sr'],
  ['first\nsee @a|', '@a', 'see @a'],
  ['(@a|', '@a', '(@a'],
  ['see @"a b|', '@"a b', 'see @"a b'],
  ['see @"a |b.ts" now', '@"a b.ts"', 'see @"a '],
  ['/rev|', '/rev', '/rev'],
  ['  /|', '/', '  /'],
])('%s is a word to complete', (marked, word, line) => {
  const [text, cursor] = at(marked);
  const found = wordAt(text, cursor);
  expect(found && [text.slice(found.start, found.end), found.line]).toEqual([word, line]);
});

test.each(['|', 'see |', 'me@here.org|', 'see /rev|', 'a/b|', '@a b|', '/review now|', 'x\n/rev|'])(
  '%s is none',
  (marked) => {
    expect(wordAt(...at(marked))).toBeUndefined();
  },
);

test.each([
  ['see @sr|', '@src/a.ts', 'see @src/a.ts '],
  ['see @sr| now', '@src/a.ts', 'see @src/a.ts now'],
  ['see @s|rc/b now', '@src/a.ts', 'see @src/a.ts now'],
  ['@s|', '@src/', '@src/'],
  ['@s|', '@symbol:', '@symbol:'],
  ['/r|', '/review', '/review '],
])('%s with %s is %s', (marked, insert, result) => {
  const [text, cursor] = at(marked);
  const word = wordAt(text, cursor);
  expect(word && changed(text, [accepted(text, word, insert)])).toBe(result);
});

test.each([
  ['|', ['@a'], '@a '],
  ['see|', ['@a', '@b'], 'see @a @b '],
  ['see |now', ['@a'], 'see @a now'],
  ['see| now', ['@a'], 'see @a now'],
])('%s and %j', (marked, mentions, result) => {
  const [text, cursor] = at(marked);
  expect(changed(text, [mentioning(text, cursor, mentions)])).toBe(result);
});

test.each([
  ['see @a now', '@a', 'see now'],
  ['@a', '@a', ''],
  ['see @a.', '@a', 'see .'],
  ['@a and @a.ts and @a#L5 and @a', '@a', 'and @a.ts and @a#L5 and '],
  ['@src/a.ts:5 and @src/a.ts', '@src/a.ts', '@src/a.ts:5 and '],
  ['me@a', '@a', 'me@a'],
  ['@"a b"#L5 @"a b"', '@"a b"', '@"a b"#L5 '],
  ['CLAUDE.md', 'CLAUDE.md', 'CLAUDE.md'],
])('%s without %s is %s', (text, name, result) => {
  expect(changed(text, without(text, name))).toBe(result);
});

test.each([
  ['', 'more', 'more'],
  ['said', 'more', 'said more'],
  ['said ', 'more', 'said more'],
])('%j and %s', (text, more, result) => {
  expect(changed(text, [appending(text, more)])).toBe(result);
});
