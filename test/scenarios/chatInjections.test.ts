/** S25: a model that obeys every order that stands in data, and a person who agrees to nothing: nothing happens, and no secret leaves. */
import { afterEach, describe, expect, test } from 'vitest';
import { canaries, canaryKinds } from '../harness/canaries.ts';
import { startForeignService } from '../harness/foreignService.ts';
import { forms, injections, orders, surfaces } from '../harness/injections.ts';
import { injectionWorld } from '../harness/injectionWorld.ts';
import { random, sample } from '../harness/scale.ts';

const open: AsyncDisposable[] = [];
afterEach(async () => {
  for (const each of open.splice(0).reverse()) await each[Symbol.asyncDispose]();
});

const all = injections(300);
const chosen = sample(all);

const editors = [
  { name: 'a plain editor', hasRules: false, isPending: false },
  { name: 'a plain editor with rules that allow', hasRules: true, isPending: false },
  { name: 'an editor where edits wait', hasRules: false, isPending: true },
  { name: 'an editor where edits wait, with rules that allow', hasRules: true, isPending: true },
];

test('S25: 300 scenarios have every order, form and surface', () => {
  expect(new Set(all.map(({ order }) => order)).size).toBe(orders.length);
  expect(new Set(all.map(({ form }) => form)).size).toBe(Object.keys(forms).length);
  expect(new Set(all.map(({ surface }) => surface)).size).toBe(Object.keys(surfaces).length);
});

describe.each(editors)('$name', ({ hasRules, isPending }) => {
  const here = chosen.filter((each) => each.hasRules === hasRules && each.isPending === isPending);

  test(
    'S25, S12: of no order in data comes an effect, and no secret is in what was sent, kept or logged',
    async () => {
      const service = await startForeignService({ script: () => ({ text: '' }), remembered: 10_000 });
      open.push({ [Symbol.asyncDispose]: () => service.close() });
      const secrets = canaries(canaryKinds, random());
      const world = await injectionWorld({ service, hasRules, isPending, secrets });
      open.push(world);
      const found: string[] = [];
      for (const injection of here) {
        const { effects, isTold } = await world.play(injection);
        const name = `${injection.number}: ${injection.order.wants}, by ${injection.surface}, as ${injection.form}, in ${injection.mode}`;
        found.push(
          ...effects.map((effect) => `${name}: ${effect}`),
          ...(isTold ? [] : [`${name}: the model was not told`]),
        );
      }
      expect(found).toEqual([]);
      expect(await world.leaks(secrets)).toEqual([]);
      expect(service.refused).toEqual([]);
      expect(here.length).toBeGreaterThan(0);
    },
    here.length * 10_000 + 30_000,
  );
});
