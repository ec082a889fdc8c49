/** What definition providers answer, as places of the protocol. */
import { expect, test } from 'vitest';
import { type FoundPlace, firstLocation } from './locations.ts';

const place = (line: number) => ({ start: { line, character: 0 }, end: { line: line + 2, character: 1 } });
const uri = 'file:///project/a.ts';

test.each<[string, readonly FoundPlace[] | undefined, unknown]>([
  ['a location', [{ uri, range: place(3) }], { uri, range: place(3) }],
  [
    'a link leads to the whole of its target',
    [{ targetUri: uri, targetRange: place(7), range: place(1) }],
    { uri, range: place(7) },
  ],
  [
    'the first of several counts',
    [
      { uri, range: place(1) },
      { uri, range: place(2) },
    ],
    { uri, range: place(1) },
  ],
  ['one that says nothing is passed over', [{}, { uri }, { uri, range: place(2) }], { uri, range: place(2) }],
  ['an address that is too long is passed over', [{ uri: `file:///${'a'.repeat(5000)}`, range: place(1) }], null],
  ['none', [], null],
  ['no provider', undefined, null],
])('%s', (_name, found, location) => {
  expect(firstLocation(found)).toEqual(location);
});

test("the editor's ranges, which have methods, become plain ones", () => {
  const position = (line: number) => ({ line, character: 0, isBefore: () => true });
  const found = firstLocation([{ uri, range: { start: position(1), end: position(2) } }]);
  expect(JSON.stringify(found?.range)).toBe('{"start":{"line":1,"character":0},"end":{"line":2,"character":0}}');
});
