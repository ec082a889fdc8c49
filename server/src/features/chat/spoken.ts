/** What a person says in the end: the words of a slash command, or what was typed. */
import type { ContextPart } from '#shared/chat.ts';
import { Refusal } from '../../ports.ts';
import { type BuiltIn, builtIns, type ChatCommand, commandIn, helpText, otherCommands } from './commands.ts';
import { type Meant, mentionsIn } from './mentions.ts';
import { expanded, type OwnCommand } from './ownCommands.ts';

export interface Spoken {
  readonly words: string;
  /** What goes along although nobody mentions it. */
  readonly along: BuiltIn['along'];
  readonly notices: readonly string[];
  /** Words of a file are in it. */
  readonly isData: boolean;
  readonly command?: 'compact';
}

/** @throws Refusal of kind `help`, whose message is the answer to `/help`. */
export async function spokenOf(typed: string, own: () => Promise<readonly OwnCommand[]>): Promise<Spoken> {
  const plain = { words: typed, along: [], notices: [], isData: false };
  const called = commandIn(typed);
  if (called === undefined) return plain;
  const { name, rest } = called;
  if (name === 'help') throw new Refusal(helpText(offered(await own())), 'help');
  if (name === 'compact') return { ...plain, words: rest, command: 'compact' };
  const builtIn = builtIns.find((one) => one.name === name);
  if (builtIn !== undefined) {
    const words = rest.trim() === '' ? builtIn.words : `${builtIn.words}\n\n${rest}`;
    return { ...plain, words, along: mentionsIn(rest).length > 0 ? [] : builtIn.along };
  }
  const command = (await own()).find((one) => one.name === name);
  if (command === undefined)
    return { ...plain, notices: [`/${name} is no command here, so it is sent as text. /help lists the commands.`] };
  const words = expanded(command.template, rest.trim());
  if (words.trim() === '') throw new Refusal(`/${name} says nothing: write its text into ${command.file}.`, 'empty');
  return { ...plain, words, notices: [`/${name} stands for the text in ${command.file}:\n${words}`], isData: true };
}

const wantedBy: Readonly<Record<Meant['kind'], readonly ContextPart[]>> = {
  path: [],
  symbol: ['place'],
  selection: ['place'],
  problems: ['place'],
  changes: ['changes'],
  terminal: ['terminal'],
};

/** What of the editor goes along with what is said. */
export function wantsOf({ words, along, command }: Spoken): readonly ContextPart[] {
  if (command !== undefined) return [];
  const mentioned = mentionsIn(words).flatMap(({ meant }) => wantedBy[meant.kind]);
  const implied = along.map((kind): ContextPart => (kind === 'changes' ? 'changes' : 'place'));
  return [...new Set([...mentioned, ...implied])];
}

/** A built-in command is not replaced by a file of the project. */
export function offered(own: readonly OwnCommand[]): readonly ChatCommand[] {
  const fixed = [...builtIns, ...otherCommands].map(({ name, description, hint }) => ({
    ...{ name, description },
    ...(hint === undefined ? {} : { hint }),
  }));
  const taken = new Set(fixed.map(({ name }) => name));
  const others = own.filter(({ name }) => !taken.has(name));
  return [
    ...fixed,
    ...others.map(({ name, description, hint }) => ({ name, description, ...(hint === undefined ? {} : { hint }) })),
  ];
}
