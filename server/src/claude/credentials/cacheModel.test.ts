/** The keeping of tokens against what must always hold, whatever callers, sources and clocks do. */
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { type ScriptedSource, scriptedSource } from '../../../../test/harness/credentials.ts';
import { type FakeClock, fakeClock } from '../../../../test/harness/fakeClock.ts';
import { scaled, seed } from '../../../../test/harness/scale.ts';
import { scriptedTransport } from '../../../../test/harness/scriptedTransport.ts';
import { createScrub } from '../secrets.ts';
import type { Credentials } from './credentials.ts';
import { openCredentials } from './open.ts';

/** What the source does when it is asked: how long it takes, and what comes of it. */
interface Deed {
  readonly takes: number;
  readonly gives: 'another' | 'the same' | 'an error';
  /** Milliseconds that the token is good; null for ever. */
  readonly life: number | null;
}

type Step =
  | { readonly kind: 'call'; readonly callers: number }
  | { readonly kind: 'refuse'; readonly callers: number }
  | { readonly kind: 'pass' | 'skip' | 'shift'; readonly time: number };

const deed: fc.Arbitrary<Deed> = fc.record({
  takes: fc.constantFrom(0, 0, 100, 7_000, 40_000),
  gives: fc.constantFrom('another', 'another', 'another', 'the same', 'an error'),
  life: fc.constantFrom(null, 3_600_000, 300_000, 121_000, 60_000, 10_000, 0, -1_000),
});
const callers = fc.integer({ min: 1, max: 4 });
const step: fc.Arbitrary<Step> = fc.oneof(
  { weight: 4, arbitrary: fc.record({ kind: fc.constant('call' as const), callers }) },
  { weight: 2, arbitrary: fc.record({ kind: fc.constant('refuse' as const), callers }) },
  {
    weight: 3,
    arbitrary: fc.record({
      kind: fc.constant('pass' as const),
      time: fc.constantFrom(0, 1, 100, 4_999, 5_000, 31_000, 89_000, 200_000, 3_500_000),
    }),
  },
  { weight: 1, arbitrary: fc.record({ kind: fc.constant('skip' as const), time: fc.constantFrom(60_000, 7_200_000) }) },
  {
    weight: 1,
    arbitrary: fc.record({ kind: fc.constant('shift' as const), time: fc.constantFrom(-3_600_000, 3_600_000, 1e9) }),
  },
);

/** When a token came, and until when it is good by either clock. */
interface Life {
  readonly cameAt: number;
  readonly steadyEnd: number;
  readonly wallEnd: number;
  readonly knew: string | undefined;
}

/** A cache under observation. */
function observed(deeds: readonly Deed[]) {
  const clock = fakeClock();
  const lives = new Map<string, Life>();
  let value = 't0';
  const source: ScriptedSource = scriptedSource(async (time, { refused }) => {
    const { takes, gives, life } = deeds[(time - 1) % deeds.length] ?? { takes: 0, gives: 'another', life: null };
    if (takes > 0) await new Promise<void>((resolve) => void clock.after(takes, resolve, true));
    if (gives === 'an error') throw new Error('no');
    if (gives === 'another' || value === 't0') value = `t${time}`;
    // Too late: nobody hears of it.
    if (source.signals[time - 1]?.aborted === true) return { value };
    const wallEnd = life === null ? Infinity : clock.wall() + life;
    lives.set(value, { cameAt: clock.now(), steadyEnd: clock.now() + (life ?? Infinity), wallEnd, knew: refused });
    return { value, expiresAt: life === null ? null : wallEnd };
  });
  const credential = { kind: 'source', source, named: 'It', keyScheme: 'x-api-key', deadline: 30_000 } as const;
  const credentials = openCredentials(credential, {
    origin: 'https://a.example',
    host: 'a.example',
    prefix: '',
    userAgent: 'test',
    transport: scriptedTransport(clock, []),
    clock,
    log: {},
    warn: () => {},
    scrub: createScrub([]),
  });
  return { clock, lives, source, credentials };
}

test('no ended token is given, one is asked for at a time, and no caller causes more than two questions', async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(deed, { minLength: 1, maxLength: 6 }), fc.array(step, { maxLength: 25 }), play),
    { numRuns: scaled(2_000), seed: seed() },
  );
});

async function play(deeds: readonly Deed[], steps: readonly Step[]): Promise<void> {
  const { clock, lives, source, credentials } = observed(deeds);
  const waiting = new Set<Promise<unknown>>();
  const refusedAt = new Map<string, number>();
  let last: Readonly<Record<string, string>> | undefined;
  let calls = 0;
  let refusals = 0;
  const call = async (): Promise<void> => {
    const begun = clock.now();
    calls += 1;
    const headers = await credentials.headers();
    last = headers;
    const life = lives.get(headers['x-api-key'] ?? '');
    if (life === undefined) throw new Error('a token that nobody gave');
    const isFresh = life.cameAt >= begun;
    const left = Math.min(life.steadyEnd - clock.now(), life.wallEnd - clock.wall());
    if (!isFresh && left < 30_000) throw new Error(`a token was given ${left} ms before its end`);
    const at = refusedAt.get(headers['x-api-key'] ?? '');
    // Who began before the refusal may get it; who came after only when the source insists.
    if (at !== undefined && at < begun && life.knew !== headers['x-api-key'] && life.cameAt < at)
      throw new Error('a refused token was given again');
  };
  const refuse = async (headers: Readonly<Record<string, string>>): Promise<void> => {
    refusals += 1;
    refusedAt.set(headers['x-api-key'] ?? '', clock.now());
    await credentials.refused(headers);
  };
  const start = (promise: Promise<void>): void => {
    const caught = promise.catch((error: unknown) => {
      if (!(error instanceof Error && error.name === 'ClaudeError')) throw error;
    });
    waiting.add(caught);
  };
  for (const item of steps) {
    if (item.kind === 'call') for (let n = 0; n < item.callers; n++) start(call());
    else if (item.kind === 'refuse') {
      const given = last;
      if (given !== undefined) for (let n = 0; n < item.callers; n++) start(refuse(given));
    } else await move(clock, item.kind, item.time);
  }
  await clock.pass(200_000);
  await Promise.all(waiting);
  settle({ clock, source, credentials, calls, refusals });
}

async function move(clock: FakeClock, kind: 'pass' | 'skip' | 'shift', time: number): Promise<void> {
  // A source that says when its token ends and a cache that reads it in the same moment see the same clock.
  await clock.pass(0);
  if (kind === 'pass') await clock.pass(time);
  else if (kind === 'skip') await clock.skip(time);
  else clock.shiftWall(time);
}

interface End {
  readonly clock: FakeClock;
  readonly source: ScriptedSource;
  readonly credentials: Credentials;
  readonly calls: number;
  readonly refusals: number;
}

function settle({ clock, source, credentials, calls, refusals }: End): void {
  expect(source.asked.length).toBeLessThanOrEqual(calls + 2 * refusals);
  expect(source.mostOpen).toBeLessThanOrEqual(1);
  credentials.close();
  expect(clock.pending).toBe(0);
}
