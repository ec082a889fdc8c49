/** S25: what goes along with words said meanwhile counts as what goes along with a question does. */
import { expect, test } from 'vitest';
import { engine, toolDoing, turnOf } from '../../../test/harness/engine.ts';
import { fakeClock } from '../../../test/harness/fakeClock.ts';
import { scriptedTransport } from '../../../test/harness/scriptedTransport.ts';
import { answersOf } from '../../../test/harness/turns.ts';
import type { ApprovalRequest } from '../ports.ts';

test.each([
  [false, 0],
  [true, 1],
])(
  'S25: a file that is said meanwhile (%s) takes the leave from a command that a rule allows',
  async (isData, asked) => {
    const started = Promise.withResolvers<void>();
    const requests: ApprovalRequest[] = [];
    const usual = toolDoing('run', () => 'ran', { effect: 'runs' });
    const run: typeof usual = {
      ...usual,
      async effective(context, input) {
        const effective = await usual.effective(context, input);
        return { ...effective, subjects: ['x'], isRememberable: true };
      },
    };
    const read = toolDoing('read', async () => {
      await started.promise;
      return 'x';
    });
    const { begin, receipts } = engine({
      transport: scriptedTransport(
        fakeClock(),
        answersOf({ says: [{ call: 'read' }] }, { says: [{ call: 'run' }] }, { says: ['one'] }),
      ),
      tools: [read, run],
      settings: { permissions: [{ tool: 'run', match: 'x', decision: 'allow' }] },
      people: {
        async approve(request) {
          requests.push(request);
          return { decision: 'deny' };
        },
      },
    });
    const chat = await begin();
    const first = chat.say('first');
    await expect.poll(() => chat.state().live?.calls[0]?.state).toBe('running');
    const sources = [{ uri: 'file:///work/notes.txt', firstLine: 0, lastLine: 4, part: 'file' }];
    const steered = chat.send({ ...turnOf('and this'), isData, sources }, { meanwhile: 'steer' });
    started.resolve();
    await Promise.all([first, steered]);
    expect(requests).toHaveLength(asked);
    // The request that told it names it.
    expect([...receipts.values()].filter((receipt) => receipt.includes('notes.txt'))).toHaveLength(1);
  },
);

test('what is said meanwhile waits in sight until it is heard, before what waits for the end, and can be taken back', async () => {
  const started = Promise.withResolvers<void>();
  const read = toolDoing('read', async () => {
    await started.promise;
    return 'x';
  });
  const { begin } = engine({
    transport: scriptedTransport(
      fakeClock(),
      answersOf({ says: [{ call: 'read' }] }, { says: ['one'] }, { says: ['two'] }),
    ),
    tools: [read],
  });
  const chat = await begin();
  const waiting = [chat.say('first')];
  await expect.poll(() => chat.state().live?.calls[0]?.state).toBe('running');
  waiting.push(chat.say('later'), chat.say('now', { meanwhile: 'steer' }), chat.say('not', { meanwhile: 'steer' }));
  expect(chat.state().queued).toEqual(['now', 'not', 'later']);
  chat.unqueue(1);
  expect(chat.state().queued).toEqual(['now', 'later']);
  started.resolve();
  await Promise.all(waiting);
  expect(chat.state().queued).toEqual([]);
  expect(chat.inShort().filter((line) => line.startsWith('asked'))).toEqual(['asked first', 'asked later']);
  const heard = chat.stored().entries.flatMap(({ content }) => (content.kind === 'results' ? content.said : []));
  expect(heard).toEqual(['now']);
});
