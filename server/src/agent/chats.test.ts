/** The engine as its surfaces see it: what is asked, called, kept and told, whatever the model, the service or the person does. */
import { describe, expect, test } from 'vitest';
import { type Engine, type EngineOptions, engine, toolDoing, turnOf } from '../../../test/harness/engine.ts';
import { fakeClock } from '../../../test/harness/fakeClock.ts';
import { brokenRules } from '../../../test/harness/historyRules.ts';
import {
  type Answer,
  type ScriptedTransport,
  scriptedTransport,
  streamOf,
} from '../../../test/harness/scriptedTransport.ts';
import { written } from '../../../test/harness/streams.ts';
import { answersOf, eventsOf, type Turn } from '../../../test/harness/turns.ts';
import type { Chat } from '../chat.ts';
import type { MessageRequest } from '../claude/index.ts';

interface Play extends Engine {
  readonly transport: ScriptedTransport;
  /** What was sent, each judged by the rules of the service. */
  bodies(): readonly MessageRequest[];
}

function play(
  turns: readonly Turn[],
  options: Omit<EngineOptions, 'transport'> & { readonly answers?: readonly Answer[] } = {},
): Play {
  const transport = scriptedTransport(fakeClock(), options.answers ?? answersOf(...turns));
  return {
    ...engine({ ...options, transport }),
    transport,
    bodies() {
      const bodies = transport.requests.map(({ body }) => JSON.parse(String(body)));
      for (const { messages } of bodies) expect(brokenRules(messages)).toEqual([]);
      return bodies;
    },
  };
}

const error = (status: number, type: string): Answer => ({
  status,
  headers: { 'content-type': 'application/json' },
  steps: [JSON.stringify({ type: 'error', error: { type, message: type } }), 'end'],
});

describe('a question', () => {
  test('is asked, its calls run, and everything is on the disk in its order', async () => {
    const { begin, bodies } = play([{ says: ['Let me see.', { call: 'read', id: 'a' }] }, { says: ['It is done.'] }], {
      tools: [toolDoing('read', () => 'the text')],
    });
    const chat = await begin();
    expect(await chat.say('What is there?')).toBe('finished');
    expect(chat.inShort()).toEqual([
      'asked What is there?',
      'answered tool_use',
      'results read done',
      'answered end_turn',
    ]);
    expect(bodies().map(({ messages }) => messages.length)).toEqual([1, 3]);
    expect(chat.told.at(-2)).toMatchObject({ type: 'ended', ending: 'finished' });
    expect(chat.state()).toMatchObject({ running: false, live: undefined });
  });

  test('streams its text and tells of its calls as they go', async () => {
    const { begin } = play([{ says: ['one ', { call: 'read', id: 'a' }] }, { says: ['two'] }], {
      tools: [
        toolDoing('read', ({ report }) => {
          report('half');
          return 'ok';
        }),
      ],
    });
    const chat = await begin();
    await chat.say('go');
    expect(chat.told.flatMap((event) => (event.type === 'text' ? event.text : [])).join('')).toBe('one two');
    const states = chat.told.flatMap((event) =>
      event.type === 'call' ? `${event.call.state} ${event.call.detail}`.trim() : [],
    );
    expect([...new Set(states)]).toEqual(['writing', 'waiting', 'running', 'running half', 'done half']);
  });

  test('runs calls that only look side by side, and one that is refused says why', async () => {
    let together = 0;
    let most = 0;
    const look = async () => {
      most = Math.max(most, ++together);
      for (let turn = 0; turn < 5; turn++) await new Promise((resolve) => setImmediate(resolve));
      together -= 1;
      return 'seen';
    };
    const { begin, bodies } = play(
      [
        {
          says: [
            { call: 'look', id: 'a' },
            { call: 'look', id: 'b', input: { n: 1 } },
            { call: 'run', id: 'c' },
          ],
        },
        { says: ['ok'] },
      ],
      {
        tools: [toolDoing('look', look), toolDoing('run', () => 'ran', { effect: 'runs' })],
        settings: { permissions: [{ tool: 'run', decision: 'refuse' }] },
      },
    );
    const chat = await begin();
    await chat.say('go');
    expect(most).toBe(2);
    expect(chat.inShort()).toContain('results look done, look done, run refused');
    expect(JSON.stringify(bodies().at(-1))).toContain('A rule of the developer forbids it');
  });

  test('goes on in a second question with everything before, byte for byte', async () => {
    const { begin, transport } = play([{ says: [{ call: 'read', id: 'a' }] }, { says: ['one'] }, { says: ['two'] }], {
      tools: [toolDoing('read', () => 'x')],
    });
    const chat = await begin();
    await chat.say('first');
    await chat.say('second');
    const [, before, after] = transport.requests.map(({ body }) => String(body));
    const prefix = before?.slice(0, before.lastIndexOf(']')) ?? '';
    const common = [...prefix].findIndex((character, at) => after?.[at] !== character);
    // Only what stands behind the messages is elsewhere.
    expect(common === -1 || prefix.slice(common).startsWith(']')).toBe(true);
  });
});

