/** The chat panel over plain LSP with the real server: the whole flow, with what the page is told at each step. */
import { describe, expect, test } from 'vitest';
import { startDemo } from '../../server/src/demo/server.ts';
import { chatStory, edit, storyFiles } from '../harness/chatStory.ts';
import type { ChatWindowOptions } from '../harness/chatWindow.ts';
import type { Script } from '../harness/foreign/script.ts';
import { scripted, startForeignService } from '../harness/foreignService.ts';
import { type PanelWindow, panelWindow } from '../harness/panelWindow.ts';
import { closedAfterEach } from '../harness/perTest.ts';

const open = closedAfterEach();

async function played(script: Script, options: Partial<ChatWindowOptions> = {}): Promise<PanelWindow> {
  const service = await startForeignService({ script });
  open.push({ [Symbol.asyncDispose]: () => service.close() });
  return opened({ service, ...options });
}

async function opened(options: ChatWindowOptions): Promise<PanelWindow> {
  const panel = await panelWindow({ files: storyFiles, ...options });
  open.push(panel);
  await panel.open();
  await panel.window.load('a.ts', 'src/b.ts', 'src/c.ts');
  return panel;
}

/** Resolves with the one that waits. */
async function approval(panel: PanelWindow) {
  await expect.poll(() => panel.state().approvals.length, { timeout: 20_000 }).toBe(1);
  const [waiting] = panel.state().approvals;
  if (waiting === undefined) throw new Error('nothing waits');
  return waiting;
}

/** Says yes to whatever waits until the turn has ended. */
async function allowing(panel: PanelWindow): Promise<void> {
  await expect
    .poll(
      async () => {
        for (const { hash } of panel.state().approvals)
          await panel.ask('gloss/chatDecide', { chat: panel.chat, hash, decision: 'once' });
        return panel.state().running;
      },
      { timeout: 30_000 },
    )
    .toBe(false);
}

const run = { calls: [{ name: 'run', input: { command: 'echo hello' } }] };

describe('the whole flow', () => {
  test('reads, searches, edits and runs with leave; one edit is rejected; stopped, forked, and there after a restart', async () => {
    const panel = await played(chatStory());
    const { window } = panel;
    await panel.begin('Make it so.');
    await allowing(panel);
    expect(panel.inShort()).toEqual([
      'asked Make it so.',
      'thinking',
      'answer',
      'Read a.ts: done',
      expect.stringMatching(/return.*: done$/),
      expect.stringMatching(/^List .*: done$/),
      'answer',
      'Edit a.ts: done',
      'Edit src/b.ts: done',
      'Edit src/c.ts: done',
      expect.stringMatching(/echo three edits: done$/),
      'answer',
      'changes a.ts +1 -1 (1), src/b.ts +1 -1 (1), src/c.ts +1 -1 (1)',
      expect.stringMatching(/^cost /),
    ]);
    expect(panel.state()).toMatchObject({ pending: 3, title: 'Make it so.', unfinished: false });
    expect(panel.state().obstacle).toEqual({ kind: 'none', message: '' });
    expect(panel.state().folder).not.toBe('');
    await panel.agrees();
    // What is looked at is asked for.
    const [answer] = panel.items('answer');
    expect((await panel.texts(answer?.id ?? ''))[0]?.text).toBe('I look around.');
    const ran = panel.items('call').at(-1);
    const [output] = await panel.texts(ran?.id ?? '', 'nobody');
    expect(output?.input).toContain('command: echo three edits');
    expect(output?.result).toContain('three edits');

    const [hunk] = window.editor.hunks(window.uriOf('src/b.ts'));
    const which = { kind: 'hunks', ids: [hunk?.id] };
    await window.editor.rpc.sendRequest('gloss/decide', { decision: 'reject', which });
    await expect
      .poll(() => panel.inShort().find((line) => line.startsWith('changes')))
      .toBe('changes a.ts +1 -1 (1), src/c.ts +1 -1 (1)');
    expect(panel.state().pending).toBe(2);
    await window.editor.rpc.sendRequest('gloss/decide', { decision: 'accept', which: { kind: 'all' } });
    await expect.poll(() => panel.state().pending).toBe(0);

    await panel.begin('And now?');
    await expect.poll(() => panel.items('answer').at(-1)?.id).not.toBe(undefined);
    await expect.poll(() => panel.store.content(panel.items('answer').at(-1)?.id ?? '')?.text ?? '').toMatch(/^Begun/);
    expect(await panel.ask('gloss/chatStop', { chat: panel.chat })).toEqual({ unheard: [] });
    await panel.ended();
    expect(panel.inShort().at(-2)).toBe('notice Stopped.');
    await panel.agrees();
    expect(panel.again).toBe(0);
    expect(window.messages).toEqual([]);

    const { chat } = panel;
    const before = panel.inShort();
    const [, second] = panel.items('asked');
    const fork = await panel.ask<{ chat: string; text: string }>('gloss/chatFork', { chat, item: second?.id });
    expect(fork.text).toBe('And now?');
    await panel.open(fork.chat);
    expect(panel.inShort().filter((line) => line.startsWith('asked'))).toEqual(['asked Make it so.']);

    await window.editor.rpc.sendRequest('shutdown');
    const after = await panelWindow({ service: { url: 'http://127.0.0.1:1', key: 'none' }, again: window });
    open.push(after);
    await after.open(chat);
    expect(after.inShort()).toEqual(before);
    const { chats } = await after.ask<{ chats: { id: string; state: string; folder: string }[] }>('gloss/chats', {});
    expect(chats.map(({ id }) => id)).toContain(chat);
    expect(new Set(chats.map(({ folder }) => folder))).toEqual(new Set([panel.state().folder]));
  }, 60_000);

  test('the demo: with leave for each thing, and told as rules that cost nothing', async () => {
    const demo = await startDemo({ delay: 0 });
    open.push({ [Symbol.asyncDispose]: () => demo.close() });
    const panel = await opened({ service: demo });
    await panel.begin('Tidy this project.');
    await allowing(panel);
    expect(panel.inShort().at(-1)).toBe('cost demo');
    expect(panel.items('changes')[0]?.files.length).toBe(3);
    await panel.agrees();
  }, 60_000);

  test('a question that fails says once why, and of which kind that is', async () => {
    const demo = await startDemo({ delay: 0, scenario: { error: { status: 401, type: 'authentication_error' } } });
    open.push({ [Symbol.asyncDispose]: () => demo.close() });
    const panel = await opened({ service: demo });
    await panel.say('Who is there?');
    await expect.poll(() => panel.store.ended()).toMatchObject({ ending: 'failed', kind: 'authentication' });
    expect(panel.store.ended()?.message).toBe(undefined);
    expect(panel.items('notice').map(({ isError }) => isError)).toEqual([true]);
  }, 60_000);
});

