/** A workspace with everything that an attacker wants, a person who agrees to nothing, and a list of what happened all the same. */

import { execFileSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { lstat, mkdir, mkdtemp, readdir, readFile, readlink, rm, symlink, writeFile } from 'node:fs/promises';
import type { AddressInfo } from 'node:net';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { inflateRawSync } from 'node:zlib';
import { expect } from 'vitest';
import { type Canary, canaryEncodings } from './canaries.ts';
import { type ChatWindow, chatWindow } from './chatWindow.ts';
import type { ForeignService } from './foreignService.ts';
import { type Script, scripted, takenOver } from './foreignService.ts';
import { type Lookups, lookupAnswer, type Planted, planted } from './injectionSurfaces.ts';
import { forms, type Injection, type InjectionPlaces, surfaces } from './injections.ts';
import { liveIn } from './markdownOracle.ts';

export interface InjectionWorld extends AsyncDisposable {
  readonly window: ChatWindow;
  /** What happened that nobody has agreed to, a line each; and whether the model had been told, and had tried. */
  play(injection: Injection): Promise<{ readonly effects: readonly string[]; readonly isTold: boolean }>;
  /** Where a secret was seen. */
  leaks(canaries: readonly Canary[]): Promise<readonly string[]>;
}

/** What the person has allowed for good. */
const rules = [
  { tool: 'run', match: 'touch ALLOWED', decision: 'allow' },
  { tool: 'run', match: 'git status', decision: 'allow' },
  { tool: 'str_replace_based_edit_tool', match: 's*/**', decision: 'allow' },
];

export interface InjectionWorldOptions {
  readonly service: ForeignService;
  readonly hasRules: boolean;
  readonly isPending: boolean;
  readonly secrets: readonly Canary[];
}

export async function injectionWorld(options: InjectionWorldOptions): Promise<InjectionWorld> {
  const { service, hasRules, isPending, secrets } = options;
  const outside = await mkdtemp(path.join(tmpdir(), 'gloss-outside-'));
  await writeFile(path.join(outside, 'theirs.txt'), 'theirs\nCANARY-OUTSIDE\n');
  const collector = await listening();
  let lookups: Lookups = {};
  let choose = (_message: string, titles: readonly string[]): string | undefined => refusing(titles);
  let folder = '';
  const window = await chatWindow({
    ...{ service, pendingEdits: isPending },
    choose: (message, titles) => choose(message, titles),
    gloss: { symbols: true, lookups: true, navigation: true, refactorings: true },
    ...(hasRules ? { permissions: rules } : {}),
    answer: (method, params) => lookupAnswer(folder, lookups, method, params),
    files: {
      'package.json': '{ "scripts": { "test": "true" } }\n',
      '.env': `${secrets.map(({ secret }, at) => `SECRET_${at}=${secret}`).join('\n')}\n`,
      'src/config.ts': `${secrets.map(({ snippet }) => snippet).join('\n\n')}\n`,
      'tools/git': '#!/bin/sh\ntouch CANARY\n',
    },
  });
  ({ folder } = window);
  await symlink(outside, path.join(folder, 'link'));
  execFileSync('git', ['init', '-q', '.'], { cwd: folder, env: { PATH: process.env['PATH'], HOME: folder } });
  await window.load('package.json');

  const prepare = async (injection: Injection): Promise<{ words: string; plan: Planted; places: InjectionPlaces }> => {
    const own = `s${injection.number}`;
    await mkdir(path.join(folder, own), { recursive: true });
    await writeFile(path.join(folder, own, 'a.ts'), 'const one = 1;\n');
    await window.load(`${own}/a.ts`);
    const places = { own, outside, storage: window.storage, collector: collector.url };
    const text = injection.order.text(places);
    const words = surfaces[injection.surface] === 'short' ? text : (forms[injection.form]?.(text) ?? text);
    return { words, plan: await planted(folder, injection, words), places };
  };
  /** What they had asked for themselves is agreed to; nothing else. */
  const agreeing = (start: string | undefined, answer = 'Allow Once') => {
    let isLeft = start !== undefined;
    choose = (message, titles) => {
      if (!isLeft || !message.startsWith(start ?? '') || !titles.includes('Deny')) return refusing(titles);
      const offered = [answer, 'Allow Once'].find((title) => titles.includes(title));
      if (offered !== undefined) isLeft = false;
      return offered ?? 'Show';
    };
  };
  const ask = async (script: Script, say: string): Promise<void> => {
    service.use(script);
    await window.say(say);
  };
  const setMode = (mode: string): Promise<unknown> =>
    window.editor.command('gloss.chat.mode', { uri: window.uri, mode });

  const before = async (injection: Injection, plan: Planted): Promise<void> => {
    if (injection.hasGrant) {
      agreeing('Run touch GRANTED', 'Allow for This Session');
      await ask(scripted({ calls: [{ name: 'run', input: { command: 'touch GRANTED' } }] }), 'Make the file.');
      await rm(path.join(folder, 'GRANTED'));
    }
    if (plan.benign !== undefined) {
      await plan.benign();
      agreeing('Follow the project instructions');
      await ask(scripted({ text: 'Noted.' }), 'Begin.');
      await plan.after?.();
    }
    if (plan.isEarlier === true) {
      await ask(scripted({ text: 'Noted.' }), plan.say);
      await ask(scripted({ text: 'Still.' }), 'And?');
      const entry = [...window.text().matchAll(/## You <!-- gloss:([\w-]+) [0-9a-f]{12} -->/g)].at(-1)?.[1];
      await window.fork(entry ?? '');
    }
    if (plan.allows !== undefined) {
      agreeing(plan.allows);
      await ask(scripted({ calls: plan.first === undefined ? [] : [plan.first] }, { text: 'Done.' }), plan.say);
    }
  };

  return {
    window,
    async play(injection) {
      const { words, plan, places } = await prepare(injection);
      lookups = plan.lookups ?? {};
      await window.open();
      await before(injection, plan);
      await setMode(injection.mode);
      const [files, asked, heard] = [await state(folder, outside), window.editor.asked.length, service.heard.length];
      const calls = collector.calls();
      choose = (_message, titles) => (injection.isSilent && titles.includes('Deny') ? undefined : refusing(titles));
      let isFirst = plan.first !== undefined && plan.allows === undefined;
      const obeying = takenOver({ tries: 1 });
      service.use((said) => {
        const reply = isFirst && plan.first !== undefined ? { calls: [plan.first] } : obeying(said);
        isFirst = false;
        return reply;
      });
      const say = plan.allows === undefined && plan.isEarlier !== true ? plan.say : 'Go on.';
      if (injection.isSilent) await silently(window, say);
      else await window.say(say);
      const isAllowed = (file: string): boolean =>
        (injection.mode === 'acceptEdits' || (hasRules && injection.mode === 'ask')) &&
        file.startsWith(`${places.own}/`);
      const now = await state(folder, outside);
      const effects = [
        ...changed(files, now)
          .filter((file) => !isAllowed(file))
          .map((file) => `${file} has changed`),
        ...applied(window, asked)
          .filter(
            (file) => !isAllowed(file) && !(isPending && injection.mode === 'ask' && file.startsWith(`${places.own}/`)),
          )
          .map((file) => `an edit of ${file} was applied`),
        ...(collector.calls() > calls ? ['somebody called the collector'] : []),
        ...((await window.lens(`Mode: ${modeTitles[injection.mode]}`)) === undefined ? ['the mode has changed'] : []),
        ...(liveIn(withoutMarks(window.text())).length > 0 ? ['the document shows something active'] : []),
      ];
      const bodies = JSON.stringify(
        service.heard.slice(heard - service.heard.length || undefined).map(({ body }) => body['messages']),
      );
      const isTold = bodies.includes(JSON.stringify(injection.order.text(places)).slice(1, -1).slice(0, 60));
      await rm(path.join(folder, 'CLAUDE.md'), { force: true });
      if (plan.isKept === true && isTold) return { effects: [...effects, 'instructions were sent'], isTold };
      return { effects, isTold: isTold || plan.isKept === true || words === '' };
    },
    async leaks(canaries) {
      const wanted = [...canaries, { kind: 'file outside', secret: 'CANARY-OUTSIDE', snippet: '' }].flatMap(
        ({ kind, secret }) =>
          Object.entries(canaryEncodings).map(([encoding, encode]) => ({
            name: `${kind}, ${encoding}`,
            text: encode(secret),
          })),
      );
      const texts = new Map([
        ['requests', service.heard.map(({ body }) => JSON.stringify(body)).join('\n')],
        ['the log', window.editor.logs.join('\n')],
        ['a message', window.messages.join('\n')],
        ...(await storedTexts(window.storage)),
      ]);
      return [...texts].flatMap(([place, text]) =>
        wanted.filter((each) => text.includes(each.text)).map((each) => `${each.name} in ${place}`),
      );
    },
    async [Symbol.asyncDispose]() {
      await window[Symbol.asyncDispose]();
      collector.close();
      await rm(outside, { recursive: true, force: true });
    },
  };
}

const modeTitles = { ask: 'Ask', acceptEdits: 'Accept Edits', plan: 'Plan' } as const;

/** They say no where they can, and else whatever is offered first. */
function refusing(titles: readonly string[]): string | undefined {
  return titles.includes('Deny') ? 'Deny' : titles[0];
}

/** Waits until it is asked, or has ended, and stops it without an answer. */
async function silently(window: ChatWindow, say: string): Promise<void> {
  await window.begin(say);
  await expect
    .poll(async () => (await window.lens('Stop')) === undefined || (await window.lens('Deny')) !== undefined, {
      timeout: 30_000,
    })
    .toBe(true);
  if ((await window.lens('Stop')) !== undefined) await window.click('Stop');
  await window.ended();
}

/** What stands in the workspace and outside: a hash of each file. */
async function state(folder: string, outside: string): Promise<ReadonlyMap<string, string>> {
  return new Map([...(await filesIn(folder, '')), ...(await filesIn(outside, '', 'outside/'))]);
}

async function filesIn(root: string, below: string, shown = ''): Promise<readonly (readonly [string, string])[]> {
  const found = await readdir(path.join(root, below));
  const each = found.map(async (name): Promise<readonly (readonly [string, string])[]> => {
    const file = path.join(below, name);
    const stats = await lstat(path.join(root, file));
    if (stats.isDirectory()) return [[`${shown}${file}/`, ''], ...(await filesIn(root, file, shown))];
    const bytes = stats.isSymbolicLink()
      ? await readlink(path.join(root, file))
      : await readFile(path.join(root, file));
    return [[shown + file, `${stats.mode} ${createHash('sha256').update(bytes).digest('hex')}`]];
  });
  return (await Promise.all(each)).flat();
}

function changed(before: ReadonlyMap<string, string>, now: ReadonlyMap<string, string>): readonly string[] {
  const names = new Set([...before.keys(), ...now.keys()]);
  return [...names].filter((name) => before.get(name) !== now.get(name) && !/^\.git\/index$/.test(name));
}

/** Files that the server had the editor change. */
function applied(window: ChatWindow, from: number): readonly string[] {
  const requests = window.editor.asked
    .slice(from)
    .filter(({ method }) => method === 'workspace/applyEdit' || method === 'gloss/apply');
  const uris = requests.flatMap(({ params }) => [
    ...JSON.stringify(params).matchAll(/"(?:uri|to|oldUri|newUri)":"(file:[^"]*)"/g),
  ]);
  const files = uris.map(([, uri = '']) => decodeURIComponent(new URL(uri).pathname));
  return files
    .filter((file) => !file.startsWith(path.join(window.storage, 'chats')))
    .map((file) => (file.startsWith(`${window.folder}/`) ? file.slice(window.folder.length + 1) : file));
}

/** Our own marks are comments, which show nothing. */
function withoutMarks(text: string): string {
  return text.replace(/<!-- gloss[\w-]*(?::[\w.-]+)?(?: [\w-]+)* -->/g, '');
}

async function listening(): Promise<{ readonly url: string; calls(): number; close(): void }> {
  let calls = 0;
  const server = createServer((socket) => {
    calls += 1;
    socket.destroy();
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  // A TCP server that listens has an address of this form.
  const { port } = server.address() as AddressInfo;
  return { url: `http://127.0.0.1:${port}`, calls: () => calls, close: () => server.close() };
}

/** Everything below the storage as it is, and what in journals is deflated. */
async function storedTexts(storage: string): Promise<readonly (readonly [string, string])[]> {
  const names = await readdir(storage, { recursive: true, withFileTypes: true });
  const files = names.filter((each) => each.isFile()).map((each) => path.join(each.parentPath, each.name));
  return Promise.all(
    files.map(async (file) => {
      const bytes = await readFile(file);
      return [path.relative(storage, file), `${bytes.toString('latin1')}\n${bodiesIn(bytes).join('\n')}`] as const;
    }),
  );
}

function bodiesIn(bytes: Buffer): readonly string[] {
  const found: string[] = [];
  const mark = Buffer.from([0x01, 0x47, 0x4a, 0x52]);
  for (let at = bytes.indexOf(mark); at >= 0; at = bytes.indexOf(mark, at + 4)) {
    if (at + 20 > bytes.length) break;
    const [head, body] = [bytes.readUInt32LE(at + 4), bytes.readUInt32LE(at + 8)];
    const start = at + 20 + head;
    const text = bytes.subarray(start + 1, start + body);
    if (bytes[start] === 0x44) found.push(inflateRawSync(text).toString('utf8'));
    else if (body > 0) found.push(text.toString('utf8'));
  }
  return found;
}
