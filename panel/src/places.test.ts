/** Which words may be places is guessed; which are, the server says, asked once for many. */
import { expect, test } from 'vitest';
import { createPlaces, mayBePlace, placesIn } from './places.ts';

test('words with a folder or a line may be places, and names alone only as code', () => {
  expect(
    placesIn('See src/a.ts, (b/c.d.ts:12) and e.go:3-5; not Node.js, 3.14, e.g. https://x.example/a.ts').map(
      ({ text }) => text,
    ),
  ).toEqual(['src/a.ts', 'b/c.d.ts:12', 'e.go:3-5']);
  for (const code of ['src/a.ts', 'a.ts', 'a.ts:12', '.github/workflows', 'src/a.ts#L3'])
    expect(mayBePlace(code), code).toBe(true);
  for (const code of ['value', '...', '1.5', 'a.', 'f(x.y)', 'x = a.b', 'x'.repeat(400)])
    expect(mayBePlace(code), code).toBe(false);
});

test('many words are asked for together and once, and only what was found is a place', async () => {
  const asked: string[][] = [];
  const places = createPlaces({
    async ask(_spec: unknown, params: unknown) {
      const { texts } = params as { texts: string[] };
      asked.push(texts);
      return { places: [{ text: 'a.ts', uri: 'file:///w/a.ts', line: 1 }] } as never;
    },
  });
  const { promise, resolve } = Promise.withResolvers<void>();
  places.watch(resolve);
  expect(places.find('a.ts')).toBeUndefined();
  expect(places.find('b.ts')).toBeUndefined();
  await promise;
  expect(places.find('a.ts')).toEqual({ uri: 'file:///w/a.ts', line: 1 });
  expect(places.find('b.ts')).toBeUndefined();
  expect(asked).toEqual([['a.ts', 'b.ts']]);
});
