/** The demo's answer to an edit that the editor asks for: a sentence, and calls of its tool. */
import type { MessagesBody } from '../body.ts';
import { disclaimer } from '../wording.ts';
import { again } from './again.ts';
import { isAsBalanced } from './balance.ts';
import { callsFor, type EditInput } from './calls.ts';
import { applied, tidied } from './changes.ts';
import { comments } from './comments.ts';
import { document } from './document.ts';
import { errors } from './errors.ts';
import { extract } from './extract.ts';
import { fix } from './fix.ts';
import { instruct } from './instruct.ts';
import type { Action, Job, Outcome } from './job.ts';
import { modernise } from './modernise.ts';
import { nameAction } from './naming.ts';
import { rename } from './rename.ts';
import { simplify } from './simplify.ts';
import { createSource } from './source.ts';
import { type EditTask, taskIn } from './task.ts';
import { tests } from './tests.ts';
import { types } from './types.ts';

const editTool = 'str_replace_based_edit_tool';

export interface EditStep {
  readonly text: string;
  readonly calls: readonly { readonly name: string; readonly input: EditInput }[];
}

/** Undefined where no edit is asked for. */
export function editStep({ messages, tools = [], tool_choice: choice }: MessagesBody): EditStep | undefined {
  const isOffered = tools.some(({ name, input_schema: schema }) => name === editTool && schema !== undefined);
  // Who wants a name offers no tool.
  const isNaming = tools.length === 0;
  const isMeant = choice?.type !== 'none' && (choice?.type !== 'tool' || choice.name === editTool);
  const task = (isOffered && isMeant) || isNaming ? taskIn(messages) : undefined;
  if (task === undefined || (isNaming && task.action !== 'rename' && task.action !== 'name')) return undefined;
  const most = choice?.disable_parallel_tool_use === true ? 1 : undefined;
  const { text, inputs } = again(messages, task, editTool) ?? firstAnswer(task, most);
  return { text: `${text}${disclaimer}`, calls: inputs.map((input) => ({ name: editTool, input })) };
}

const actions: Readonly<Record<string, Action>> = {
  simplify,
  document,
  types,
  errors,
  modernise,
  comments,
  extract,
  rename,
  name: nameAction,
  tests,
  fix,
  instruct,
};

/** Longer files are not looked at. */
const longestFile = 4_000_000;

interface Said {
  /** With what parts it from the disclaimer. */
  readonly text: string;
  readonly inputs: readonly EditInput[];
}

/** @param most - So many calls at most. */
function firstAnswer(task: EditTask, most?: number): Said {
  const { file, path } = task;
  if (file.lines.reduce((sum, line) => sum + line.length + 1, 0) > longestFile)
    return { text: 'The file is too long for the rules. ', inputs: [] };
  const outcome = outcomeOf(task);
  // The name alone stands on the first line.
  if (outcome.name !== undefined) return { text: `\`${outcome.name}\`\n\n`, inputs: [] };
  const text = `${outcome.text} `;
  if (outcome.create !== undefined)
    return { text, inputs: [{ command: 'create', path: outcome.create.path, file_text: outcome.create.text }] };
  const { changes = [] } = outcome;
  const after = applied(file.lines, tidied(file.lines, changes)).join('\n');
  if (changes.length > 0 && !isAsBalanced(file.lines.join('\n'), after, file.language))
    return { text: 'The rules would leave a bracket open here, so they change nothing. ', inputs: [] };
  return { text, inputs: callsFor({ path, lines: file.lines, firstLine: file.firstLine }, changes, most) };
}

/** What the action makes of it, before it is looked at as a whole. */
export function outcomeOf(task: EditTask): Outcome {
  const { file, path, action } = task;
  const source = createSource(path, file.language, file.lines);
  const last = Math.max(0, file.lines.length - 1);
  const from = Math.min(last, Math.max(0, task.from - 1 - file.firstLine));
  const to = Math.min(last, Math.max(from, task.to - 1 - file.firstLine));
  const job: Job = { task, source, from, to };
  const own = Object.hasOwn(actions, action) ? actions[action] : action.startsWith('custom:') ? instruct : undefined;
  return own === undefined ? { text: 'The rules do not know this action.' } : own(job);
}
