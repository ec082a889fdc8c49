/** What the model calls the service's client tools with: their inputs have no schema in the request (API reference, "Text editor", "Bash", "Memory"). */

/** A part of a file, as first and last line, counted from 1. Last line -1: to the end. */
export type ViewRange = readonly [first: number, last: number];

/** Shows a file, best with line numbers, or lists a directory. */
export interface ViewInput {
  readonly command: 'view';
  readonly path: string;
  readonly view_range?: ViewRange;
}

/** Writes a file. */
export interface CreateInput {
  readonly command: 'create';
  readonly path: string;
  readonly file_text: string;
}

/** Replaces a text that must stand in the file exactly once: otherwise the answer is an error that says how often it does. */
export interface StrReplaceInput {
  readonly command: 'str_replace';
  readonly path: string;
  readonly old_str: string;
  /** Absent: the text is taken out. */
  readonly new_str?: string;
}

/** Adds lines. */
export interface InsertInput {
  readonly command: 'insert';
  readonly path: string;
  /** The line after which to add; 0 is the top of the file. */
  readonly insert_line: number;
  readonly insert_text: string;
}

/** Takes back the last edit of a file. Version 20250124 only. */
export interface UndoEditInput {
  readonly command: 'undo_edit';
  readonly path: string;
}

/** Input of the tools `text_editor_…`. It comes from the model: check it, and which files it may name. */
export type TextEditorInput = ViewInput | CreateInput | StrReplaceInput | InsertInput | UndoEditInput;

/** Input of `bash_20250124`: a command for the one shell that lives on, or a new shell. */
export type BashInput = { readonly command: string; readonly restart?: false } | { readonly restart: true };

/** Removes a file, or a directory with all that is in it. */
export interface DeleteInput {
  readonly command: 'delete';
  readonly path: string;
}

export interface RenameInput {
  readonly command: 'rename';
  readonly old_path: string;
  readonly new_path: string;
}

/** Input of `memory_20250818`. Paths are below `/memories`: refuse those that lead out of it. */
export type MemoryInput = ViewInput | CreateInput | StrReplaceInput | InsertInput | DeleteInput | RenameInput;