describe('what waits for the person', () => {
  test('S17: is in the state, whole and with why; only its own hash answers it, once', async () => {
    const panel = await played(scripted(run, { text: 'So.' }));
    await panel.begin('Run it.');
    const { hash, title, facts, because } = await approval(panel);
    expect(title).toContain('echo hello');
    expect(JSON.stringify(facts)).toContain('echo');
    expect(because.length).toBeGreaterThan(0);
    const decide = (more: object) =>
      panel.ask('gloss/chatDecide', { chat: panel.chat, decision: 'once', hash, ...more });
    expect(await decide({ hash: 'another' })).toEqual({ decided: false });
    const other = await panel.ask<{ chat: string }>('gloss/chatOpen', {});
    expect(await decide({ chat: other.chat })).toEqual({ decided: false });
    expect(panel.state().approvals).toHaveLength(1);
    expect(await decide({ decision: 'deny', reason: 'Not now.' })).toEqual({ decided: true });
    await panel.ended();
    expect(panel.items('call').map(({ state }) => state)).toEqual(['denied']);
    expect(await decide({})).toEqual({ decided: false });
  });

  test('no message is shown while somebody looks; it comes when nobody does, and goes when somebody does again', async () => {
    let choosing = Promise.withResolvers<string | undefined>();
    const panel = await played(scripted(run, { text: 'So.' }, run, { text: 'So.' }), {
      choose: () => choosing.promise,
    });
    const { window, chat } = panel;
    await panel.begin('Run it.');
    await approval(panel);
    expect(window.messages).toEqual([]);
    await panel.ask('gloss/chatClose', { chat });
    await expect.poll(() => window.messages.length).toBe(1);
    await panel.open(chat);
    const { hash } = await approval(panel);
    await panel.ask('gloss/chatDecide', { chat, hash, decision: 'once' });
    await panel.ended();
    expect(panel.items('call').map(({ state }) => state)).toEqual(['done']);
    // And by the message alone.
    choosing.resolve(undefined);
    choosing = Promise.withResolvers();
    choosing.resolve('Allow Once');
    await panel.begin('Again.');
    await approval(panel);
    await panel.ask('gloss/chatClose', { chat });
    await expect.poll(() => panel.states.at(-1)).toBe(`${chat}: idle`);
    await panel.open(chat);
    expect(panel.items('call').map(({ state }) => state)).toEqual(['done', 'done']);
    expect(window.messages).toHaveLength(2);
  });

  test('a message that is put away is no answer: it waits in the panel', async () => {
    const panel = await played(scripted(run, { text: 'So.' }), { choose: () => undefined });
    const { window, chat } = panel;
    await panel.begin('Run it.');
    await approval(panel);
    await panel.ask('gloss/chatClose', { chat });
    await expect.poll(() => window.messages.length).toBe(1);
    await panel.open(chat);
    expect(panel.states.at(-1)).toBe(`${chat}: waiting`);
    await allowing(panel);
    await panel.ended();
    expect(panel.items('call').map(({ state }) => state)).toEqual(['done']);
  });

  test('chats that run and wait are told, and end', async () => {
    const panel = await played(scripted(run, { text: 'So.' }));
    await panel.begin('Run it.');
    await approval(panel);
    expect(panel.states.at(-1)).toBe(`${panel.chat}: waiting`);
    await allowing(panel);
    await expect.poll(() => panel.states.at(-1)).toBe(`${panel.chat}: idle`);
    // A title that is new is told as well.
    const kinds = panel.states.map((line) => line.split(': ')[1]).filter((kind, at, all) => kind !== all[at - 1]);
    expect(kinds).toEqual(['running', 'waiting', 'running', 'idle']);
  });
});