describe('what breaks off', () => {
  test('a stopped answer keeps what had come of it, and the next question goes on', async () => {
    const bytes = written(eventsOf({ says: ['so far'] })).toString();
    const cut = streamOf(bytes.slice(0, bytes.indexOf('event: message_delta')));
    const { begin, bodies } = play([], { answers: [cut, ...answersOf({ says: ['again'] })] });
    const chat = await begin();
    const asked = chat.say('go');
    await expect.poll(() => chat.state().live?.text).toBe('so far');
    chat.stop();
    expect(await asked).toBe('stopped');
    expect(chat.inShort()).toEqual(['asked go', 'answered stopped', 'noted Stopped.']);
    expect(await chat.say('more')).toBe('finished');
    expect(
      bodies()
        .at(-1)
        ?.messages.map(({ role }) => role),
    ).toEqual(['user', 'assistant', 'user']);
  });

  test('a hung tool is stopped: the turn ends, its call is answered, and its signal has told it', async () => {
    let told = false;
    const hung = toolDoing('hung', ({ signal }) => {
      signal.addEventListener('abort', () => (told = true));
      return new Promise<string>(() => {});
    });
    const { begin, bodies } = play([{ says: [{ call: 'hung', id: 'a' }] }, { says: ['ok'] }], { tools: [hung] });
    const chat = await begin();
    const asked = chat.say('go');
    await expect.poll(() => chat.state().live?.calls[0]?.state).toBe('running');
    chat.stop();
    expect(await asked).toBe('stopped');
    expect(told).toBe(true);
    expect(chat.inShort()).toEqual(['asked go', 'answered tool_use', 'results hung stopped', 'noted Stopped.']);
    await chat.say('on');
    expect(JSON.stringify(bodies().at(-1))).toContain('Stopped before it was finished');
  });

  test('R41: a server that ended between a call and its result goes on with results that say so', async () => {
    const { begin, conversations } = play([]);
    const chat = await begin();
    await conversations.append(chat.id, [
      {
        id: '1',
        parent: undefined,
        at: '',
        content: { kind: 'asked', turn: { role: 'user', content: 'q' }, text: 'q', attached: [] },
      },
      {
        id: '2',
        parent: '1',
        at: '',
        content: {
          kind: 'answered',
          turn: { role: 'assistant', content: [{ type: 'tool_use', id: 'toolu_1', name: 'run', input: {} }] },
          ...{ model: 'claude-sonnet-5-5', stopReason: 'tool_use', receipt: '', demo: false },
          usage: { inputTokens: 1, outputTokens: 1, cacheReadTokens: 0, cacheWriteTokens: 0 },
        },
      },
    ]);
    const { open, bodies } = play([{ says: ['fine'] }], { conversations });
    const again = await open(chat.id);
    expect(await again.say('and now?')).toBe('finished');
    expect(again.inShort().slice(2)).toEqual(['results', 'asked and now?', 'answered end_turn']);
    expect(JSON.stringify(bodies().at(-1))).toContain('Interrupted: the server was ended');
  });

  test('a service that fails is told, and the question is not lost', async () => {
    const { begin } = play([], { answers: [error(400, 'invalid_request_error'), ...answersOf({ says: ['ok'] })] });
    const chat = await begin();
    expect(await chat.say('go')).toBe('failed');
    expect(chat.inShort()[0]).toBe('asked go');
    expect(chat.inShort()[1]).toMatch(/^noted /);
    expect(await chat.say('again')).toBe('finished');
  });
});

