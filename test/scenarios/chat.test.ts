/** A chat over plain LSP, whole: it reads, searches, edits and runs with leave, is stopped, forked and started again; by the demo and by a strict foreign service. */
import { describe, expect, test } from 'vitest';
import { type Demo, startDemo } from '../../server/src/demo/server.ts';
import { edit, storyFiles } from '../harness/chatStory.ts';
import { type ChatWindow, type ChatWindowOptions, chatWindow } from '../harness/chatWindow.ts';
import { type ForeignService, type Script, scripted, startForeignService } from '../harness/foreignService.ts';
import { closedAfterEach } from '../harness/perTest.ts';

const open = closedAfterEach();

function kept<Thing extends { close(): Promise<void> }>(thing: Thing): Thing {
  open.push({ [Symbol.asyncDispose]: () => thing.close() });
  return thing;
}

async function window(options: ChatWindowOptions): Promise<ChatWindow> {
  const made = await chatWindow({ files: storyFiles, ...options });
  open.push(made);
  await made.open();
  return made;
}

const foreign = async (script: Script): Promise<ForeignService> => kept(await startForeignService({ script }));
const allowing: NonNullable<ChatWindowOptions['choose']> = (_message, titles) =>
  titles.find((title) => /Allow Once|Go on/.test(title)) ?? titles[0];

describe('the demo', () => {
  const demo = async (): Promise<Demo> => kept(await startDemo({ delay: 0 }));

  test('carries on a chat on any workspace: it looks, edits three files and runs a command, each with leave', async () => {
    const chat = await window({ service: await demo(), choose: allowing });
    await chat.say('Tidy this project.');
    for (const file of ['a.ts', 'src/b.ts', 'src/c.ts']) expect(await chat.file(file)).toContain('/**');
    expect(chat.messages.filter((message) => message.startsWith('Edit '))).toHaveLength(3);
    expect(chat.messages.some((message) => message.startsWith('Run '))).toBe(true);
    const text = chat.text();
    for (const line of ['- Read a.ts', '- Edit src/b.ts', 'no model is running', 'from the cache'])
      expect(text).toContain(line);
  });

  test('denied everything, it changes nothing and says so', async () => {
    const deny: ChatWindowOptions['choose'] = (_message, titles) => titles.find((title) => title === 'Deny');
    const chat = await window({ service: await demo(), choose: deny });
    await chat.say('Tidy this project.');
    expect(await chat.file('a.ts')).toBe(storyFiles['a.ts']);
    expect(chat.text()).toContain('you said no');
  });

  test('in the mode Plan it writes a plan and asks for nothing', async () => {
    const chat = await window({ service: await demo(), choose: allowing });
    await chat.editor.command('gloss.chat.mode', { uri: chat.uri, mode: 'plan' });
    await chat.say('Tidy this project.');
    expect(await chat.file('a.ts')).toBe(storyFiles['a.ts']);
    expect(chat.messages).toEqual([]);
  });
});

