/** Edits through standard LSP: code actions, resolved when they are chosen. Listing them costs nothing and asks nobody. */
import {
  type ClientCapabilities,
  type CodeAction,
  type CodeActionParams,
  CodeActionTag,
  CodeActionTriggerKind,
  type Diagnostic,
} from 'vscode-languageserver/node';
import { clientCommands, serverCommands } from '#shared/commands.ts';
import { EditTarget } from '#shared/edits.ts';
import type { GlossCapabilities } from '#shared/initialization.ts';
import type { Problem } from '#shared/problem.ts';
import type { Settings } from '#shared/settings.ts';
import {
  builtInActions,
  type EditAction,
  fixAction,
  instructAction,
  toEditAction,
} from '../features/refactor/actions.ts';
import type { OwnAction, Snapshot } from '../ports.ts';

const llmGenerated: CodeActionTag = CodeActionTag.LLMGenerated;

export interface EditSurfaceParts {
  readonly client: ClientCapabilities;
  readonly gloss: GlossCapabilities;
  readonly settings: Settings;
  readonly own: readonly OwnAction[];
  readonly document: Snapshot;
}

/** An editor asks by itself wherever the cursor goes: nobody wants anything there yet. */
export function isPassing({ range, context }: CodeActionParams): boolean {
  return isEmptyRange(range) && context.triggerKind === CodeActionTriggerKind.Automatic;
}

function isEmptyRange({ start, end }: CodeActionParams['range']): boolean {
  return start.line === end.line && start.character === end.character;
}

/** An editor may ask for some kinds only. */
export function isWanted(kind: string, { context }: CodeActionParams): boolean {
  return context.only?.some((only) => only === '' || only === kind || kind.startsWith(`${only}.`)) ?? true;
}

/** What can be done at a place, where the person asks for actions: not on every line that the cursor passes. */
export function editActions(parts: EditSurfaceParts, params: CodeActionParams): readonly CodeAction[] {
  const { range, context } = params;
  const isEmpty = isEmptyRange(range);
  const own = parts.own.map(toEditAction);
  return [...builtInActions, ...own]
    .filter(
      (action) =>
        isWanted(action.kind, params) && isOffered(action, parts, { isEmpty, problems: context.diagnostics.length }),
    )
    .map((action) => toCodeAction(action, parts, range, context.diagnostics));
}

function isOffered(
  action: EditAction,
  { settings, gloss, document }: EditSurfaceParts,
  { isEmpty, problems }: { readonly isEmpty: boolean; readonly problems: number },
): boolean {
  if (!settings.codeActions[action.family]) return false;
  if (action.id === fixAction.id && problems === 0) return false;
  // The other clients have no way to ask for the instruction: they name it in the command.
  if (action.id === instructAction.id && !gloss.pendingEdits) return false;
  if (action.scope === 'selection' && isEmpty) return false;
  return action.languages?.includes(document.languageId) ?? true;
}

/** Never preferred: what a language server really knows stands above it. */
function toCodeAction(
  action: EditAction,
  { client, gloss, settings, document }: EditSurfaceParts,
  range: CodeActionParams['range'],
  diagnostics: readonly Diagnostic[],
): CodeAction {
  const problems = action.id === fixAction.id ? { problems: diagnostics.slice(0, 100).map(toProblem) } : {};
  const target: EditTarget = { action: action.id, uri: document.uri, range, version: document.version, ...problems };
  const can = client.textDocument?.codeAction;
  const head = {
    title: action.title,
    kind: action.kind,
    ...(action.id === fixAction.id ? { diagnostics: [...diagnostics] } : {}),
    ...(can?.tagSupport?.valueSet.includes(llmGenerated) === true ? { tags: [llmGenerated] } : {}),
  };
  if (gloss.pendingEdits && (settings.edit.review === 'inEditor' || action.id === instructAction.id)) {
    const command = action.id === instructAction.id ? clientCommands.editHere : clientCommands.runEdit;
    return { ...head, command: { title: action.title, command, arguments: [target] } };
  }
  const isLazy = can?.resolveSupport?.properties.includes('edit') === true && can.dataSupport === true;
  if (isLazy) return { ...head, data: target };
  return { ...head, command: { title: action.title, command: serverCommands.edit, arguments: [target] } };
}

/** A diagnostic as far as we use it. */
export function toProblem({ range, message, severity, source, code }: Diagnostic): Problem {
  return {
    range,
    message: (typeof message === 'string' ? message : message.value).slice(0, 4_000),
    ...(severity === undefined ? {} : { severity }),
    ...(source === undefined ? {} : { source: source.slice(0, 200) }),
    ...(code === undefined ? {} : { code: String(code).slice(0, 200) }),
  };
}

/** What a code action that comes back to be resolved was made from: from anywhere, so it is parsed (threats S36). */
export function targetOf({ data }: CodeAction): EditTarget {
  return EditTarget.parse(data);
}
