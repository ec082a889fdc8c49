/** The tool that runs a command: what it will really do is shown first, and exactly that is done (threats S4, S13 to S17). */
import * as z from 'zod';
import { type CommandPlan, type Fact, Refusal } from '../../ports.ts';
import { defineTool, type Effective, type Impossible, type ToolAnswer, type ToolContext } from '../../tool.ts';
import { meantBy, shownPath } from '../paths.ts';
import { reportOf } from './answer.ts';
import { createLiveReport } from './live.ts';
import { odditiesOf } from './oddities.ts';
import { saveFirst, unsavedOf } from './saved.ts';

const Input = z.strictObject({
  command: z
    .string()
    .min(1)
    .max(20_000)
    .describe('The command line. A program with plain arguments runs without a shell; anything else runs in /bin/sh.'),
  cwd: z
    .string()
    .max(4_096)
    .optional()
    .describe('Folder to run in, below the workspace; the first folder when absent.'),
  timeoutSeconds: z.number().min(1).max(600).optional().describe('Ask for less time than usual.'),
});
type Input = z.infer<typeof Input>;

/** What was shown of a call, and is done when it is approved. */
interface Prepared {
  readonly plan: CommandPlan;
  /** Milliseconds. */
  readonly deadline: number;
  /** Documents that are saved before. */
  readonly unsaved: readonly string[];
}

const prepared = new WeakMap<Effective, Prepared>();

export const runTool = defineTool<Input>({
  name: 'run',
  effect: 'runs',
  description:
    'Runs a command in a folder of the workspace and answers its exit code and output, of long output the beginning and the end. ' +
    'The developer is asked first and sees it in a terminal. Nobody can type into it, so use flags that ask nothing; after a time it is stopped with everything that it started, so it cannot leave a server running. ' +
    'Prefer one plain command to a line for the shell, and the other tools for reading, searching and editing files.',
  input: Input,
  isExclusive: true,
  async effective(context, input) {
    try {
      return await effectiveOf(context, input);
    } catch (error) {
      if (error instanceof Refusal) return { impossible: error.message };
      throw error;
    }
  },
  async run(context, _input, effective) {
    const known = prepared.get(effective);
    if (known === undefined) throw new Error('A command was to be run that was not prepared.');
    return run(context, known, effective.title);
  },
});

async function effectiveOf(context: ToolContext, input: Input): Promise<Effective | Impossible> {
  const folder = await meantBy(context, input.cwd ?? '.');
  if ('impossible' in folder) return folder;
  const plan = await context.shell.plan(input.command, folder.uri);
  const { chat } = await context.settings.forDocument(folder.uri);
  const seconds = Math.min(chat.commandTimeout, input.timeoutSeconds ?? chat.commandTimeout, mostSeconds);
  const unsaved = await unsavedOf(context);
  const oddities = odditiesOf(plan);
  const effective: Effective = {
    tool: 'run',
    effect: 'runs',
    title: `Run ${plan.line.replace(/\s+/g, ' ').trim().slice(0, 200)}`,
    facts: [...factsOf(plan), { name: 'Stopped after', value: `${seconds} seconds` }, ...savedFact(context, unsaved)],
    subjects: wordsOf(plan),
    isRememberable: oddities.length === 0,
    mustAsk: oddities,
  };
  prepared.set(effective, { plan, deadline: seconds * 1000, unsaved });
  return effective;
}

const mostSeconds = 600;

function factsOf(plan: CommandPlan): readonly Fact[] {
  const [program = '', ...words] = plan.argv;
  const what: readonly Fact[] = plan.isShell
    ? [{ name: 'Text for the shell', value: plan.line }]
    : [{ name: 'Command', value: plan.line }];
  const names = program === plan.calledAs ? [] : [{ name: 'Called as', value: plan.calledAs }];
  // Of a shell the text is shown already, and in the same way as it is given.
  const given = plan.isShell ? words.filter((word) => word !== plan.line) : words;
  return [
    ...what,
    { name: 'Program', value: program },
    ...names,
    ...given.map((value, index) => ({ name: `Argument ${index + 1}`, value })),
    { name: 'Folder', value: plan.cwd },
    { name: 'Variables', value: plan.environment.join(' ') },
    {
      ...{ name: 'Always set', value: plan.alwaysSet.join(' ') },
      inShort: `${plan.alwaysSet.length} variables, the same for every command`,
    },
    ...(/(?<![a-z])git/i.test(plan.line)
      ? [{ name: 'Git runs', value: 'without hooks, editor and file monitor' }]
      : []),
  ];
}

function savedFact(context: ToolContext, unsaved: readonly string[]): readonly Fact[] {
  if (unsaved.length === 0) return [];
  const name = context.documents.save === undefined ? 'Changed but not saved' : 'Saved first';
  return [{ name, value: unsaved.map((uri) => shownPath(context.files, uri)).join('\n') }];
}

/** As they were typed: the program by the name that a rule would give it. */
function wordsOf(plan: CommandPlan): readonly string[] {
  if (plan.isShell) return [plan.line];
  const [typed = ''] = plan.line.split(' ');
  const [program = '', ...words] = plan.argv;
  return [/['"]/.test(typed) ? program : typed, ...words];
}

async function run(context: ToolContext, { plan, deadline, unsaved }: Prepared, title: string): Promise<ToolAnswer> {
  const behind = await saveFirst(context, unsaved);
  context.signal.throwIfAborted();
  const terminal = context.people.terminal({ id: context.call, title });
  const live = createLiveReport(context, terminal);
  const closed = terminal.closed === undefined ? [] : [terminal.closed];
  const signal = AbortSignal.any([context.signal, ...closed]);
  try {
    const { output, ...ended } = await context.shell.run(plan, { signal, deadline, onOutput: live.push });
    if (context.signal.aborted) live.end('It was stopped.');
    context.signal.throwIfAborted();
    const cleaned = await context.outgoing.clean(output);
    const notes = behind === undefined ? [] : [behind];
    const text = reportOf({ ...ended, output: cleaned.text, deadline, notes });
    live.end(text.slice(0, text.indexOf('\n')));
    return { text, failed: ended.exitCode !== 0, isData: true, replaced: cleaned.replaced };
  } catch (error) {
    live.end('It was not run to its end.');
    if (error instanceof Refusal) return { text: error.message, failed: true, isData: false };
    throw error;
  }
}
