/** The text editor whose commands the model knows (API reference, "Text editor"): the caller has the files. */
import type {
  TextEditorTool20250124,
  TextEditorTool20250429,
  TextEditorTool20250728,
} from '../schema/requestClientTools.ts';
import { lazySchema, type StandardSchema } from '../schema/standard.ts';
import type { TextEditorInput, UndoEditInput } from '../schema/toolInputs.ts';
import type { Runnable, ToolContext } from './runnable.ts';
import { preparing, type ToolTraits, traitsOf, withBehaviour } from './tool.ts';

/** The tool by the date of its version. */
export interface TextEditors {
  /** The newest: it may cut what it shows. */
  readonly '20250728': TextEditorTool20250728;
  /** Without a command that takes an edit back. */
  readonly '20250429': TextEditorTool20250429;
  /** The oldest, with a command that takes an edit back. */
  readonly '20250124': TextEditorTool20250124;
}

/** What a version is called with: only the oldest takes edits back. */
export type TextEditorCommand<Version extends keyof TextEditors> = Version extends '20250124'
  ? TextEditorInput
  : Exclude<TextEditorInput, UndoEditInput>;

/** What the commands of the text editor tool do. */
export type TextEditorParts<Version extends keyof TextEditors> = Omit<TextEditors[Version], 'type' | 'name'> &
  ToolTraits & {
    /** The newest when absent. */
    readonly version?: Version;
    /**
     * Does it. `view` answers with the text, best with line numbers, cut to `max_characters`, or lists a directory;
     * `str_replace` must find its text exactly once. Throw when it does not, or for a path that is not to be touched:
     * which files may be named is yours to check.
     */
    readonly run: (command: TextEditorCommand<Version>, context: ToolContext) => unknown;
  };

/** A text editor: its definition, and how it is run. Commands are checked before `run`. */
export function textEditorTool<const Version extends keyof TextEditors = '20250728'>(
  parts: TextEditorParts<Version>,
): TextEditors[Version] & Runnable {
  const { version, run, readOnly, exclusive, ...options } = parts;
  const date = version ?? '20250728';
  const name = date === '20250124' ? 'str_replace_editor' : 'str_replace_based_edit_tool';
  const definition = { type: `text_editor_${date}`, name, ...options };
  // Type and name are those of the version, and the options were checked against it.
  const typed = definition as unknown as TextEditors[Version];
  return withBehaviour(typed, {
    ...traitsOf({ readOnly, exclusive }),
    prepare: preparing(schemaOf<Version>(date), run),
  });
}

function schemaOf<Version extends keyof TextEditors>(
  date: string,
): StandardSchema<unknown, TextEditorCommand<Version>> {
  const schema = lazySchema<TextEditorInput>(async () => {
    const { editorCommand, oldEditorCommand } = await import('./commands.ts');
    return date === '20250124' ? oldEditorCommand : editorCommand;
  });
  // Newer versions are checked without `undo_edit`, which is all that the types differ in.
  return schema as StandardSchema<unknown, TextEditorCommand<Version>>;
}
