/** The tool by which the model edits: the commands of the text editor that it knows, as a tool of our own so that its input streams (API, "Tools", `eager_input_streaming`). */

/** The newest models refuse a forced tool choice, so nothing forces it: an answer without a call is an answer. */
export const editTool = {
  name: 'str_replace_based_edit_tool',
  description:
    'Views and edits text files of the workspace. `str_replace` replaces the one place where old_str stands by new_str (none: the place is deleted). `insert` puts insert_text after line insert_line (0: before the first). `create` makes a new file. `view` shows a file with line numbers. Edits are shown to the developer, who accepts or rejects them.',
  input_schema: {
    type: 'object',
    properties: {
      command: { type: 'string', enum: ['view', 'str_replace', 'insert', 'create'] },
      path: { type: 'string', description: 'The file, as it is named in the question or from the workspace folder.' },
      old_str: { type: 'string', description: 'Of str_replace: whole lines that stand exactly once in the file.' },
      new_str: { type: 'string', description: 'Of str_replace: what stands there instead.' },
      insert_line: { type: 'integer', description: 'Of insert: the line after which the text goes.' },
      insert_text: { type: 'string', description: 'Of insert: whole lines.' },
      file_text: { type: 'string', description: 'Of create: the whole file.' },
      view_range: { type: 'array', items: { type: 'integer' }, description: 'Of view: first and last line, from 1.' },
    },
    required: ['command', 'path'],
  },
  eager_input_streaming: true,
} as const;
