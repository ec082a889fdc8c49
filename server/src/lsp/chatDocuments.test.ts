/** Chats as documents, over real LSP with the real engine: what a person of any editor writes, clicks and sees. */
import { describe, expect, test } from 'vitest';
import { type ChatEditor, type ChatEditorOptions, chatEditor } from '../../../test/harness/chatEditor.ts';
import { toolDoing } from '../../../test/harness/engine.ts';
import { fakeClock } from '../../../test/harness/fakeClock.ts';
import { type Answer, scriptedTransport, streamOf } from '../../../test/harness/scriptedTransport.ts';
import { written } from '../../../test/harness/streams.ts';
import { answersOf, eventsOf, type Turn } from '../../../test/harness/turns.ts';

type Options = Omit<ChatEditorOptions, 'transport'> & { readonly answers?: readonly Answer[] };

async function opened(turns: readonly Turn[], options: Options = {}): Promise<ChatEditor> {
  const transport = scriptedTransport(fakeClock(), options.answers ?? answersOf(...turns));
  const editor = await chatEditor({ ...options, transport });
  await editor.command('gloss.chat');
  return editor;
}

const titles = async (editor: ChatEditor) => (await editor.lenses()).map(({ command }) => command?.title);

/** The head tells what is known only to the one who paid. */
const withoutCost = (text: string) => text.replace(/ So far: \S+/, '');

/** What has come of the first piece of an answer, which never ends. */
function endless(text: string): Answer {
  const bytes = written(eventsOf({ says: [text] })).toString();
  return streamOf(bytes.slice(0, bytes.indexOf('event: message_delta')));
}

