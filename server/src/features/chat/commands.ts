/** The built-in slash commands: what each asks for, and what goes along when nothing is mentioned. Pure. */

/** A slash command as it is offered for completion. */
export interface ChatCommand {
  /** Without the `/`. */
  readonly name: string;
  readonly description: string;
  /** What may follow it, in a word. */
  readonly hint?: string;
}

export interface BuiltIn extends ChatCommand {
  readonly words: string;
  /** `place`: the selection, else the document that the person sees. */
  readonly along: readonly ('place' | 'problems' | 'changes')[];
}

export const builtIns: readonly BuiltIn[] = [
  {
    name: 'explain',
    description: 'Explains code: what it does, and what is not obvious in it',
    hint: 'what to explain',
    words: 'Explain this code: what it is for, how it works, and what is surprising or risky in it. Change nothing.',
    along: ['place'],
  },
  {
    name: 'fix',
    description: 'Finds the cause of problems and mends it',
    hint: 'what is wrong',
    words:
      'Find the cause of what is wrong here and mend it with the smallest change that does. Say what the cause was, and how you checked that it is gone.',
    along: ['place', 'problems'],
  },
  {
    name: 'tests',
    description: 'Writes tests for code',
    hint: 'what to test',
    words:
      'Write tests for this code. First look how this project writes tests, and do the same. Cover the usual case, the edges and the failures; change the code itself only if a test shows a fault, and say so.',
    along: ['place'],
  },
  {
    name: 'doc',
    description: 'Writes documentation comments',
    hint: 'what to document',
    words:
      'Write documentation comments for what is public in this code, in the form that its language and this project use. Say what a caller cannot see from the names; change nothing else.',
    along: ['place'],
  },
  {
    name: 'review',
    description: 'Reviews what has changed since the last commit',
    hint: 'what to look for',
    words:
      'Review these changes as a careful colleague would: faults first, each with its place, why it is one and what to do; then what is missing, such as tests. Leave out matters of taste. Change nothing.',
    along: ['changes'],
  },
  {
    name: 'commit',
    description: 'Writes a commit message for what has changed',
    hint: 'what to stress',
    words:
      'Write a commit message for these changes: a first line of at most 72 characters that says what changes for its users, a blank line, and why. Follow the style of the earlier messages if you know it. Answer with the message in a code block; commit nothing.',
    along: ['changes'],
  },
];

/** Done without asking anything of the model, or by the engine. */
export const otherCommands: readonly ChatCommand[] = [
  {
    name: 'compact',
    description: 'Makes the conversation shorter for the model; your history stays',
    hint: 'what to keep',
  },
  { name: 'help', description: 'Lists the commands and what can be mentioned' },
];

/** What a text begins with, if that may be a command. */
export function commandIn(text: string): { readonly name: string; readonly rest: string } | undefined {
  const found = /^\s*\/(?<name>\p{L}[\p{L}\p{N}_:-]{0,100})(?=\s|$)\s*(?<rest>[\s\S]*)$/u.exec(text)?.groups;
  return found === undefined ? undefined : { name: found['name'] ?? '', rest: found['rest'] ?? '' };
}

export function helpText(commands: readonly ChatCommand[]): string {
  return [
    'Commands:',
    ...commands.map(
      ({ name, hint, description }) => `/${name}${hint === undefined ? '' : ` [${hint}]`}: ${description}`,
    ),
    '',
    'To send something along, write @src/a.ts, @src/a.ts#L5-10, @src/, @"a name with blanks.ts", @symbol:name, @selection, @problems, @changes or @terminal.',
  ].join('\n');
}
