/** Much at once: it is made text piece by piece, and nobody can see where the pieces ended. */
import { expect, test } from 'vitest';
import { random, scaled } from '../../../../test/harness/scale.ts';
import { SseDecoder } from './sse.ts';

type Event = readonly [name: string, data: string];

function eventsIn(chunks: readonly Uint8Array[]): readonly Event[] {
  const decoder = new SseDecoder();
  const events: Event[] = [];
  const take = () => {
    while (decoder.next()) events.push([decoder.name, decoder.data]);
  };
  for (const chunk of chunks) {
    decoder.push(chunk);
    take();
    // What is left of an event is a view that keeps all that was read with it in memory.
    expect([decoder.name, decoder.data]).toEqual(['', '']);
  }
  decoder.end();
  take();
  return events;
}

/** Events of any length, some longer than a piece, with lines that end in any way and characters of any width. */
function written(events: readonly Event[], next: () => number): Buffer {
  const text = events.map(([name, data]) => {
    const end = ['\n', '\r\n', '\r'][Math.floor(next() * 3)];
    const lines = data.split('\n').map((line) => `data: ${line}${end}`);
    return `event: ${name}${end}${lines.join('')}${end}`;
  });
  return Buffer.from(text.join(''));
}

test('the events are the same in one chunk and in many', () => {
  const next = random();
  const letters = ['a', 'é', '世', '👩‍👧', '\n', ':', ' '];
  for (let round = 0; round < scaled(200); round++) {
    const events = Array.from({ length: 60 }, (_, at): Event => {
      const letter = () => letters[Math.floor(next() * letters.length)] ?? '';
      const length = Math.floor(next() < 0.05 ? next() * 40_000 : next() * 600);
      return [
        `n${at}`,
        Array.from({ length: 1 + (length % 50) }, letter)
          .join('')
          .repeat(1 + Math.floor(length / 50)),
      ];
    });
    const bytes = written(events, next);
    expect(bytes.length).toBeGreaterThan(16_384);
    expect(eventsIn([bytes])).toEqual(events);
    const cuts = Array.from({ length: 5 }, () => Math.floor(next() * bytes.length)).sort((a, b) => a - b);
    const chunks = [0, ...cuts].map((start, at) => bytes.subarray(start, [...cuts, bytes.length][at]));
    expect(eventsIn(chunks)).toEqual(events);
  }
});
