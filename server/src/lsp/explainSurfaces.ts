/** Explanations as code actions: what can be asked and done at a place. Nothing here makes a paid call. */
import {
  type ClientCapabilities,
  type CodeAction,
  type CodeActionParams,
  CodeActionTag,
  type Diagnostic,
} from 'vscode-languageserver/node';
import { clientCommands, serverCommands } from '#shared/commands.ts';
import type { ExplainCommand, ExplainTarget } from '#shared/explain.ts';
import type { AnnotateTarget, ExplanationSummary } from '#shared/explanations.ts';
import type { GlossCapabilities } from '#shared/initialization.ts';
import type { Settings } from '#shared/settings.ts';
import type { Snapshot } from '../ports.ts';
import { explainKind } from './capabilities.ts';
import { isWanted, toProblem } from './editSurfaces.ts';
import { explainedAt } from './explainedAt.ts';
import type { LensCommands } from './explainLenses.ts';
import { fewWords } from './plainWords.ts';

export interface ExplainParts {
  readonly client: ClientCapabilities;
  readonly gloss: GlossCapabilities;
  readonly settings: Settings;
  readonly document: Snapshot;
  /** Those of the document. */
  readonly explanations: readonly ExplanationSummary[];
}

/** VS Code has commands of its own, which open threads; other clients get the server's. */
function commandsOf({ connection }: GlossCapabilities) {
  const { explain, annotate } = serverCommands;
  const { explainHere, explainProblem, annotateHere } = clientCommands;
  return connection
    ? { explain: explainHere, problem: explainProblem, annotate: annotateHere }
    : { explain, problem: explain, annotate };
}

/** What lenses call. VS Code's threads are there already: nothing else has to show them. */
export function lensCommandsOf(gloss: GlossCapabilities): LensCommands {
  return { explain: commandsOf(gloss).explain, show: gloss.connection ? undefined : serverCommands.showExplanation };
}

/** What can be asked and done at a place. Never preferred. */
export function explainActions(parts: ExplainParts, params: CodeActionParams): readonly CodeAction[] {
  const offered = [
    explain(parts, params),
    ...problems(parts, params),
    ...lineNotes(parts, params),
    ...(parts.gloss.connection ? [] : onlyHere(parts, params)),
  ];
  return offered.filter(({ kind }) => isWanted(kind ?? '', params)).map((action) => tagged(action, parts.client));
}

function explain({ document, settings, gloss }: ExplainParts, { range }: CodeActionParams): CodeAction {
  const target: ExplainTarget = { uri: document.uri, range, level: settings.explain.level };
  return actionOf('Explain', explainKind, commandsOf(gloss).explain, target);
}

/** More on one line than anybody asks about. */
const mostProblems = 5;

function problems({ document, settings, gloss }: ExplainParts, { context }: CodeActionParams): readonly CodeAction[] {
  const shown = context.diagnostics.slice(0, mostProblems);
  return shown.map((diagnostic) => {
    const problem = toProblem(diagnostic);
    const target: ExplainTarget = {
      ...{ uri: document.uri, range: diagnostic.range, level: settings.explain.level },
      subject: { kind: 'problem', problem },
    };
    const title = shown.length === 1 ? 'Explain Problem' : `Explain Problem: ${fewWords(problem.message, 60)}`;
    const action = actionOf(title, `${explainKind}.problem`, commandsOf(gloss).problem, target);
    return { ...action, diagnostics: [diagnostic] satisfies Diagnostic[] };
  });
}

/** To put there, or to take away: those of a place are not put twice. */
function lineNotes(
  { document, client, gloss, explanations }: ExplainParts,
  { range }: CodeActionParams,
): readonly CodeAction[] {
  // Nobody should pay for notes that they cannot see.
  const canBeSeen = gloss.connection || client.textDocument?.inlayHint !== undefined;
  const notes = explanations.filter(({ kind }) => kind === 'notes');
  const isThere = notes.some(
    (each) => each.range.start.line <= range.end.line && range.start.line <= each.range.end.line,
  );
  const place: AnnotateTarget = { uri: document.uri, range };
  const ids = notes.map(({ id }) => id);
  const hiding = gloss.connection
    ? actionOf('Hide Line Notes', hideKind, clientCommands.hideLineNotes)
    : actionOf('Hide Line Notes', hideKind, serverCommands.dismissExplanations, { ids });
  return [
    ...(isThere || !canBeSeen
      ? []
      : [actionOf('Add Line Notes', `${explainKind}.notes`, commandsOf(gloss).annotate, place)]),
    ...(notes.length === 0 ? [] : [hiding]),
  ];
}

const hideKind = `${explainKind}.hideNotes`;

/** For editors without menus, threads and keys of ours. */
function onlyHere(parts: ExplainParts, { range }: CodeActionParams): readonly CodeAction[] {
  const { document, settings } = parts;
  const file: ExplainTarget = {
    ...{ uri: document.uri, range, level: settings.explain.level },
    subject: { kind: 'file' },
  };
  return [
    ...ofExplained(parts, range.start.line),
    actionOf('Explain File', `${explainKind}.file`, serverCommands.explain, file),
  ];
}

/** What can be done with the explanation that a place has. */
function ofExplained({ document, explanations }: ExplainParts, line: number): readonly CodeAction[] {
  const found = explainedAt(explanations, line);
  if (found === undefined) return [];
  const { id, kind, range, state, level } = found;
  const again = { uri: document.uri, range };
  const deeper: ExplainCommand = { ...again, level: 'deep' };
  const fresh: ExplainCommand = { ...again, level, fresh: true };
  // A problem or a change is asked about again where it is shown.
  const isCode = kind === 'code';
  return [
    actionOf('Show Explanation', `${explainKind}.show`, serverCommands.showExplanation, { id }),
    ...(isCode && level !== 'deep'
      ? [actionOf('Explain in Depth', `${explainKind}.deep`, serverCommands.explain, deeper)]
      : []),
    ...(isCode && state === 'changed'
      ? [actionOf('Refresh Explanation', `${explainKind}.refresh`, serverCommands.explain, fresh)]
      : []),
    actionOf('Dismiss Explanation', `${explainKind}.dismiss`, serverCommands.dismissExplanations, { ids: [id] }),
  ];
}

function actionOf(title: string, kind: string, command: string, ...given: readonly object[]): CodeAction {
  return { title, kind, command: { title, command, arguments: [...given] } };
}

const asking: ReadonlySet<string> = new Set(['', 'problem', 'notes', 'file', 'deep', 'refresh']);

/** Says of the actions that ask a model that they do. */
function tagged(action: CodeAction, client: ClientCapabilities): CodeAction {
  const isAsking = asking.has((action.kind ?? '').slice(explainKind.length + 1));
  const tag: CodeActionTag = CodeActionTag.LLMGenerated;
  const canTell = client.textDocument?.codeAction?.tagSupport?.valueSet.includes(tag) === true;
  return isAsking && canTell ? { ...action, tags: [tag] } : action;
}
