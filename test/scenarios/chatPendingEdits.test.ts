/** A chat's edits in an editor that keeps them pending, over the real connection: what grows, what the person does meanwhile and afterwards, and what the model is told of it. */
import { describe, expect, test } from 'vitest';
import { type ChatWindow, type ChatWindowOptions, chatWindow } from '../harness/chatWindow.ts';
import type { Reply, ScriptedCall } from '../harness/foreign/script.ts';
import { type ForeignService, scripted, startForeignService } from '../harness/foreignService.ts';
import { closedAfterEach } from '../harness/perTest.ts';

const project = {
  'a.ts': 'export function one(x: number) {\n  return x;\n}\n\nexport const end = 1;\n',
  'b.ts': 'export const two = 2;\n',
  'package.json': '{\n  "name": "x"\n}\n',
};

const open = closedAfterEach();

interface Played {
  readonly chat: ChatWindow;
  readonly service: ForeignService;
  /** All that the model heard last, and its last turn, as JSON. */
  heard(): string;
  news(): string;
}

async function played(replies: readonly Reply[], options: Partial<ChatWindowOptions> = {}): Promise<Played> {
  const service = await startForeignService({
    script: scripted(...replies, { text: 'So.' }, { text: 'So.' }, { text: 'So.' }),
  });
  open.push({ [Symbol.asyncDispose]: () => service.close() });
  const chat = await chatWindow({ ...{ service, files: project, pendingEdits: true }, ...options });
  open.push(chat);
  await chat.open();
  await chat.load('a.ts', 'b.ts', 'package.json');
  const turns = () => service.heard.at(-1)?.body['messages'] as readonly unknown[];
  return { chat, service, heard: () => JSON.stringify(turns()), news: () => JSON.stringify(turns().at(-1)) };
}

const edit = (file: string, old_str: string, new_str: string): ScriptedCall => ({
  name: 'str_replace_based_edit_tool',
  input: { command: 'str_replace', path: file, old_str, new_str },
});
const one = edit('a.ts', '  return x;', '  return x + 1;');
const lines = Array.from({ length: 60 }, (_, at) => `  const step${at} = x + ${at};`);
const long = edit('a.ts', '  return x;', [...lines, '  return x;'].join('\n'));

/** Stops in the middle of a long edit until it is told to go on. */
function held(): { readonly reply: Reply; goOn(): void } {
  const { promise, resolve } = Promise.withResolvers<void>();
  return { reply: { calls: [long], hold: { after: 60, until: promise } }, goOn: resolve };
}

async function decide({ chat }: Played, decision: 'accept' | 'reject', file: string, reason?: string): Promise<void> {
  const ids = chat.editor.hunks(chat.uriOf(file)).map(({ id }) => id);
  expect(ids).not.toEqual([]);
  const params = { decision, which: { kind: 'hunks', ids }, ...(reason === undefined ? {} : { reason }) };
  await chat.editor.rpc.sendRequest('gloss/decide', params);
}

