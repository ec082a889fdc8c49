/** S4, S5, S18, S37: who may say yes, to what, and for how long. */
import { expect, test } from 'vitest';
import type { PermissionRule } from '#shared/settings.ts';
import { random, scaled } from '../../../test/harness/scale.ts';
import type { ApprovalAnswer, ApprovalRequest } from '../ports.ts';
import type { Effective } from '../tool.ts';
import { type Approvals, type Circumstances, createApprovals } from './approvals.ts';
import { hashOf } from './effectiveHash.ts';

const command = (...argv: readonly string[]): Effective => ({
  ...{ tool: 'run', effect: 'runs', title: `Run ${argv.join(' ')}`, subjects: argv },
  facts: [{ name: 'Arguments', value: argv.join('\n') }],
  ...{ isRememberable: true, mustAsk: [] },
});

interface World {
  readonly approvals: Approvals;
  readonly asked: ApprovalRequest[];
  /** How the person answers, and what else happens meanwhile. */
  answer: (request: ApprovalRequest) => ApprovalAnswer | Promise<ApprovalAnswer>;
  circumstances: Circumstances;
}

const session = ({ hash }: ApprovalRequest): ApprovalAnswer => ({ decision: 'session', hash });
const once = ({ hash }: ApprovalRequest): ApprovalAnswer => ({ decision: 'once', hash });

function begun(isLoaded = false): World {
  const world: World = {
    asked: [],
    answer: session,
    circumstances: { mode: 'ask', rules: [], trust: 'trusted', reviewed: true },
    approvals: createApprovals({
      ...{ conversation: 'c1', isLoaded },
      people: {
        async approve(request) {
          world.asked.push(request);
          return world.answer(request);
        },
      },
      circumstances: async () => world.circumstances,
    }),
  };
  return world;
}

const never = new AbortController().signal;
const admitted = async ({ approvals }: World, effective: Effective, signal = never) =>
  (await approvals.admit('toolu_1', effective, signal)).verdict;

test('what is allowed once is asked again, what is allowed for the session is not', async () => {
  const world = begun();
  world.answer = once;
  await admitted(world, command('npm', 'test'));
  world.answer = session;
  for (let turn = 0; turn < 3; turn++) expect(await admitted(world, command('npm', 'test'))).toBe('allowed');
  expect(world.asked.length).toBe(2);
});

test('a request says what, why, and whether it may be remembered, with nothing hidden', async () => {
  const world = begun();
  const effective = command('npm', 'te\u202est');
  await admitted(world, effective);
  expect(world.asked).toMatchObject([
    {
      ...{ conversation: 'c1', call: 'toolu_1', title: 'Run npm te⟨U+202E⟩st', maySession: true },
      because: ['Commands are asked about unless a rule of yours names them.'],
    },
  ]);
  expect(world.asked[0]?.facts[0]).toEqual({ name: 'Arguments', value: 'npm\nte⟨U+202E⟩st' });
});

test(`S4: of ${scaled(500)} commands that differ from the one that was allowed, every one is asked about`, async () => {
  const world = begun();
  const allowed = command('npm', 'run', 'build');
  await admitted(world, allowed);
  const next = random();
  const pick = <Member>(list: readonly Member[]) => list[Math.floor(next() * list.length)] as Member;
  world.answer = () => ({ decision: 'deny' });
  for (let turn = 0; turn < scaled(500); turn++) {
    const extra = String.fromCodePoint(Math.floor(next() * 0xd7ff));
    const changed: Effective = {
      ...allowed,
      ...pick([
        { title: allowed.title + extra },
        { facts: [{ name: 'Arguments', value: `npm\nrun\nbuild${extra}` }] },
        { facts: [...allowed.facts, { name: extra, value: extra }] },
        { subjects: [...allowed.subjects, extra] },
        { mustAsk: [extra] },
        { tool: `run${extra}` },
        { environment: [extra] },
      ]),
    };
    expect(await admitted(world, changed)).toBe('denied');
  }
  expect(await admitted(world, allowed)).toBe('allowed');
});

test.each<readonly [string, (request: ApprovalRequest) => unknown]>([
  ['no hash', () => ({ decision: 'once' })],
  ['the hash of another call', () => ({ decision: 'session', hash: hashOf(command('rm')) })],
  ['the hash of the call itself', () => ({ decision: 'session', hash: hashOf(command('npm')) })],
  ['a hash of the same length', ({ hash }) => ({ decision: 'once', hash: hash.replace(/./g, 'A') })],
  ['another word', ({ hash }) => ({ decision: 'always', hash })],
  ['yes', ({ hash }) => ({ decision: true, hash })],
  ['nothing', ({ hash }) => ({ hash })],
])('S4: an answer with %s allows nothing, now or later', async (_, answer) => {
  const world = begun();
  world.answer = (request) => answer(request) as ApprovalAnswer;
  expect(await admitted(world, command('npm'))).not.toBe('allowed');
  world.answer = () => ({ decision: 'deny' });
  expect(await admitted(world, command('npm'))).toBe('denied');
});

test('S4: who is asked again about something like it reads what has changed', async () => {
  const world = begun();
  await admitted(world, command('npm', 'test'));
  await admitted(world, command('npm', 'publish'));
  expect(world.asked[1]?.because.at(-1)).toBe(
    'You have allowed something like it for this session. This one differs: Arguments was “npm⟨U+000A⟩test”.',
  );
});

