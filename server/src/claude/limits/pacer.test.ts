/** Passes: given once each, given back, and never more of them than may be out. */
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { type FakeClock, fakeClock } from '../../../../test/harness/fakeClock.ts';
import { scaled, seed } from '../../../../test/harness/scale.ts';
import { ClaudeError } from '../errors.ts';
import type { Entry, Gate, Pass, Wish } from './gate.ts';
import { createSpendMeter } from './meter.ts';
import { createPacer } from './pacer.ts';

const wish: Wish = {
  operation: 'messages.stream',
  model: 'claude-sonnet-5-5',
  maxTokens: 1,
  priority: 'interactive',
  owner: '',
  bytes: undefined,
  longestWait: 60_000,
  spend: undefined,
};

function gateFor(clock: FakeClock, maxConcurrent = Infinity): Gate {
  const spend = { meter: createSpendMeter({ clock }) };
  return createPacer({ clock, random: () => 0.5, host: 'h', maxConcurrent, pacing: true, spend });
}

/** What became of a place. */
interface Watched {
  readonly entry: Entry;
  pass?: Pass;
  error?: unknown;
  gaveUp?: true;
}

function entered(gate: Gate, more: Partial<Wish> = {}): Watched {
  const watched: Watched = { entry: gate.enter({ ...wish, ...more }) };
  const { pass } = watched.entry;
  if (pass instanceof Promise)
    pass.then(
      (given) => {
        watched.pass = given;
      },
      (error: unknown) => {
        watched.error = error;
      },
    );
  else watched.pass = pass;
  return watched;
}