describe('other models', () => {
  test('an overloaded model gives way to the one of the settings, and that is said', async () => {
    const { begin, bodies } = play([], {
      answers: [error(529, 'overloaded_error'), ...answersOf({ says: ['ok'] })],
      settings: { fallbackModel: 'claude-opus-5-5' },
    });
    const chat = await begin();
    expect(await chat.say('go')).toBe('finished');
    expect(chat.inShort()).toContain('noted claude-sonnet-5-5 is overloaded. claude-opus-5-5 goes on.');
    expect(bodies().map(({ model }) => model)).toEqual(['claude-sonnet-5-5', 'claude-opus-5-5']);
  });

  test('a refusal is said, and the question is not sent again', async () => {
    const { begin, bodies } = play([{ says: ['No.'], stop: 'refusal' }, { says: ['Yes.'] }]);
    const chat = await begin();
    expect(await chat.say('something odd')).toBe('refused');
    expect(await chat.say('something else')).toBe('finished');
    expect(JSON.stringify(bodies().at(-1))).not.toContain('something odd');
  });

  test('a refusal by which another model goes on is said', async () => {
    const { begin } = play([{ says: [], stop: 'refusal' }, { says: ['Yes.'] }], {
      settings: { fallbackModel: 'claude-opus-5-5' },
    });
    const chat = await begin();
    expect(await chat.say('go')).toBe('finished');
    expect(chat.inShort()).toContain('noted claude-sonnet-5-5 declined to answer. claude-opus-5-5 goes on.');
  });
});

test('R41: what is on its way to the disk is not shown before it is there', async () => {
  const { conversations } = engine({ transport: scriptedTransport(fakeClock(), []) });
  let arrive = (): void => undefined;
  const held = new Promise<void>((resolve) => {
    arrive = resolve;
  });
  const slow = {
    ...conversations,
    append: (...given: Parameters<typeof conversations.append>) => held.then(() => conversations.append(...given)),
  };
  const chat = await play([{ says: ['ok'] }], { conversations: slow }).begin();
  const saying = chat.say('Is it kept?');
  await new Promise((resolve) => setImmediate(resolve));
  expect(chat.state().running).toBe(true);
  expect(chat.stored().entries).toEqual([]);
  arrive();
  expect(await saying).toBe('finished');
  expect(chat.inShort()).toEqual(['asked Is it kept?', 'answered end_turn']);
});

describe('limits', () => {
  const looping: Turn = { says: [{ call: 'read' }] };
  const asks = (...answers: readonly (string | undefined)[]) => {
    const left = [...answers];
    const texts: string[] = [];
    const ask = async ({ text }: { readonly text: string }) => {
      texts.push(text);
      return left.shift();
    };
    return { people: { ask }, texts };
  };

  test('R47: three identical calls stop and ask', async () => {
    const { people, texts } = asks('Stop');
    const { begin } = play([looping, looping, looping, looping], { tools: [toolDoing('read', () => 'x')], people });
    const chat = await begin();
    expect(await chat.say('go')).toBe('limit');
    expect(texts).toEqual(['The model makes the same call again and again. Go on?']);
  });

  test('R47: so many requests pause and ask, and going on allows as many again', async () => {
    const { people, texts } = asks('Go on', 'Go on', 'Stop');
    let n = 0;
    const turns = Array.from(
      { length: 9 },
      (_, at): Turn => ({ says: [{ call: 'read', id: `t${at}`, input: { at } }] }),
    );
    const { begin, bodies } = play(turns, {
      tools: [toolDoing('read', () => `${n++}`)],
      people,
      settings: { maxRequests: 1 },
    });
    const chat = await begin();
    expect(await chat.say('go')).toBe('limit');
    expect(bodies()).toHaveLength(3);
    expect(texts).toEqual([
      'This question has taken 1 request. Go on?',
      'This question has taken 2 requests. Go on?',
      'This question has taken 3 requests. Go on?',
    ]);
    expect(chat.inShort().at(-1)).toBe('noted This question has taken 3 requests. It was stopped.');
  });

  test('what the demo answers costs nothing, and brings no limit nearer', async () => {
    const limits = { limitPerQuestion: 1e-9, limitPerConversation: 1e-9, limitPerDay: 1e-9 };
    const asked = async (demo: boolean) => {
      const { people, texts } = asks();
      const { begin } = play([{ says: [{ call: 'read' }] }, { says: ['Done.'] }], {
        ...{ tools: [toolDoing('read', () => 'x')], people, settings: limits, demo },
      });
      const chat = await begin();
      await chat.say('go');
      const prices = chat
        .stored()
        .entries.flatMap(({ content }) => (content.kind === 'answered' ? [content.usage.price] : []));
      return { questions: texts.length, prices, dollars: chat.state().dollars };
    };
    expect(await asked(true)).toEqual({ questions: 0, prices: [0, 0], dollars: 0 });
    expect(await asked(false)).toMatchObject({ questions: 1, prices: [expect.any(Number)] });
  });

  test('R47: so many tokens pause and ask, and going on allows as many again', async () => {
    const { people, texts } = asks('Go on', 'Stop');
    const turns = Array.from(
      { length: 9 },
      (_, at): Turn => ({ says: [{ call: 'read', id: `t${at}`, input: { at } }] }),
    );
    const { begin } = play(turns, { tools: [toolDoing('read', () => 'x')], people, settings: { maxTokens: 1 } });
    const chat = await begin();
    expect(await chat.say('go')).toBe('limit');
    expect(texts).toHaveLength(2);
    expect(texts[0]).toMatch(/^This question has taken \d+ tokens\. Go on\?$/);
  });

  test('money of a question, of a conversation and of a day pause and ask', async () => {
    const turns = Array.from(
      { length: 9 },
      (_, at): Turn => ({ says: [{ call: 'read', id: `t${at}`, input: { at } }] }),
    );
    for (const [setting, words] of [
      ['limitPerQuestion', 'This question has'],
      ['limitPerConversation', 'This conversation has'],
      ['limitPerDay', 'Chats of today have'],
    ] as const) {
      const { people, texts } = asks('Stop');
      const { begin } = play(turns, {
        tools: [toolDoing('read', () => 'x')],
        people,
        settings: { [setting]: 0.000_001 },
      });
      const chat = await begin();
      expect(await chat.say('go')).toBe('limit');
      expect(texts[0]).toContain(words);
    }
  });
});