describe('an edit that grows', () => {
  test('is in the document before it is whole, and one hunk that awaits the person when it is', async () => {
    const { reply, goOn } = held();
    const { chat } = await played([reply]);
    await chat.begin('Change it.');
    await expect.poll(() => chat.file('a.ts')).toContain('const step1 =');
    expect(await chat.file('a.ts')).not.toContain('const step59');
    goOn();
    await chat.ended();
    expect(await chat.file('a.ts')).toBe(project['a.ts'].replace('  return x;', [...lines, '  return x;'].join('\n')));
    expect(chat.editor.hunks(chat.uriOf('a.ts'))).toMatchObject([{ state: 'proposed', growing: false }]);
  });

  test('R27: what the person types beside it and into it is theirs; the rest is left out and the model is told', async () => {
    const { reply, goOn } = held();
    const { chat, heard } = await played([reply]);
    await chat.begin('Change it.');
    await expect.poll(() => chat.file('a.ts')).toContain('const step1 =');
    const typed = async (from: string, to: string) =>
      chat.editor.change(chat.uriOf('a.ts'), (await chat.file('a.ts')).replace(from, to));
    await typed('end = 1', 'end = 2');
    await typed('const step0 = x + 0;', 'const step0 = x + 100;');
    goOn();
    await chat.ended();
    const text = await chat.file('a.ts');
    expect(text).toContain('end = 2');
    expect(text).toContain('const step0 = x + 100;');
    expect(text).not.toContain('const step59');
    expect(heard()).toContain('the developer has taken over');
  });

  test('S5: stopped in the middle, what was not whole goes, and what the person typed beside it stays', async () => {
    const { reply } = held();
    const { chat, heard } = await played([reply]);
    await chat.begin('Change it.');
    await expect.poll(() => chat.file('a.ts')).toContain('const step1 =');
    await chat.editor.change(chat.uriOf('a.ts'), (await chat.file('a.ts')).replace('end = 1', 'end = 2'));
    await chat.click('Stop');
    await chat.ended();
    await expect.poll(() => chat.file('a.ts')).toBe(project['a.ts'].replace('end = 1', 'end = 2'));
    expect(chat.editor.hunks(chat.uriOf('a.ts'))).toEqual([]);
    await chat.say('Go on.');
    expect(heard()).not.toContain('What became of your edits');
  });

  test('two chats edit one file at once: both edits are there, each with its own hunk', async () => {
    const { reply, goOn } = held();
    const { chat } = await played([reply, { calls: [edit('a.ts', 'end = 1;', 'end = 100;')] }]);
    await chat.begin('Change it.');
    await expect.poll(() => chat.file('a.ts')).toContain('const step1 =');
    const first = { uri: chat.uri };
    await chat.open();
    expect(chat.uri).not.toBe(first.uri);
    await chat.say('Change the end.');
    expect(await chat.file('a.ts')).toContain('end = 100;');
    goOn();
    await expect.poll(() => chat.file('a.ts')).toContain('const step59');
    await expect
      .poll(() => chat.editor.hunks(chat.uriOf('a.ts')).map(({ growing }) => growing))
      .toEqual([false, false]);
    const whole = project['a.ts'].replace('  return x;', [...lines, '  return x;'].join('\n'));
    expect(await chat.file('a.ts')).toBe(whole.replace('end = 1', 'end = 100'));
  });
});

test('mode Accept Edits: an edit is accepted as soon as it is whole; nothing waits, and a command still asks', async () => {
  const { chat, heard } = await played(
    [{ calls: [one] }, { calls: [{ name: 'run', input: { command: 'echo hello' } }] }],
    {
      choose: (_message, titles) => titles.find((title) => title === 'Deny'),
    },
  );
  await chat.editor.command('gloss.chat.mode', { uri: chat.uri, mode: 'acceptEdits' });
  await chat.say('Change it.');
  expect(await chat.file('a.ts')).toContain('return x + 1;');
  expect(chat.editor.hunks(chat.uriOf('a.ts'))).toEqual([]);
  expect(heard()).toContain('It is accepted.');
  expect(chat.messages.map((message) => message.split(' ')[0])).toEqual(['Run']);
});

describe('S10: a protected file', () => {
  const script = edit('package.json', '"name": "x"', '"name": "y"');
  const asked = (chat: ChatWindow) =>
    chat.editor.asked.flatMap(({ method, params }) => (method === 'gloss/approve' ? [params] : []));

  test.each([
    ['ask', true],
    ['ask', false],
    ['acceptEdits', true],
    ['acceptEdits', false],
  ])('in mode %s is asked about with what it would become; agreed: %s', async (mode, isAgreed) => {
    const { chat, heard } = await played([{ calls: [script] }], {
      answer: (method, params) =>
        method === 'gloss/approve' ? { approved: isAgreed, hash: (params as { hash: string }).hash } : undefined,
    });
    await chat.editor.command('gloss.chat.mode', { uri: chat.uri, mode });
    await chat.say('Change it.');
    expect(asked(chat)).toMatchObject([
      { files: [{ before: project['package.json'], after: '{\n  "name": "y"\n}\n' }] },
    ]);
    expect(await chat.file('package.json')).toContain(isAgreed ? '"y"' : '"x"');
    expect(heard()).toContain(isAgreed ? 'Done: package.json, line 2.' : 'It was not made.');
    await chat.say('And?');
    // Nobody has given a reason.
    expect(heard()).not.toContain('The developer says');
  });
});

