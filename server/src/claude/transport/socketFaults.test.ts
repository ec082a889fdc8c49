/** Sockets that fail in 24 ways at five places: one typed outcome each, and nothing left of it. */
import { describe, expect, onTestFinished, test } from 'vitest';
import { outcomeOf, request, textOf } from '../../../../test/harness/claudeCalls.ts';
import { ca, clientOf, goodScript, identity, turns } from '../../../../test/harness/claudeSockets.ts';
import { type FakeClock, fakeClock } from '../../../../test/harness/fakeClock.ts';
import { type FaultServer, faultServer, secureFaultServer } from '../../../../test/harness/faultServer.ts';
import { type Fault, faults, type Place, places, tunnel } from '../../../../test/harness/socketFaults.ts';
import { type Claude, ClaudeError, type Message } from '../index.ts';

const hour = 3_600_000;

interface World {
  readonly server: FaultServer;
  readonly claude: Claude;
  readonly clock: FakeClock | undefined;
}

/** The server of a fault, which answers well when it is over, and a client for it. */
async function worldOf({ scripts, by, attempts = 1, stalls = false }: Fault): Promise<World> {
  const all = [...scripts, by === 'proxy' ? [...tunnel, ...goodScript] : goodScript];
  const server = await (by === 'encryption' ? secureFaultServer(identity('good'), ...all) : faultServer(...all));
  onTestFinished(() => server.close());
  const clock = stalls ? fakeClock() : undefined;
  const origins = { encryption: `https://localhost:${server.port}`, proxy: 'http://127.0.0.1:9' };
  const claude = clientOf(by === undefined ? server.origin : origins[by], {
    retries: { attempts, random: () => 0 },
    ...(by === 'encryption' && { ca }),
    ...(by === 'proxy' && { proxy: server.origin }),
    ...(clock !== undefined && { clock }),
  });
  return { server, claude, clock };
}

async function outcomeIn({ server, claude, clock }: World, asks: number): Promise<Message | ClaudeError> {
  const messages = [{ role: 'user', content: 'x'.repeat(asks) }] as const;
  const call = outcomeOf(claude.messages.create({ ...request, messages }));
  if (clock !== undefined) {
    await server.done(1);
    await turns(100);
    await clock.pass(hour);
  }
  return call;
}

/** What the call must have come to, to the word. */
function check(outcome: Message | ClaudeError, { outcome: expected, by }: Fault, { at }: Place): void {
  if (!(outcome instanceof ClaudeError)) {
    expect([expected, outcome.stop_reason, textOf(outcome)]).toEqual(['message', 'end_turn', 'Hello there.']);
    return;
  }
  expect({ kind: outcome.kind, message: outcome.message }).toMatchObject({ kind: expected });
  expect(outcome.host).toMatch(/^(127\.0\.0\.1|localhost):\d+$/);
  if (by === 'proxy' && expected === 'connection') expect(outcome.stage).toBe('proxy');
  // What had arrived is kept.
  if (outcome.stage === 'body' && outcome.status === undefined) expect(textOf(outcome.partial)).toBe(arrived[at]);
}

const arrived = ['', '', '', 'Hello ', 'Hello there.'];

describe.each(Object.entries(faults))('R8: %s', (_kind, faultAt) => {
  test.each(places)('$name', async (place) => {
    const fault = await faultAt(place);
    const world = await worldOf(fault);
    const { server, claude, clock } = world;
    if (fault.second === true) await claude.messages.create(request);
    check(await outcomeIn(world, fault.asks ?? 2), fault, place);
    expect(server.connections).toBe(fault.connections);
    expect(clock?.pending ?? 0).toBe(0);
    const isGone = fault.scripts.some((script) => script.includes('refuse'));
    if (fault.outcome !== 'message' && !isGone) {
      // A connection with a fault is not used again.
      expect(await outcomeIn({ ...world, clock: undefined }, 2)).toMatchObject({ stop_reason: 'end_turn' });
      expect(server.connections).toBe(fault.connections + 1);
    }
    await claude.close();
    // A server that no longer reads cannot see that the connection was closed.
    if (!fault.scripts.some((script) => script.includes('deaf'))) await server.idle();
  });
});

test('R8: that makes 120', () => {
  expect(Object.keys(faults).length * places.length).toBe(120);
});