describe('a foreign service', () => {
  test('hears a conversation that is right to the letter: calls side by side, edits, a command, a second question', async () => {
    const service = await foreign(
      scripted(
        {
          thinking: 'Look first.',
          text: 'I look.',
          calls: [
            { name: 'read', input: { path: 'a.ts' } },
            { name: 'search', input: { pattern: 'return' } },
            { name: 'list', input: { path: '.' } },
          ],
        },
        {
          calls: [
            edit('a.ts', '  return x;', '  return x + 1;'),
            edit('src/b.ts', '  return y * 2;', '  return y + y;'),
            edit('src/c.ts', 'export const three = () => 3;', 'export const three = () => 1 + 2;'),
          ],
        },
        { calls: [{ name: 'run', input: { command: 'echo three edits' } }] },
        { text: 'It is done, see a.ts:2.' },
        { text: 'Gladly.' },
      ),
    );
    const chat = await window({ service, choose: allowing });
    await chat.say('Make it so.');
    expect(await chat.file('a.ts')).toContain('return x + 1;');
    expect(await chat.file('src/b.ts')).toContain('return y + y;');
    expect(await chat.file('src/c.ts')).toContain('() => 1 + 2;');
    expect(chat.text()).toContain('three edits');
    await chat.say('Thank you.');
    expect(service.refused).toEqual([]);
    expect(service.heard).toHaveLength(5);
    for (const [before, after] of service.heard.slice(1).map((heard, at) => [service.heard[at], heard] as const))
      expect(after.chain.slice(0, before?.chain.length)).toEqual(before?.chain);
    expect(service.tokens.read).toBeGreaterThan(service.tokens.fresh);
  });

  test('a hunk that is rejected is told with the next question, and why', async () => {
    const service = await foreign(
      scripted({ calls: [edit('a.ts', '  return x;', '  return x + 1;')] }, { text: 'Proposed.' }, { text: 'I see.' }),
    );
    const chat = await window({ service, pendingEdits: true });
    await chat.load('a.ts');
    await chat.say('Change it.');
    expect(await chat.file('a.ts')).toContain('return x + 1;');
    const [hunk] = chat.editor.hunks(chat.uriOf('a.ts'));
    expect(hunk?.state).toBe('proposed');
    await chat.editor.rpc.sendRequest('gloss/decide', {
      ...{ decision: 'reject', reason: 'x is a size' },
      which: { kind: 'hunks', ids: [hunk?.id] },
    });
    expect(await chat.file('a.ts')).toBe(storyFiles['a.ts']);
    await chat.say('And now?');
    const last = JSON.stringify(service.heard.at(-1)?.body['messages']);
    expect(last).toContain('rejected');
    expect(last).toContain('x is a size');
    expect(service.refused).toEqual([]);
  });

  test('stopped in the middle, it stops at once, keeps what had come, and goes on with the next question', async () => {
    const hold = new Promise(() => {});
    const service = await foreign(
      scripted({ text: 'Begun, and not ended.', hold: { after: 5, until: hold } }, { text: 'Going on.' }),
    );
    const chat = await window({ service });
    await chat.begin('Tell me everything.');
    await expect.poll(() => chat.text()).toMatch(/answer -->\s+Be/);
    await chat.click('Stop');
    await chat.ended();
    expect(chat.text()).toContain('Stopped.');
    await expect.poll(() => service.left).toBe(1);
    await chat.say('Go on.');
    expect(chat.text()).toContain('Going on.');
    expect(service.refused).toEqual([]);
  });

  test('a command that hangs is stopped with the turn', async () => {
    const service = await foreign(
      scripted({ calls: [{ name: 'run', input: { command: 'sleep 600' } }] }, { text: 'Going on.' }),
    );
    const chat = await window({ service, choose: allowing });
    await chat.begin('Run it.');
    await expect.poll(() => chat.messages.length).toBe(1);
    await expect.poll(() => chat.text()).toMatch(/sleep 600/);
    await chat.click('Stop');
    await chat.ended();
    await chat.say('Go on.');
    expect(JSON.stringify(service.heard.at(-1)?.body)).toContain('Stopped before it was finished');
    expect(service.refused).toEqual([]);
  });

  test('a fork goes its own way, and asking again from an earlier question leaves out what came after it', async () => {
    const service = await foreign(scripted({ text: 'One.' }, { text: 'Two.' }, { text: 'Other.' }, { text: 'Fork.' }));
    const chat = await window({ service });
    await chat.say('First.');
    await chat.say('Second.');
    const second = /## You <!-- gloss:([\w-]+) [0-9a-f]{12} -->\s+Second\./.exec(chat.text())?.[1];
    await chat.editor.change(chat.uri, chat.text().replace('Second.', 'Rather this.'));
    await chat.editor.command('gloss.chat.send', { uri: chat.uri, from: second });
    await chat.ended();
    const sent = JSON.stringify(service.heard.at(-1)?.body['messages']);
    expect(sent).toContain('Rather this.');
    expect(sent).not.toContain('Second.');
    const [before] = [chat.conversation];
    const first = /## You <!-- gloss:([\w-]+) [0-9a-f]{12} -->\s+First\./.exec(chat.text())?.[1];
    const forked = (await chat.editor.command('gloss.chat.fork', { uri: chat.uri, entry: first })) as {
      conversation: string;
    };
    expect(forked.conversation).not.toBe(before);
  });

  test('after a restart the conversation is there, and what goes out begins with the same bytes', async () => {
    const service = await foreign(
      scripted({ calls: [{ name: 'read', input: { path: 'a.ts' } }] }, { text: 'One.' }, { text: 'Two.' }),
    );
    const first = await window({ service });
    await first.say('First.');
    const { conversation } = first;
    const before = service.heard.at(-1)?.chain ?? [];
    const second = await chatWindow({ service, again: first });
    open.push(second);
    await second.open({ conversation });
    expect(second.text()).toContain('One.');
    await second.say('Second.');
    expect(second.text()).toContain('Two.');
    expect(service.refused).toEqual([]);
    expect(service.heard.at(-1)?.chain.slice(0, before.length)).toEqual(before);
  });
});