describe('meanwhile', () => {
  const slowRead = () => {
    let go = () => {};
    const started = new Promise<void>((resolve) => {
      go = resolve;
    });
    return {
      go,
      tool: toolDoing('read', async () => {
        await started;
        return 'x';
      }),
    };
  };

  test('what is queued is asked when the turn has ended', async () => {
    const { go, tool } = slowRead();
    const { begin } = play([{ says: [{ call: 'read' }] }, { says: ['one'] }, { says: ['two'] }], { tools: [tool] });
    const chat = await begin();
    const first = chat.say('first');
    const second = chat.say('second');
    expect(chat.state().queued).toEqual(['second']);
    go();
    expect(await first).toBe('finished');
    expect(await second).toBe('finished');
    expect(chat.inShort().filter((line) => line.startsWith('asked'))).toEqual(['asked first', 'asked second']);
  });

  test('what steers is said with the next results', async () => {
    const { go, tool } = slowRead();
    const { begin, bodies } = play([{ says: [{ call: 'read' }] }, { says: ['one'] }], { tools: [tool] });
    const chat = await begin();
    const first = chat.say('first');
    await expect.poll(() => chat.state().live?.calls[0]?.state).toBe('running');
    const steered = chat.say('rather this', { meanwhile: 'steer' });
    go();
    await Promise.all([first, steered]);
    const last = bodies().at(-1)?.messages.at(-1)?.content;
    expect(Array.isArray(last) ? last.map(({ type }) => type) : last).toEqual(['tool_result', 'text']);
    expect(JSON.stringify(last)).toContain('rather this');
    expect(bodies()).toHaveLength(2);
  });

  test('stopping empties the queue, and gives back what nobody has heard', async () => {
    const { tool } = slowRead();
    const { begin } = play([{ says: [{ call: 'read' }] }, { says: ['one'] }], { tools: [tool] });
    const chat = await begin();
    const first = chat.say('first');
    const second = chat.say('second');
    await expect.poll(() => chat.state().live?.calls[0]?.state).toBe('running');
    const steered = chat.say('and this', { meanwhile: 'steer' });
    expect(chat.stop()).toEqual(['and this', 'second']);
    expect(await Promise.all([first, second])).toEqual(['stopped', 'stopped']);
    await steered;
    expect(chat.inShort().filter((line) => line.startsWith('asked'))).toEqual(['asked first']);
    expect(chat.stop()).toEqual([]);
  });

  test.each(['queue', 'steer'] as const)(
    'what is said after Stop, while it still ends, is asked (%s)',
    async (meanwhile) => {
      const { tool } = slowRead();
      const { begin } = play([{ says: [{ call: 'read' }] }, { says: ['one'] }], { tools: [tool] });
      const chat = await begin();
      const first = chat.say('first');
      await expect.poll(() => chat.state().live?.calls[0]?.state).toBe('running');
      chat.stop();
      const rather = chat.say('rather this', { meanwhile });
      await Promise.all([first, rather]);
      await expect.poll(() => chat.inShort().at(-1)).toBe('answered end_turn');
      expect(chat.inShort().filter((line) => line.startsWith('asked'))).toEqual(['asked first', 'asked rather this']);
    },
  );

  test('another mode and the fate of edits are told with the next question', async () => {
    const { begin, bodies } = play([{ says: ['one'] }, { says: ['two'] }], {
      outcomes: () => ['a.ts, line 3: rejected.'],
    });
    const chat = await begin();
    await chat.say('first');
    chat.setMode('plan');
    await chat.say('second');
    expect(JSON.stringify(bodies().at(-1)?.messages.at(-1))).toContain('a.ts, line 3: rejected.\\nMode: plan.');
    await chat.say('third');
    expect(JSON.stringify(bodies().at(-1)?.messages.at(-1))).not.toContain('Mode:');
  });
});