describe('passes', () => {
  test('are there at once, without a promise, as long as nothing holds them back', () => {
    const clock = fakeClock();
    const gate = gateFor(clock);
    for (let call = 0; call < 1_000; call++) {
      const { pass, notice } = gate.enter(wish);
      expect([pass instanceof Promise, notice]).toEqual([false, undefined]);
    }
    expect(clock.pending).toBe(0);
  });

  test('are limited in number where that is asked for, and pass from one to the next', async () => {
    const clock = fakeClock();
    const gate = gateFor(clock, 2);
    const places = [1, 2, 3, 4].map(() => entered(gate));
    expect(places.map(({ pass }) => pass !== undefined)).toEqual([true, true, false, false]);
    expect(places[3]?.entry.notice).toEqual({ reason: 'concurrency', delay: undefined, waiting: 1 });
    places[0]?.pass?.leave();
    places[0]?.pass?.leave();
    await clock.pass(0);
    expect(places.map(({ pass }) => pass !== undefined)).toEqual([true, true, true, false]);
  });

  test('that were given while somebody gave up are given back', async () => {
    const clock = fakeClock();
    const gate = gateFor(clock, 1);
    const [first, second, third] = [entered(gate), entered(gate), entered(gate)];
    first.pass?.leave();
    second.entry.giveUp();
    await clock.pass(0);
    expect(third.pass).toBeDefined();
    third.pass?.leave();
    expect(entered(gate).pass).toBeDefined();
  });

  test('for one limit do not wait for those of another', async () => {
    const clock = fakeClock();
    const gate = gateFor(clock);
    entered(gate).pass?.answered(429, { 'retry-after': '30' });
    const places = [
      entered(gate),
      entered(gate, { model: 'claude-opus-5-5' }),
      entered(gate, { operation: 'messages.countTokens' }),
      entered(gate, { operation: 'files.list', model: undefined }),
      entered(gate, { speed: 'fast' }),
    ];
    expect(places.map(({ pass }) => pass !== undefined)).toEqual([false, true, true, true, true]);
    expect(places[0]?.entry.notice).toEqual({ reason: 'rate_limit', delay: 30_625, waiting: 0 });
  });

  test.each([
    ['claude-opus-4-8', 'claude-opus-4-5-20251101', true],
    ['claude-sonnet-4-6', 'claude-sonnet-4-5', true],
    ['claude-sonnet-4-6', 'claude-opus-4-6', false],
    ['claude-opus-5', 'claude-opus-5-5', false],
    ['claude-haiku-4-5', 'claude-haiku-4-5-20251001', true],
  ])('%s and %s share a limit: %s', (one, other, shared) => {
    const gate = gateFor(fakeClock());
    entered(gate, { model: one }).pass?.answered(429, { 'retry-after': '30' });
    expect(entered(gate, { model: other }).pass === undefined).toBe(shared);
  });

  test('R16: are refused at once where the pause is longer than one waits, to those who wait already as well', async () => {
    const clock = fakeClock();
    const gate = gateFor(clock);
    const [one, other] = [entered(gate), entered(gate)];
    one.pass?.answered(429, { 'retry-after': '30' });
    const waiting = [entered(gate), entered(gate, { longestWait: 500_000 })];
    other.pass?.answered(429, { 'retry-after': '90' });
    await clock.pass(0);
    expect(waiting[0]?.error).toMatchObject({ kind: 'rate_limit', retryAfter: 90_000, stage: 'queue' });
    expect(() => gate.enter(wish)).toThrow('h has asked for a pause of 90 s more: nothing was sent. Wait a moment');
    await clock.pass(91_000);
    expect(waiting[1]?.pass).toBeDefined();
  });

  test('R16: go first to those that were refused before, and most of all to those that were so twice', async () => {
    const clock = fakeClock();
    const gate = gateFor(clock);
    const [once, twice] = [{ ...wish }, { ...wish }];
    for (const refused of [once, twice, twice]) {
      const pass = await gate.enter(refused).pass;
      pass.answered(429, { 'retry-after': '1' });
      pass.leave();
      await clock.pass(2_000);
    }
    entered(gate, {}).pass?.answered(429, { 'retry-after': '1' });
    const places = [wish, once, twice].map((one) => gate.enter(one));
    const order: number[] = [];
    for (const [index, { pass }] of places.entries())
      void Promise.resolve(pass).then((given) => {
        order.push(index);
        given.answered(200, {});
        given.leave();
      });
    await clock.pass(10_000);
    expect(order).toEqual([2, 1, 0]);
  });

  test('R16: 1,000 waiting calls all go, one probe first, interactive ones before the others', async () => {
    const clock = fakeClock();
    const gate = gateFor(clock);
    entered(gate).pass?.answered(429, { 'retry-after': '5' });
    const places = Array.from({ length: 1_000 }, (_, index) =>
      entered(gate, { owner: String(index % 10), priority: index % 2 === 0 ? 'background' : 'interactive' }),
    );
    expect(clock.pending).toBe(1);
    await clock.pass(10_000);
    const rounds: (readonly Watched[])[] = [];
    for (let waiting = places; waiting.length > 0; ) {
      const given = waiting.filter(({ pass }) => pass !== undefined);
      waiting = waiting.filter(({ pass }) => pass === undefined);
      rounds.push(given);
      for (const { pass } of given) {
        pass?.answered(200, {});
        pass?.leave();
      }
      await clock.pass(0);
    }
    expect(rounds.slice(0, 7).map(({ length }) => length)).toEqual([1, 2, 4, 8, 8, 9, 10]);
    const order = rounds.flat().map((place) => places.indexOf(place) % 2);
    expect(order.length).toBe(1_000);
    expect(order.slice(0, 400).filter((isInteractive) => isInteractive === 0).length).toBeLessThan(56);
    expect(clock.pending).toBe(0);
  });

  test('R15: a storm of cancellations leaves nothing behind', async () => {
    const clock = fakeClock();
    const gate = gateFor(clock, 1);
    const held = entered(gate);
    for (let storm = 0; storm < 10; storm++) {
      const places = Array.from({ length: 1_000 }, (_, index) => entered(gate, { owner: String(index % 100) }));
      for (const { entry } of places) entry.giveUp();
      await clock.pass(0);
      expect(places.some(({ pass, error }) => pass !== undefined || error !== undefined)).toBe(false);
    }
    expect(clock.pending).toBe(0);
    held.pass?.answered(429, { 'retry-after': '5' });
    held.pass?.leave();
    const waiting = [entered(gate), entered(gate)];
    expect(clock.pending).toBe(1);
    for (const { entry } of waiting) entry.giveUp();
    expect(clock.pending).toBe(0);
  });
});