test('S18: a second click on a question that is answered is no answer to the same question, asked again', async () => {
  const world = begun();
  const clicks: ApprovalAnswer[] = [];
  world.answer = (request) => {
    clicks.push(once(request));
    return clicks[0] as ApprovalAnswer;
  };
  expect([await admitted(world, command('npm')), await admitted(world, command('npm'))]).toEqual([
    ...['allowed', 'refused'],
  ]);
});

test('S4: what changes while the person reads is not done', async () => {
  const world = begun();
  const effective = { ...command('npm', 'test'), subjects: ['npm', 'test'] };
  world.answer = (request) => {
    effective.subjects.push('--evil');
    return session(request);
  };
  expect(await admitted(world, effective)).toBe('refused');
});

test('S3, S18: a folder whose trust is gone, or a mode that has changed, while the person reads: it is not done', async () => {
  for (const change of [{ trust: 'restricted' }, { mode: 'plan' }] as const) {
    const world = begun();
    world.answer = (request) => {
      world.circumstances = { ...world.circumstances, ...change };
      return session(request);
    };
    expect(await admitted(world, command('npm'))).toBe('refused');
    expect(world.approvals.granted()).toEqual([]);
  }
});

test('S25: what comes in while the person reads makes their answer count once', async () => {
  const world = begun();
  world.answer = (request) => {
    world.approvals.heard({ isData: true });
    return session(request);
  };
  expect(await admitted(world, command('npm'))).toBe('allowed');
  expect(world.approvals.granted()).toEqual([]);
});

test('S25: after data has come in, what was allowed for the session is asked about, for good', async () => {
  const world = begun();
  await admitted(world, command('npm'));
  world.approvals.heard({ isData: true });
  world.approvals.heard({ isData: false });
  await admitted(world, command('npm'));
  expect(world.asked.map(({ maySession }) => maySession)).toEqual([true, false]);
});

test('S18: what is allowed for the session can be seen and taken back, and each conversation has its own', async () => {
  const [world, other] = [begun(), begun()];
  await admitted(world, command('npm', 'test'));
  expect([world.approvals.granted(), other.approvals.granted()]).toEqual([['Run npm test'], []]);
  other.answer = () => ({ decision: 'deny' });
  expect(await admitted(other, command('npm', 'test'))).toBe('denied');
  world.approvals.withdraw();
  await admitted(world, command('npm', 'test'));
  expect(world.asked.length).toBe(2);
});

test('S37: what was allowed is not in the conversation that is opened again', async () => {
  const world = begun(true);
  await admitted(world, command('npm'));
  await admitted(world, command('npm'));
  expect(world.asked.map(({ maySession }) => maySession)).toEqual([false, false]);
});

test('the person is asked one thing at a time, and an answer for the session spares the same question that waits', async () => {
  const world = begun();
  let atOnce = 0;
  let most = 0;
  world.answer = async (request) => {
    most = Math.max(most, ++atOnce);
    await new Promise<void>((resolve) => void setImmediate(resolve));
    atOnce--;
    return session(request);
  };
  const calls = [command('a'), command('b'), command('a'), command('a'), command('b')];
  expect(await Promise.all(calls.map((call) => admitted(world, call)))).toEqual(calls.map(() => 'allowed'));
  expect([most, world.asked.map(({ title }) => title)]).toEqual([1, ['Run a', 'Run b']]);
});

test('R36: stopping ends a question that is open and one that waits, and the next one is asked', async () => {
  const world = begun();
  const shown = Promise.withResolvers<void>();
  world.answer = () => {
    shown.resolve();
    return new Promise<ApprovalAnswer>(() => undefined);
  };
  const stop = new AbortController();
  const both = [admitted(world, command('a'), stop.signal), admitted(world, command('b'), stop.signal)];
  const ended = Promise.allSettled(both);
  await shown.promise;
  stop.abort(new Error('stopped'));
  expect((await ended).map((one) => one.status === 'rejected' && String(one.reason))).toEqual([
    ...['Error: stopped', 'Error: stopped'],
  ]);
  expect(world.asked.length).toBe(1);
  world.answer = once;
  expect(await admitted(world, command('c'))).toBe('allowed');
});

test('R36: who has stopped already is not asked', async () => {
  const world = begun();
  await expect(admitted(world, command('a'), AbortSignal.abort(new Error('stopped')))).rejects.toThrow('stopped');
  expect(world.asked).toEqual([]);
});

test('the model is told what the person said, and what is refused without asking', async () => {
  const world = begun();
  const said = async (reason?: string) => {
    world.answer = () => ({ decision: 'deny', ...(reason === undefined ? {} : { reason }) });
    const admission = await world.approvals.admit('toolu_1', command('npm'), never);
    return admission.verdict === 'allowed' ? '' : admission.message;
  };
  expect([await said(), await said(' use yarn ')]).toEqual([
    'The developer does not want this. Do not try it in another way.',
    'The developer does not want this. Do not try it in another way. They said: use yarn',
  ]);
  const rule: PermissionRule = { tool: 'run', decision: 'refuse' };
  world.circumstances = { ...world.circumstances, rules: [rule] };
  expect(await said()).toBe('A rule of the developer forbids it: “refuse run”.');
});
