/** What can be done to code by a code action: the built-in list, with the words that the model gets. */
import type { EditTarget } from '#shared/edits.ts';
import { type Context, type OwnAction, Refusal } from '../../ports.ts';

export interface EditAction {
  /** As `gloss.edit` takes it. */
  readonly id: string;
  /** As the menu shows it: short, without a brand. */
  readonly title: string;
  /** Code action kind (LSP section "Code Action Kind"). */
  readonly kind: string;
  /** Which setting turns it off. */
  readonly family: 'quickfix' | 'rewrite' | 'extract' | 'custom';
  /** What the model is asked. */
  readonly task: string;
  /** Language ids where it is offered; everywhere when absent. */
  readonly languages?: readonly string[];
  /** `selection`: offered where something is selected only; `symbol`: the function or class around an empty selection. */
  readonly scope?: 'selection' | 'symbol';
}

const rewrite = 'refactor.rewrite.gloss';

/** Only where something is wrong. */
export const fixAction: EditAction = {
  id: 'fix',
  title: 'Fix Problem',
  kind: 'quickfix.gloss',
  family: 'quickfix',
  task: 'Fix the problems that are listed, at their cause and with the smallest change that does it. Do not silence them by comments, casts or by removing what is reported.',
};

/** By an instruction of the person. */
export const instructAction: EditAction = {
  id: 'instruct',
  title: 'Edit with Instruction…',
  kind: `${rewrite}.instruct`,
  family: 'rewrite',
  task: 'Do what the instruction says, and nothing else.',
};

const untyped = ['typescript', 'typescriptreact', 'javascript', 'javascriptreact', 'python', 'php', 'ruby'];

export const builtInActions: readonly EditAction[] = [
  fixAction,
  {
    id: 'simplify',
    title: 'Simplify',
    kind: `${rewrite}.simplify`,
    family: 'rewrite',
    task: 'Make this code simpler to read without changing what it does: fewer branches and levels (guard clauses), less repetition, no dead code. Keep its name, its parameters and its behaviour at the edges.',
  },
  {
    id: 'extract',
    title: 'Extract to Function',
    kind: 'refactor.extract.gloss',
    family: 'extract',
    scope: 'selection',
    task: 'Move the selected code into a function of its own with a clear name, beside the one that it is in, and call it from where it was. Pass what it needs and return what is used afterwards. Behaviour stays.',
  },
  {
    id: 'rename',
    title: 'Rename for Clarity',
    kind: `${rewrite}.rename`,
    family: 'rewrite',
    task: 'Find a clearer name for the symbol that is marked. Answer with the new name alone in backticks, in the convention of the language. If its name is clear already, answer with that name.',
  },
  {
    id: 'types',
    title: 'Add Types',
    kind: `${rewrite}.types`,
    family: 'rewrite',
    languages: untyped,
    task: 'Add precise types to the parameters, results and variables that have none, in the way of the language (JSDoc where it has no types of its own). Change nothing else.',
  },
  {
    id: 'document',
    title: 'Write Documentation',
    kind: `${rewrite}.document`,
    family: 'rewrite',
    task: 'Write the documentation comment of this code in the style of the language and of the file: what it is for, parameters with their meaning, what comes back, what it throws. Say nothing that the code does not show. Change no code.',
  },
  {
    id: 'errors',
    title: 'Handle Errors',
    kind: `${rewrite}.errors`,
    family: 'rewrite',
    task: 'Handle what can go wrong in this code and is not handled: bad input, failing calls, missing values. Use the way in which the file handles errors. Never swallow one.',
  },
  {
    id: 'modernise',
    title: 'Modernise',
    kind: `${rewrite}.modernise`,
    family: 'rewrite',
    task: 'Replace outdated constructs and APIs by what the language offers today, as far as the file shows that it may be used. Behaviour stays.',
  },
  {
    id: 'tests',
    title: 'Write Tests',
    kind: `${rewrite}.tests`,
    family: 'rewrite',
    task: 'Write tests for this code in a new file, at the place and with the framework and style that the workspace uses: the usual case, the edges, the errors. Use the command `create`, with a path from the workspace folder. Change no other file.',
  },
  {
    id: 'comments',
    title: 'Translate Comments',
    kind: `${rewrite}.comments`,
    family: 'rewrite',
    task: 'Translate the comments of this code into the language that is named below. Leave code, names, string literals and directives (such as eslint or noqa lines) untouched.',
  },
  instructAction,
];

/** The action that is asked for; `custom:` and a name means a file of the workspace. */
export async function actionFor(
  { customActions }: Pick<Context, 'customActions'>,
  { action, uri, instruction }: Pick<EditTarget, 'action' | 'uri' | 'instruction'>,
): Promise<EditAction> {
  if (action === instructAction.id && instruction === undefined)
    throw new Refusal('Say what is to be done: this action needs an instruction.', 'instruction');
  const builtIn = builtInActions.find(({ id }) => id === action);
  if (builtIn !== undefined) return builtIn;
  const own = (await customActions.for(uri)).find(({ id }) => id === action);
  if (own !== undefined) return toEditAction(own);
  throw new Refusal(`There is no action ${JSON.stringify(action).slice(0, 100)} here.`, 'action');
}

/** An action of the person's own as one of ours. */
export function toEditAction({ id, title, instruction, languages, scope }: OwnAction): EditAction {
  return {
    id,
    title,
    kind: `${rewrite}.custom`,
    family: 'custom',
    task: instruction,
    ...(languages === undefined ? {} : { languages }),
    ...(scope === 'selection' ? { scope } : {}),
  };
}