const act = fc.oneof(
  fc.record({
    enter: fc.record({
      owner: fc.constantFrom('a', 'b', 'c'),
      priority: fc.constantFrom('interactive' as const, 'background' as const),
      model: fc.constantFrom('x', 'y'),
      bytes: fc.constantFrom(undefined, 400, 4_000),
      longestWait: fc.constantFrom(2_000, 60_000),
    }),
  }),
  fc.record({ giveUp: fc.nat() }),
  fc.record({ leave: fc.nat() }),
  fc.record({ answer: fc.nat(), status: fc.constantFrom(200, 200, 200, 429, 500), headers: headersOf() }),
  fc.record({ pass: fc.constantFrom(1, 100, 1_000, 10_000, 100_000) }),
  fc.record({ shift: fc.constantFrom(-3_600_000, 3_600_000, 30 * 86_400_000) }),
);

function headersOf(): fc.Arbitrary<Record<string, string>> {
  const count = fc.constantFrom('0', '1', '10', '1000', 'x');
  return fc.dictionary(
    fc.constantFrom(
      'retry-after',
      'anthropic-ratelimit-requests-limit',
      'anthropic-ratelimit-requests-remaining',
      'anthropic-ratelimit-input-tokens-limit',
      'anthropic-ratelimit-input-tokens-remaining',
    ),
    count,
  );
}

/** Picks one of those for which something holds. */
function pick(places: readonly Watched[], index: number, holds: (place: Watched) => boolean): Watched | undefined {
  const those = places.filter(holds);
  return those[index % Math.max(1, those.length)];
}

test('R19: whatever happens, each place comes to one end, and every call goes sooner or later', async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(act, { maxLength: 60 }), fc.integer({ min: 1, max: 4 }), async (acts, most) => {
      const clock = fakeClock();
      const gate = gateFor(clock, most);
      const places: Watched[] = [];
      const out = new Set<Watched>();
      const isOut = (place: Watched) => out.has(place);
      const isWaiting = ({ pass, error, gaveUp }: Watched) =>
        pass === undefined && error === undefined && gaveUp === undefined;
      const look = async () => {
        await clock.pass(0);
        for (const place of places) {
          if (place.pass === undefined || place.gaveUp) continue;
          if (!out.has(place) && place.entry.pass !== undefined) out.add(place);
        }
      };
      const done = new Set<Watched>();
      for (const step of acts) {
        if ('enter' in step) {
          try {
            places.push(entered(gate, step.enter));
          } catch (error) {
            expect(error).toBeInstanceOf(ClaudeError);
          }
        } else if ('giveUp' in step) {
          const place = pick(places, step.giveUp, isWaiting);
          if (place !== undefined) place.gaveUp = true;
          place?.entry.giveUp();
        } else if ('leave' in step) {
          const place = pick(places, step.leave, (one) => isOut(one) && !done.has(one));
          place?.pass?.leave();
          if (place !== undefined) done.add(place);
        } else if ('answer' in step) {
          pick(places, step.answer, (one) => isOut(one) && !done.has(one))?.pass?.answered(step.status, step.headers);
        } else if ('pass' in step) await clock.pass(step.pass);
        else clock.shiftWall(step.shift);
        await look();
        expect([...out].filter((place) => !done.has(place)).length).toBeLessThanOrEqual(most);
        for (const { pass, error, gaveUp } of places)
          expect([pass, error, gaveUp].filter((end) => end !== undefined).length).toBeLessThanOrEqual(1);
      }
      for (let round = 0; round < 200 && (places.some(isWaiting) || out.size > done.size); round++) {
        for (const place of out) {
          if (done.has(place)) continue;
          place.pass?.answered(200, {});
          place.pass?.leave();
          done.add(place);
        }
        await clock.pass(100_000);
        await look();
      }
      expect(places.filter(isWaiting)).toEqual([]);
      expect(clock.pending).toBe(0);
      expect(Array.from({ length: most }, () => entered(gate, { model: 'z' }).pass !== undefined)).not.toContain(false);
    }),
    { seed: seed(), numRuns: scaled(400) },
  );
});