describe('the way back', () => {
  test('asking again from an earlier place makes a branch, and a fork a conversation of its own', async () => {
    const { begin, chats, conversations, bodies } = play([{ says: ['one'] }, { says: ['two'] }, { says: ['three'] }]);
    const chat = await begin();
    await chat.say('first');
    await chat.say('second');
    const first = chat.stored().entries[1]?.id ?? '';
    await chat.say('other', { after: first });
    expect(chat.inShort()).toEqual(['asked first', 'answered end_turn', 'asked other', 'answered end_turn']);
    expect(JSON.stringify(bodies().at(-1))).not.toContain('second');
    const fork = await chats.fork(chat.id, first);
    expect((await conversations.open(fork?.id ?? ''))?.entries).toHaveLength(2);
  });
});

test('R46: of chats that nobody looks at few are kept, and they are there again when they are wanted', async () => {
  let time = 0;
  const { chats, conversations } = play([{ says: ['one'] }], { now: () => new Date(time) });
  const made: Chat[] = [];
  for (let n = 0; n < 10; n++) {
    time += 120_000;
    const chat = await chats.begin();
    await chat.send(turnOf(`question ${n}`));
    made.push(chat);
  }
  const again = await Promise.all(made.map(({ id }) => chats.open(id)));
  const same = again.filter((chat, at) => chat === made[at]);
  expect(same).toHaveLength(5);
  expect(again.map((chat) => chat?.stored().entries.length)).toEqual(made.map(() => 2));
  expect(await conversations.list()).toHaveLength(10);
});

describe('a full window', () => {
  const big = { usage: { input_tokens: 900_000, output_tokens: 10 } };
  test('gives way to the summary of the service, and the question goes on', async () => {
    const { begin, bodies } = play([
      { says: ['one'], begins: big },
      { says: [{ type: 'compaction', content: 'in short' }], stop: 'compaction' },
      { says: ['two'] },
    ]);
    const chat = await begin();
    await chat.say('first');
    await chat.say('second');
    expect(chat.inShort()).toEqual([
      'asked first',
      'answered end_turn',
      'asked second',
      'compacted',
      'answered end_turn',
    ]);
    const sent = bodies();
    expect(sent[1]).toHaveProperty('compaction');
    expect(sent[2]?.messages.map(({ role }) => role)).toEqual(['assistant', 'user']);
    expect(JSON.stringify(sent[2])).not.toContain('first');
  });

  test('where the service knows no summaries the model writes one', async () => {
    const { begin, bodies } = play([], {
      answers: [
        ...answersOf({ says: ['one'], begins: big }),
        error(400, 'invalid_request_error'),
        ...answersOf({ says: ['We did this.'] }, { says: ['two'] }),
      ],
    });
    const chat = await begin();
    await chat.say('first');
    expect(await chat.say('second')).toBe('finished');
    expect(JSON.stringify(bodies().at(-1)?.messages[0])).toContain('We did this.');
  });
});
