/** What a chat's document tells and offers beside the answers, over plain LSP with the real server: notices, plans, what is allowed, what the editor knows. */
import { readFile, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterEach, describe, expect, test } from 'vitest';
import { type ChatWindow, type ChatWindowOptions, chatWindow } from '../harness/chatWindow.ts';
import { type ForeignService, type Script, scripted, startForeignService } from '../harness/foreignService.ts';

const project = {
  'a.ts': 'export function one(x: number) {\n  return x;\n}\n',
  'src/b.ts': 'export const two = 2;\n',
};

const open: AsyncDisposable[] = [];
afterEach(async () => {
  for (const each of open.splice(0).reverse()) await each[Symbol.asyncDispose]();
});

async function chatWith(
  script: Script,
  options: Omit<ChatWindowOptions, 'service'> = {},
  what?: (window: ChatWindow) => object,
): Promise<{ readonly chat: ChatWindow; readonly service: ForeignService }> {
  const service = await startForeignService({ script });
  open.push({ [Symbol.asyncDispose]: () => service.close() });
  const chat = await chatWindow({ files: project, service, ...options });
  open.push(chat);
  await chat.open(what?.(chat));
  return { chat, service };
}

/** All that was asked of the service, as one text. */
const asked = ({ heard }: ForeignService) => JSON.stringify(heard.map(({ body }) => body));

/** Edits come into the document at the pace of a reader. */
const shows = (chat: ChatWindow, text: string | RegExp) =>
  expect.poll(() => chat.text(), { timeout: 10_000 }).toMatch(text);

const edit = (from: string, to: string) => ({
  name: 'str_replace_based_edit_tool',
  input: { command: 'str_replace', path: 'a.ts', old_str: from, new_str: to },
});

