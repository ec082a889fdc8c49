/** Reads what a model calls the chat's edit tool with: one change or several in one file, or a new file. Pure. */
import { callOf, growingCall, type Step } from './calls.ts';

export type ChatCall =
  | { readonly kind: 'change'; readonly path: string; readonly steps: readonly Step[] }
  | { readonly kind: 'create'; readonly path: string; readonly text: string }
  | { readonly kind: 'view'; readonly path: string };

/** Changes while they come: all of `steps` are whole but the last one, where `isOpen`. */
export interface GrowingCall {
  readonly path: string;
  readonly steps: readonly Step[];
  readonly isOpen: boolean;
}

interface Fields {
  readonly [field: string]: unknown;
  readonly edits?: unknown;
}

/** More than these in one call are no edit any more. */
const mostSteps = 500;

/** The whole call, or what is wrong with it as the model is told. */
export function chatCallOf(value: unknown): ChatCall | { readonly problem: string } {
  const several = severalOf(value);
  if (several !== undefined) return several;
  const call = callOf(value, '');
  if ('problem' in call) return { problem: call.problem.replace('create.', 'create, edits.') };
  if (call.path.trim() === '') return { problem: 'path is missing: name the file from the workspace folder.' };
  const { command, path } = call;
  if (command === 'view') return { kind: 'view', path };
  if (command === 'create') return { kind: 'create', path, text: call.text };
  return { kind: 'change', path, steps: [call] };
}

/** What can be done of a call that still comes; undefined as long as nothing can. */
export function growingChatCall(value: unknown): GrowingCall | undefined {
  const list = editsIn(value);
  if (list === undefined) {
    const call = growingCall(value, '');
    if (call === undefined || call.command === 'view' || call.command === 'create') return undefined;
    return { path: call.path, steps: [call], isOpen: true };
  }
  const path = pathIn(value);
  if (path === undefined) return undefined;
  const whole = list.slice(0, -1).flatMap((one) => stepOf(one, path) ?? []);
  // One that cannot be read holds up what comes behind it: the call as a whole tells what is wrong.
  if (whole.length < list.length - 1) return undefined;
  const last = growingCall({ path, ...fieldsOf(list.at(-1)) }, path);
  const isOpen = last !== undefined && (last.command === 'str_replace' || last.command === 'insert');
  return { path, steps: isOpen ? [...whole, last] : whole, isOpen };
}

/** A new file while its text comes: only with another field behind it its path is whole. */
export function comingFile(value: unknown): { readonly path: string; readonly text: string } | undefined {
  const call = callOf(value, '');
  if ('problem' in call || call.command !== 'create' || call.path.trim() === '') return undefined;
  return Object.values(fieldsOf(value)).at(-1) === call.text ? call : undefined;
}

function severalOf(value: unknown): ChatCall | { readonly problem: string } | undefined {
  const list = editsIn(value);
  if (list === undefined) return undefined;
  const path = pathIn(value);
  if (path === undefined) return { problem: 'path is missing: name the file from the workspace folder.' };
  if (list.length === 0) return { problem: 'edits is empty: give at least one { old_str, new_str }.' };
  if (list.length > mostSteps)
    return { problem: `edits has ${list.length} parts; at most ${mostSteps} go in one call.` };
  const steps = list.map((one) => stepOf(one, path));
  const bad = steps.indexOf(undefined);
  if (bad >= 0)
    return { problem: `edits[${bad}] is no edit: each needs old_str and new_str, or insert_line and insert_text.` };
  return { kind: 'change', path, steps: steps.filter((step) => step !== undefined) };
}

function stepOf(value: unknown, path: string): Step | undefined {
  const call = callOf({ ...fieldsOf(value) }, path);
  return 'problem' in call || call.command === 'view' || call.command === 'create' ? undefined : call;
}

function editsIn(value: unknown): readonly unknown[] | undefined {
  const { edits } = fieldsOf(value);
  if (Array.isArray(edits)) return edits;
  // A list that was written as text.
  const read: unknown = typeof edits === 'string' ? parsed(edits) : undefined;
  return Array.isArray(read) ? read : undefined;
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

function pathIn(value: unknown): string | undefined {
  // With a command of no consequence: only the path is asked for, however it is spelled.
  const call = callOf({ ...fieldsOf(value), command: 'view' }, '');
  return 'problem' in call || call.path.trim() === '' ? undefined : call.path;
}

function fieldsOf(value: unknown): Fields {
  return typeof value === 'object' && value !== null && !Array.isArray(value) ? (value as Fields) : {}; // As asked.
}