describe('what the model hears of an edit afterwards', () => {
  test('accepted, and then taken back by an undo: that it was accepted; it sees the rest when it looks', async () => {
    const story = await played([{ calls: [one] }]);
    const { chat, news } = story;
    await chat.say('Change it.');
    await decide(story, 'accept', 'a.ts');
    await chat.editor.change(chat.uriOf('a.ts'), project['a.ts']);
    await chat.say('And?');
    expect(news()).toContain('a.ts, line 2: accepted as it was proposed.');
  });

  test('taken back by an undo without a decision', async () => {
    const { chat, news } = await played([{ calls: [one] }]);
    await chat.say('Change it.');
    await chat.editor.change(chat.uriOf('a.ts'), project['a.ts']);
    await chat.say('And?');
    expect(news()).toContain('taken back by the developer with undo');
  });

  test('of a call that was made in part: what was given up is not said to be rejected', async () => {
    const edits = [
      { old_str: '  return x;', new_str: '  return x + 1;' },
      { old_str: 'export const end = 1;', new_str: '// ... existing code ...\nexport const end = 2;' },
    ];
    const call = { name: 'str_replace_based_edit_tool', input: { command: 'edits', path: 'a.ts', edits } };
    const story = await played([{ calls: [call] }]);
    const { chat, news, heard } = story;
    await chat.say('Change it.');
    expect(heard()).toContain('1 of 2 edits are done');
    await decide(story, 'accept', 'a.ts');
    await chat.say('And?');
    expect(news()).toContain('a.ts, line 2: accepted as it was proposed.');
    expect(news()).not.toContain('rejected');
  });
});

describe('R24: after a restart', () => {
  const again = async ({ chat, service }: Played): Promise<ChatWindow> => {
    const { conversation } = chat;
    await chat.editor.rpc.sendRequest('shutdown');
    const next = await chatWindow({ service, again: chat, pendingEdits: true });
    open.push(next);
    await next.open({ conversation });
    return next;
  };

  test.each([
    ['accept', 'accepted as it was proposed'],
    ['reject', 'The developer says: x is a size'],
  ] as const)('an edit that was decided before it (%s) and not told is told, once', async (decision, said) => {
    const story = await played([{ calls: [one] }]);
    await story.chat.say('Change it.');
    await decide(story, decision, 'a.ts', decision === 'reject' ? 'x is a size' : undefined);
    const next = await again(story);
    await next.say('And now?');
    expect(story.news()).toContain(said);
    await next.say('And?');
    expect(story.news()).not.toContain(said);
  });

  test('an edit that waited is decided after it, and told', async () => {
    const story = await played([{ calls: [one, edit('b.ts', 'two = 2', 'two = 22')] }]);
    const { chat } = story;
    await chat.say('Change it.');
    await decide(story, 'accept', 'b.ts');
    await chat.say('What now?');
    expect(story.news()).toContain('b.ts, line 1: accepted');
    const saved = await chat.file('a.ts');
    const next = await again(story);
    await next.editor.open(next.uriOf('a.ts'), saved);
    await expect.poll(() => next.editor.hunks(next.uriOf('a.ts'))).toHaveLength(1);
    await decide({ ...story, chat: next }, 'reject', 'a.ts', 'x is a size');
    await next.say('And now?');
    expect(story.news()).toContain(
      'a.ts, line 2: rejected. The code is as it was before. The developer says: x is a size',
    );
    expect(story.news()).not.toContain('b.ts');
  });

  test('asking again from before it was told tells it on the other branch as well', async () => {
    const story = await played([{ calls: [one] }]);
    const { chat } = story;
    await chat.say('Change it.');
    await decide(story, 'accept', 'a.ts');
    await chat.say('Second.');
    expect(story.news()).toContain('a.ts, line 2: accepted');
    const second = /## You <!-- gloss:([\w-]+) [0-9a-f]{12} -->\s+Second\./.exec(chat.text())?.[1];
    await chat.editor.command('gloss.chat.send', { uri: chat.uri, from: second });
    await chat.ended();
    expect(story.news()).toContain('a.ts, line 2: accepted');
  });
});