describe('a chat', () => {
  test('opens with a place to write, and with what can be done there', async () => {
    await using editor = await opened([]);
    expect(editor.text()).toMatch(/^# New chat\n\nWrite below .*\n\n## You <!-- gloss:draft -->\n\n$/s);
    await expect.poll(() => titles(editor)).toEqual(['Send', 'What Will Be Sent', 'Mode: Ask']);
  });

  test('sends what is written, and the answer comes into the document', async () => {
    await using editor = await opened([{ says: ['It sells *tea*.'] }]);
    await editor.type('What is this?\n');
    await editor.click('Send');
    await expect.poll(() => editor.text()).toMatch(/\*\d+ tokens in.*, \d+ out/);
    const text = editor.text().replace(/gloss:[\w-]{36}/g, 'gloss:ID');
    expect(text).toContain('\n\nWhat is this?\n\n## Gloss <!-- gloss:ID.answer -->\n\nIt sells *tea*.\n\n*');
    expect(text).toMatch(/## You <!-- gloss:draft -->\s*$/);
    expect(text).toMatch(/^# What is this\?\n/);
    expect(text).not.toContain('Working');
  });

  test('nothing is sent where nothing is written', async () => {
    await using editor = await opened([]);
    await expect(editor.click('Send')).rejects.toThrow('Write something below the last "You" first.');
  });

  test('shows calls in a line each, and the output of commands', async () => {
    const answers: Turn[] = [
      {
        says: [
          { call: 'read', id: 'a' },
          { call: 'run', id: 'b' },
        ],
      },
      { says: ['Done.'] },
    ];
    const tools = [
      toolDoing('read', () => 'secret text of a file'),
      toolDoing('run', () => 'one\n```\n## You <!-- gloss:draft -->\nthree'),
    ];
    await using editor = await opened(answers, { tools });
    await editor.type('go');
    await editor.click('Send');
    await expect.poll(() => editor.text()).toContain('Done.');
    const text = editor.text();
    expect(text).toContain('- read it\n- run it\n\n````text\none\n```\n## You <! -- gloss:draft -->\nthree\n````');
    expect(text).not.toContain('secret text');
  });

  test('what is written while it works stays where it is, and is sent when it is done', async () => {
    await using editor = await opened([], { answers: [endless('so far'), ...answersOf({ says: ['second'] })] });
    await editor.type('first');
    await editor.click('Send');
    await expect.poll(() => editor.text()).toContain('so far');
    await editor.type('my next thought');
    expect(await titles(editor)).toEqual(['Stop', 'Send When Done', 'Say Now', 'Mode: Ask', 'Fork']);
    await editor.click('Send When Done');
    await expect.poll(() => editor.text()).toContain('- *Waits:* my next thought');
    expect(editor.text().match(/my next thought/g)).toHaveLength(1);
    await editor.click('Stop');
    await expect.poll(() => editor.text()).toContain('> Stopped.');
  });

  test('goes on when its document was closed, and shows everything when it is opened again', async () => {
    await using editor = await opened([{ says: ['All of it.'] }]);
    await editor.type('first');
    await editor.click('Send');
    await editor.close();
    await expect.poll(async () => (await editor.engine.conversations.list()).length).toBe(1);
    const [chat] = await editor.engine.conversations.list();
    await expect.poll(async () => (await editor.engine.chats.open(chat?.id ?? ''))?.state().running).toBe(false);
    await editor.reopen();
    await expect.poll(() => editor.text()).toContain('All of it.');
  });

  test('R24: a document that an editor brings back after a restart is brought up to date, and keeps what was not sent', async () => {
    await using editor = await opened([{ says: ['All of it.'] }]);
    await editor.type('first');
    await editor.click('Send');
    await expect.poll(() => editor.text()).toContain('tokens in');
    const whole = withoutCost(editor.text());
    await editor.type('not sent');
    await editor.close();
    // A server that has seen nothing of it: the file of before the answer, with what the editor had kept.
    await using later = await chatEditor({
      ...{ storage: editor.storage, conversations: editor.engine.conversations },
      transport: scriptedTransport(fakeClock(), []),
    });
    later.opened.push(...editor.opened);
    await later.reopen();
    await expect.poll(() => withoutCost(later.text())).toBe(whole.replace(/\s*$/, '\n\n'));
  });

  test('a changed question is asked instead, and the answer to the old one goes', async () => {
    await using editor = await opened([{ says: ['Old answer.'] }, { says: ['New answer.'] }]);
    await editor.type('Old question');
    await editor.click('Send');
    await expect.poll(() => editor.text()).toContain('tokens in');
    await editor.replace('\nOld question', '\nNew question');
    expect(await titles(editor)).toContain('Ask This Instead');
    await editor.click('Ask This Instead');
    await expect.poll(() => editor.text()).toContain('New answer.');
    expect(editor.text()).not.toMatch(/Old answer|\nOld question/);
    expect(editor.text().match(/^New question$/gm)).toHaveLength(1);
  });

  test('a fork is another document with what was said before, and the question to be changed', async () => {
    await using editor = await opened([{ says: ['One.'] }, { says: ['Two.'] }]);
    for (const [question, answer] of [
      ['first', 'One.'],
      ['second', 'Two.'],
    ] as const) {
      await editor.type(question);
      await editor.click('Send');
      await expect.poll(() => editor.text()).toContain(answer);
      await expect.poll(() => titles(editor)).toContain('Send');
    }
    const fork = (await editor.lenses()).filter(({ command }) => command?.title === 'Fork').at(-1)?.command;
    await editor.command(fork?.command ?? '', ...(fork?.arguments ?? []));
    expect(editor.text()).toContain('One.');
    expect(editor.text()).not.toContain('Two.');
    expect(editor.text()).toMatch(/gloss:draft -->\s*second\s*$/);
  });

  test('begins with the lines of a selection', async () => {
    await using editor = await opened([]);
    const range = { start: { line: 4, character: 0 }, end: { line: 10, character: 0 } };
    await editor.command('gloss.chat', { uri: 'file:///work/src/a.ts', range });
    expect(editor.text()).toMatch(/@src\/a\.ts#L5-10\s*$/);
    await expect(editor.command('gloss.chat', { uri: 'file:///etc/passwd', range })).rejects.toThrow(
      'not in the workspace',
    );
  });
});

describe('an approval', () => {
  const turns: readonly Turn[] = [
    { says: [{ call: 'run', id: 'b', input: { line: 'npm test' } }] },
    { says: ['Done.'] },
  ];
  const run = () => {
    const ran: unknown[] = [];
    return {
      ran,
      tools: [toolDoing('run', (_context, input) => `${ran.push(input)} ran`, { effect: 'runs' as const })],
    };
  };
  /** A message that nobody answers. */
  const silent = (method: string) =>
    method === 'window/showMessageRequest' ? new Promise(() => undefined) : undefined;

  async function waiting(options: Options): Promise<ChatEditor> {
    const editor = await opened(turns, options);
    await editor.type('go');
    await editor.click('Send');
    return editor;
  }

  test('is asked by a message with all of it, and Allow Once lets it run', async () => {
    const { ran, tools } = run();
    const messages: { message: string; actions: { title: string }[] }[] = [];
    await using editor = await waiting({
      tools,
      answer(method, params) {
        if (method !== 'window/showMessageRequest') return undefined;
        messages.push(params as (typeof messages)[number]);
        return { title: 'Allow Once' };
      },
    });
    await expect.poll(() => editor.text()).toContain('Done.');
    expect(ran).toEqual([{ line: 'npm test' }]);
    expect(messages[0]?.message).toContain('input: {"line":"npm test"}');
    expect(messages[0]?.actions.map(({ title }) => title)).toEqual(['Allow Once', 'Deny', 'Show']);
  });

  test('S17: stands in the document with all of it and why; its lens answers, and the message is withdrawn', async () => {
    const { ran, tools } = run();
    await using editor = await waiting({ tools, answer: silent });
    await expect.poll(() => titles(editor)).toContain('Allow Once');
    expect(editor.text()).toMatch(/```text\nrun it\n[\s\S]*npm test[\s\S]*\*\*May Gloss do this\? run it\*\*/);
    expect(editor.text()).not.toContain('not done');
    expect(ran).toEqual([]);
    await editor.click('Allow Once');
    await expect.poll(() => editor.text()).toContain('Done.');
    expect(ran).toHaveLength(1);
    expect(editor.text()).not.toContain('May Gloss do this');
  });

  test('S17: what is longer than a message can be allowed by it only after it was opened', async () => {
    const { tools } = run();
    const offers: string[][] = [];
    await using editor = await opened(
      [{ says: [{ call: 'run', id: 'b', input: { line: 'x'.repeat(2_000) } }] }, { says: ['Done.'] }],
      {
        tools,
        answer(method, params) {
          if (method !== 'window/showMessageRequest') return undefined;
          const offered = (params as { actions: { title: string }[] }).actions.map(({ title }) => title);
          offers.push(offered);
          return { title: offers.length === 1 ? 'Show' : 'Allow Once' };
        },
      },
    );
    await editor.type('go');
    await editor.click('Send');
    await expect.poll(() => editor.text()).toContain('Done.');
    expect(offers).toEqual([
      ['Deny', 'Show'],
      ['Allow Once', 'Deny', 'Show'],
    ]);
  });

  test('S18, S36: a lens is worth nothing for another hash, another document, or a session that is not offered', async () => {
    const { ran, tools } = run();
    await using editor = await waiting({ tools, answer: silent });
    await expect.poll(() => titles(editor)).toContain('Allow Once');
    const { arguments: [given] = [] } =
      (await editor.lenses()).find(({ command }) => command?.title === 'Allow Once')?.command ?? {};
    const wrong = [
      { ...given, hash: 'other' },
      { ...given, decision: 'session' },
      { ...given, decision: 'always' },
      { ...given, uri: 'file:///work/a.md' },
      { ...given, more: true },
      { uri: given.uri },
    ];
    for (const one of wrong) await expect(editor.command('gloss.chat.approve', one)).rejects.toThrow();
    // What is not shown cannot be agreed to.
    const shown = editor.text();
    await editor.replace(/<!-- gloss-approval.*-->/.exec(shown)?.[0] ?? '', '');
    await expect(editor.command('gloss.chat.approve', given)).rejects.toThrow('not asked any more');
    expect(ran).toEqual([]);
    await editor.command('gloss.chat.stop', { uri: given.uri });
    await expect.poll(() => editor.text()).toContain('> Stopped.');
    expect(ran).toEqual([]);
  });

  test('a message that is put away is no answer while the document can give one; Deny is', async () => {
    const { ran, tools } = run();
    await using editor = await waiting({
      tools,
      answer: (method) => (method === 'window/showMessageRequest' ? { title: 'nothing' } : undefined),
    });
    await expect.poll(() => titles(editor)).toContain('Deny');
    await editor.click('Deny');
    await expect.poll(() => editor.text()).toContain('- run it (you said no)');
    expect(ran).toEqual([]);
  });
});

describe('commands', () => {
  test('S36: arguments that are not exactly right have no effect', async () => {
    await using editor = await opened([]);
    const before = editor.text();
    const uri = editor.opened[0];
    const shapes: readonly unknown[][] = [
      [null],
      [1],
      ['x'],
      [{}],
      [{ uri: 5 }],
      [{ uri, extra: 1 }, 2],
      [[uri]],
      [{ uri: 'file:///work/a.ts' }],
    ];
    for (const name of [
      'send',
      'stop',
      'mode',
      'approve',
      'deny',
      'why',
      'answer',
      'fork',
      'whatWillBeSent',
      'rename',
      'remove',
      'export',
      'search',
    ])
      for (const given of [[], ...shapes])
        await expect(editor.command(`gloss.chat.${name}`, ...given)).rejects.toThrow();
    expect(editor.text()).toBe(before);
    expect(await editor.engine.conversations.list()).toHaveLength(1);
  });

  test('S2: in a workspace that is not trusted nothing is begun', async () => {
    const transport = scriptedTransport(fakeClock(), []);
    await using editor = await chatEditor({ transport, trust: 'restricted' });
    await expect(editor.command('gloss.chat')).rejects.toThrow('not trusted');
  });

  test('list, rename, export and remove', async () => {
    await using editor = await opened([{ says: ['An answer.'] }]);
    await editor.type('A question');
    await editor.click('Send');
    await expect.poll(() => editor.text()).toContain('tokens in');
    const uri = editor.opened[0];
    await editor.command('gloss.chat.rename', { uri, title: 'Named' });
    const { conversations } = (await editor.command('gloss.chat.list')) as {
      conversations: { id: string; title: string }[];
    };
    expect(conversations.map(({ title }) => title)).toEqual(['Named']);
    const { markdown } = (await editor.command('gloss.chat.export', { uri })) as { markdown: string };
    expect(markdown).toMatch(/^# .*\n\n## You, .*\n\nA question\n\n## Claude .*\n\nAn answer\./);
    await editor.command('gloss.chat.remove', { conversation: conversations[0]?.id });
    expect(await editor.engine.conversations.list()).toEqual([]);
    expect(await titles(editor)).toEqual(['Send']);
  });

  test('modes go round by the lens', async () => {
    await using editor = await opened([]);
    await expect.poll(() => titles(editor)).toContain('Mode: Ask');
    for (const [now, next] of [
      ['Ask', 'Accept Edits'],
      ['Accept Edits', 'Plan'],
      ['Plan', 'Ask'],
    ]) {
      await editor.click(`Mode: ${now}`);
      expect(await titles(editor)).toContain(`Mode: ${next}`);
    }
  });
});