describe('what the person does with chats', () => {
  test('asks again from an earlier question, and what was behind it is gone from sight', async () => {
    const panel = await played(scripted({ text: 'One.' }, { text: 'Two.' }, { text: 'Three.' }));
    await panel.say('First?');
    await panel.say('Second?');
    await panel.say('Third?', { from: panel.items('asked')[1]?.id });
    expect(panel.items('asked').map(({ text }) => text)).toEqual(['First?', 'Third?']);
    await panel.agrees();
    expect(panel.again).toBe(0);
  });

  test('renames, copies, finds and removes', async () => {
    const panel = await played(scripted({ text: 'About **zebras**.' }, { text: 'Two.' }));
    const { chat } = panel;
    await panel.say('First?');
    await panel.ask('gloss/chatRename', { chat, title: 'Stripes' });
    await expect.poll(() => panel.state().title).toBe('Stripes');
    const found = await panel.ask<{ found: { chat: { title: string }; item: string }[] }>('gloss/chatSearch', {
      words: 'zebras',
    });
    const [answer] = panel.items('answer');
    expect(found.found.map(({ chat: head, item }) => [head.title, item])).toEqual([
      ['Stripes', answer?.id.split('.')[0]],
    ]);
    const copied = (item?: string) =>
      panel.ask<{ markdown: string }>('gloss/chatMarkdown', { chat, ...(item === undefined ? {} : { item }) });
    expect((await copied(answer?.id)).markdown).toBe('About **zebras**.\n');
    expect((await copied(panel.items('asked')[0]?.id)).markdown).toBe('About **zebras**.\n');
    expect((await copied()).markdown).toMatch(/^# Stripes\n/);
    await panel.ask('gloss/chatRemove', { chat });
    await expect(panel.open(chat)).rejects.toThrow(/no such chat/);
    expect(await panel.ask('gloss/chats', {})).toEqual({ chats: [] });
  });

  test('R45: a window that closes in the middle leaves all that was said, and the next one says that it is not finished', async () => {
    const never = { text: 'Begun.', hold: { after: 4, until: new Promise(() => {}) } };
    const panel = await played(scripted({ calls: [{ name: 'read', input: { path: 'a.ts' } }] }, never));
    const { window, chat } = panel;
    await panel.begin('Go.');
    await expect.poll(() => panel.items('answer').length).toBe(1);
    await window.editor.rpc.sendRequest('shutdown');
    const after = await panelWindow({ service: { url: 'http://127.0.0.1:1', key: 'none' }, again: window });
    open.push(after);
    await after.open(chat);
    expect(after.inShort().slice(0, 2)).toEqual(['asked Go.', 'Read a.ts: done']);
  });

  test('an edit of an earlier session is counted among the changes', async () => {
    const panel = await played(
      scripted({ calls: [edit('a.ts', '  return x;', '  return x;\n  // so\n')] }, { text: 'So.' }),
    );
    const { window, chat } = panel;
    await panel.begin('Edit it.');
    await allowing(panel);
    await window.editor.rpc.sendRequest('gloss/decide', { decision: 'accept', which: { kind: 'all' } });
    await expect.poll(() => panel.items('changes')[0]?.files[0]?.pending).toBe(0);
    const [before] = panel.items('changes');
    expect(before?.files).toMatchObject([{ path: 'a.ts', added: 2, removed: 0 }]);
    await window.editor.rpc.sendRequest('shutdown');
    const after = await panelWindow({ service: { url: 'http://127.0.0.1:1', key: 'none' }, again: window });
    open.push(after);
    await after.open(chat);
    expect(after.items('changes')).toEqual([before]);
  });
});