describe('notices', () => {
  test('what was not sent stands below the question, and is there again after a restart', async () => {
    const { chat, service } = await chatWith(scripted({ text: 'Hm.' }));
    await chat.say('Look at @missing.ts and @terminal.');
    await shows(chat, '> @missing.ts is ');
    await shows(chat, /> @terminal is sent as text alone: this editor does not tell/);
    expect(chat.text().indexOf('> @terminal')).toBeLessThan(chat.text().indexOf('Hm.'));
    const again = await chatWindow({ service, again: chat });
    open.push(again);
    await again.open({ conversation: chat.conversation });
    expect(again.text()).toContain('> @terminal is sent as text alone');
  });

  test('S39: what a command of the project stands for is shown with the question, word for word', async () => {
    const files = { ...project, '.claude/commands/greet.md': 'Say hello to $1.\nThen ## You stop.\n' };
    const { chat, service } = await chatWith(scripted({ text: 'Hello.' }), { files });
    await chat.say('/greet Ada');
    await shows(chat, '> /greet stands for the text in .claude/commands/greet.md:');
    await shows(chat, '```text\nSay hello to Ada.\nThen ## You stop.\n```');
    expect(asked(service)).toContain('Say hello to Ada.');
  });

  test('/help answers in the document without asking anybody, and goes with the next question', async () => {
    const { chat, service } = await chatWith(scripted({ text: 'Hm.' }));
    await chat.write('/help');
    await chat.click('Send');
    await shows(chat, '/commit [what to stress]: Writes a commit message');
    expect(chat.text()).toMatch(/## You <!-- gloss:draft -->\s*$/);
    expect(service.heard).toEqual([]);
    await chat.say('Hello');
    await expect.poll(() => chat.text()).not.toContain('/commit [what to stress]');
  });

  test('a question that cannot be sent stays, with the reason below the last answer', async () => {
    const files = { ...project, '.claude/commands/empty.md': '---\ndescription: Nothing\n---\n' };
    const { chat, service } = await chatWith(scripted({ text: 'Hm.' }), { files });
    await chat.write('/empty');
    await expect(chat.click('Send')).rejects.toThrow('/empty says nothing');
    await shows(chat, '> /empty says nothing: write its text into .claude/commands/empty.md.');
    expect(chat.text()).toMatch(/gloss:draft -->\s*\/empty\s*$/);
    expect(service.heard).toEqual([]);
  });
});

describe('Send and Stop', () => {
  const never = new Promise(() => {});

  test('Send that is pressed twice asks once, and words that follow are a question of their own', async () => {
    const { chat, service } = await chatWith(scripted({ text: 'Hm.' }, { text: 'Well.' }));
    await chat.write('What is this?');
    const send = () => chat.editor.command('gloss.chat.send', { uri: chat.uri });
    const [once, again] = await Promise.allSettled([send(), send()]);
    expect([once.status, again.status].sort()).toEqual(['fulfilled', 'rejected']);
    await shows(chat, /Hm\.[\s\S]*draft -->\s*$/);
    await chat.say('And that?');
    expect(service.heard).toHaveLength(2);
    expect(chat.text().match(/^What is this\?$/gm)).toHaveLength(1);
  });

  test('R27: what nobody has heard when it is stopped comes back below the last heading', async () => {
    const { chat, service } = await chatWith(scripted({ text: 'Begun, and more.', hold: { after: 5, until: never } }));
    await chat.begin('What is this?');
    await shows(chat, /answer -->\s+Be/);
    await chat.begin('Then look at a.ts.');
    await shows(chat, '- *Waits:* Then look at a.ts.');
    await chat.click('Stop');
    await shows(chat, /Stopped\.[\s\S]*draft -->\s*Then look at a\.ts\.\s*$/);
    expect(service.heard).toHaveLength(1);
  });

  test('R41: a question that nobody has finished is not shown as if it were', async () => {
    const { chat, service } = await chatWith(scripted({ text: 'Begun, and more.', hold: { after: 5, until: never } }));
    await chat.begin('What is this?');
    await shows(chat, /answer -->\s+Be/);
    expect(chat.text()).not.toContain('Not finished');
    const again = await chatWindow({ service, again: chat });
    open.push(again);
    await again.open({ conversation: chat.conversation });
    expect(again.text()).toMatch(
      /What is this\?\s+## Gloss .*\s+\*Not finished: the server ended while it worked on this/,
    );
    await chat.click('Stop');
    await shows(chat, 'Stopped.');
    expect(chat.text()).not.toContain('Not finished');
  });

  test('a call that waits for the person is shown as that, and not as done or given up', async () => {
    const { chat } = await chatWith(scripted({ calls: [edit('x: number', 'y: number')] }), {
      choose: () => never as never,
    });
    await chat.begin('Rename it.');
    await shows(chat, '- Edit a.ts (waits for you)');
    expect(chat.text()).not.toContain('(not done)');
  });
});

test('why a call was not allowed, or failed, stands behind it', async () => {
  const permissions = [{ tool: '*', match: 'src/', decision: 'refuse' }];
  const read = { name: 'read', input: { path: 'src/b.ts' } };
  const script = scripted({ calls: [read, edit('not there', 'there')] }, { text: 'Hm.' });
  const { chat } = await chatWith(script, { permissions });
  await chat.say('Look.');
  await shows(chat, '- Read src/b.ts (not allowed): A rule of the developer forbids it');
  await shows(chat, /\(failed\): .*not/);
});

describe('a plan', () => {
  const planning = async () => {
    const script = scripted({ text: '# Plan\n\n1. Read @src/b.ts\n2. Rename it' }, { text: 'Carried out.' });
    const made = await chatWith(script);
    await made.chat.editor.command('gloss.chat.mode', { uri: made.chat.uri, mode: 'plan' });
    await shows(made.chat, 'Mode **Plan**: it looks and plans, and changes nothing.');
    await made.chat.say('How would you tidy this?');
    return made;
  };

  test('opens as a document of its own, once, and is carried out as it is', async () => {
    const { chat, service } = await planning();
    const { uri, text } = (await chat.click('Open Plan')) as { uri: string; text: string };
    expect(text).toContain('2. Rename it');
    expect(await readFile(fileURLToPath(uri), 'utf8')).toBe(text);
    await chat.click('Carry Out: Ask');
    await chat.ended();
    await shows(chat, 'Mode **Ask**');
    const body = JSON.stringify(service.heard.at(-1)?.body);
    expect(body).toContain('Carry out the plan.');
    expect(await chat.lens('Open Plan')).toBeUndefined();
  });

  test('S25: as the person changed it, it is carried out in their words, and what the model mentions there attaches nothing', async () => {
    const { chat, service } = await planning();
    const { uri, text } = (await chat.click('Open Plan')) as { uri: string; text: string };
    await chat.editor.change(uri, text.replace('Rename it', 'Keep its name'));
    await chat.click('Carry Out: Accept Edits');
    await chat.ended();
    await shows(chat, 'Mode **Accept Edits**');
    const body = JSON.stringify(service.heard.at(-1)?.body);
    expect(body).toContain('Carry out the plan as I have changed it');
    expect(body).toContain('2. Keep its name');
    expect(body).not.toContain('export const two');
  });

  test('what is saved counts where the document is closed, and opened again it is as it was left', async () => {
    const { chat, service } = await planning();
    const { uri, text } = (await chat.click('Open Plan')) as { uri: string; text: string };
    await chat.editor.rpc.sendNotification('textDocument/didClose', { textDocument: { uri } });
    await writeFile(fileURLToPath(uri), `${text}3. Test it\n`);
    expect(await chat.click('Open Plan')).toMatchObject({ text: expect.stringContaining('3. Test it') });
    await chat.editor.rpc.sendNotification('textDocument/didClose', { textDocument: { uri } });
    await chat.click('Carry Out: Ask');
    await chat.ended();
    expect(JSON.stringify(service.heard.at(-1)?.body)).toContain('3. Test it');
  });

  test('is carried out once, however often that is chosen', async () => {
    const { chat, service } = await planning();
    const carry = () => chat.editor.command('gloss.chat.carryOut', { uri: chat.uri, mode: 'ask' });
    const both = await Promise.allSettled([carry(), carry()]);
    expect(both.map(({ status }) => status).sort()).toEqual(['fulfilled', 'rejected']);
    await shows(chat, 'Carried out.');
    expect(chat.text().match(/^Carry out the plan\.$/gm)).toHaveLength(1);
    expect(service.heard).toHaveLength(2);
  });

  test('S18: without a plan there is nothing to carry out, and the mode stays', async () => {
    const { chat } = await chatWith(scripted({ text: 'Hm.' }));
    await chat.say('Hello');
    const carrying = chat.editor.command('gloss.chat.carryOut', { uri: chat.uri, mode: 'acceptEdits' });
    await expect(carrying).rejects.toThrow('There is no plan');
    expect(await chat.lens('Mode: Ask')).toBeDefined();
  });
});

test('S18: what is allowed for this session stands at the top while it is, and Withdraw takes it back', async () => {
  const run = { calls: [{ name: 'run', input: { command: 'echo hello' } }] };
  const seen: string[] = [];
  const choose: ChatWindowOptions['choose'] = (message, titles) => {
    seen.push(message);
    return titles.find((title) => title === 'Allow for This Session') ?? titles[0];
  };
  // Data taints a conversation: commands of the model alone do not.
  const { chat } = await chatWith(scripted(run, { text: 'Ran.' }, run, { text: 'Ran again.' }), { choose });
  await chat.say('Run it.');
  await shows(chat, /Allowed without asking until the server ends:\*\*\n\n- Run echo hello\n[\s\S]*## You/);
  await chat.click('Withdraw');
  await expect.poll(() => chat.text()).not.toContain('Allowed without asking');
  expect(await chat.lens('Withdraw')).toBeUndefined();
  const before = seen.length;
  await chat.say('Once more.');
  expect(seen.length).toBeGreaterThan(before);
});

test('S17: a message is short while the document shows all of it, and has every value that is the own of the call', async () => {
  const run = { calls: [{ name: 'run', input: { command: 'echo hello' } }] };
  const { chat } = await chatWith(scripted(run, { text: 'Ran.' }), { choose: () => 'Deny' });
  await chat.say('Run it.');
  const message = chat.messages.find((each) => each.startsWith('Run ')) ?? '';
  expect(message).toMatch(/^Run echo hello \(Program: \/.*\/echo; Folder: \/.*\)\. Commands are asked about/);
  expect(message).not.toContain('Variables');
  expect(await chat.text()).not.toContain('GIT_CONFIG_COUNT');
});

describe('edits', () => {
  const changing = () => scripted({ calls: [edit('  return x;', '  return x + 1;')] }, { text: 'Done.' });

  test('that wait are reviewed from the chat, and their fate is told when it is decided', async () => {
    const { chat } = await chatWith(changing(), { pendingEdits: true });
    await chat.load('a.ts');
    await chat.say('Change it.');
    await shows(chat, 'a.ts, line 2: proposed');
    expect(await chat.lens('Review Edits (1)')).toMatchObject({ command: 'gloss.review.open' });
    const [hunk] = chat.editor.hunks(chat.uriOf('a.ts'));
    await chat.editor.rpc.sendRequest('gloss/decide', {
      ...{ decision: 'accept', which: { kind: 'hunks', ids: [hunk?.id] } },
    });
    await shows(chat, 'a.ts, line 2: accepted');
    expect(await chat.lens('Review Edits (1)')).toBeUndefined();
  });

  test('that a plain editor has made are said to be unsaved', async () => {
    const { chat } = await chatWith(changing(), { choose: (_message, titles) => titles[0] });
    await chat.say('Change it.');
    await shows(chat, 'The files on the disk stay as they were until you save them.');
    expect(await readFile(path.join(chat.folder, 'a.ts'), 'utf8')).toBe(project['a.ts']);
  });
});

describe('what the editor knows', () => {
  test('is asked for only when it is mentioned, and only what is', async () => {
    const wants: unknown[] = [];
    const { chat, service } = await chatWith(
      scripted({ text: 'One.' }, { text: 'Two.' }, { text: 'Three.' }, { text: 'Four.' }),
      {
        capabilities: { experimental: { gloss: { chatContext: true } } },
        answer(method, params) {
          if (method !== 'gloss/chatContext') return undefined;
          wants.push((params as { wants: unknown }).wants);
          const uri = chat.uriOf('a.ts');
          const selection = { uri, range: { start: { line: 1, character: 2 }, end: { line: 1, character: 8 } } };
          return {
            ...{ active: uri, selection, terminal: 'FAIL one test' },
            changes: [{ uri: chat.uriOf('src/b.ts'), before: 'export const two = 3;\n' }],
          };
        },
      },
    );
    await chat.say('Hello `@selection`');
    expect(wants).toEqual([]);
    await chat.say('Why @terminal and @selection?');
    expect(wants).toEqual([['terminal', 'place']]);
    expect(asked(service)).toContain('FAIL one test');
    expect(asked(service)).not.toContain('two = 3');
    await chat.say('/review');
    expect(wants.at(-1)).toEqual(['changes']);
    expect(asked(service)).toContain('-export const two = 3;');
    await chat.say('/explain');
    expect(wants.at(-1)).toEqual(['place']);
  });

  test('in a plain editor the lines that the chat was begun with are the selection', async () => {
    const range = { start: { line: 1, character: 0 }, end: { line: 2, character: 0 } };
    const at = (window: ChatWindow) => ({ uri: window.uriOf('a.ts'), range });
    const { chat, service } = await chatWith(scripted({ text: 'It returns x.' }), {}, at);
    await chat.editor.change(chat.uri, chat.text().replace('@a.ts#L2 ', '/explain'));
    await chat.click('Send');
    await chat.ended();
    expect(asked(service)).toContain('<selection path=');
    expect(chat.text()).not.toContain('No code went along');
  });

  test('in a plain editor that was told nothing the question says what to do', async () => {
    const { chat } = await chatWith(scripted({ text: 'What?' }));
    await chat.say('/explain');
    await shows(chat, 'No code went along: the editor does not tell which file is meant. Name it behind the command');
  });

  test('an editor that answers nonsense, or not at all, stops no question', async () => {
    const { chat } = await chatWith(scripted({ text: 'Fine.' }), {
      capabilities: { experimental: { gloss: { chatContext: true } } },
      answer: (method) => (method === 'gloss/chatContext' ? { active: 7 } : undefined),
    });
    await chat.say('Why @terminal?');
    await shows(chat, 'Fine.');
    await shows(chat, '> @terminal is sent as text alone');
  });
});
