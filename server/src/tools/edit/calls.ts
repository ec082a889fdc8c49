/** Reads what a model calls the edit tool with, as far as it has come and however it spells it. Pure. */

/** A change of one place. */
export type Step =
  | { readonly command: 'str_replace'; readonly old: string; readonly text: string }
  | { readonly command: 'insert'; readonly line: number; readonly text: string };

export type Call = { readonly path: string } & (
  | Step
  | { readonly command: 'view'; readonly range: readonly number[] | undefined }
  | { readonly command: 'create'; readonly text: string }
);

/** Other names for the fields that models use. */
const names = {
  command: ['command', 'cmd', 'action'],
  path: ['path', 'file_path', 'file', 'filename', 'filepath'],
  old: ['old_str', 'old_string', 'old_text', 'oldString', 'old', 'search'],
  replacement: ['new_str', 'new_string', 'new_text', 'newString', 'new', 'replace', 'replacement'],
  line: ['insert_line', 'line'],
  inserted: ['insert_text', 'text', 'new_str', 'new_string'],
  file: ['file_text', 'content', 'contents', 'text'],
  range: ['view_range', 'range'],
} as const;
type Field = keyof typeof names;

type Fields = Readonly<Record<string, unknown>>;

/** The whole call, or what is wrong with it as the model is told. A path that is missing means the file that the question is about. */
export function callOf(value: unknown, defaultPath: string): Call | { readonly problem: string } {
  if (typeof value !== 'object' || value === null || Array.isArray(value))
    return { problem: 'The input is not a JSON object.' };
  const fields = value as Fields; // An object that is no array.
  const path = stringOf(fields, 'path') ?? defaultPath;
  switch (commandOf(fields)) {
    case 'view':
      return { command: 'view', path, range: rangeOf(fields) };
    case 'str_replace': {
      const old = stringOf(fields, 'old');
      if (old === undefined) return { problem: 'old_str is missing: give the lines that are to be replaced.' };
      return { command: 'str_replace', path, old, text: stringOf(fields, 'replacement') ?? '' };
    }
    case 'insert': {
      const line = numberOf(fields, 'line');
      const text = stringOf(fields, 'inserted');
      if (line === undefined || text === undefined)
        return { problem: 'insert needs insert_line (a number) and insert_text.' };
      return { command: 'insert', path, line, text };
    }
    case 'create': {
      const text = stringOf(fields, 'file');
      return text === undefined ? { problem: 'create needs file_text.' } : { command: 'create', path, text };
    }
    default:
      return { problem: 'The command is none of view, str_replace, insert, create.' };
  }
}

/** An edit whose place is settled while its text still comes: only fields with another one behind them are whole, and a path may still follow. */
export function growingCall(value: unknown, defaultPath: string): Call | undefined {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return undefined;
  const fields = value as Fields; // As above.
  const last = Object.keys(fields).at(-1) ?? '';
  if (fieldOf(fields, 'path') === undefined) return undefined;
  const command = commandOf(fields);
  const growing = command === 'str_replace' ? names.replacement : command === 'insert' ? names.inserted : [];
  if (!growing.some((name) => name === last)) return undefined;
  const call = callOf(fields, defaultPath);
  return 'problem' in call ? undefined : call;
}

/** Without a command the fields tell which one is meant. */
function commandOf(fields: Fields): string | undefined {
  const named = stringOf(fields, 'command')?.toLowerCase().replace(/[\s-]/g, '_');
  if (named === 'replace' || named === 'edit' || named === 'str_replace') return 'str_replace';
  if (named === 'write' || named === 'create') return 'create';
  if (named !== undefined) return named;
  if (fieldOf(fields, 'old') !== undefined) return 'str_replace';
  if (fieldOf(fields, 'line') !== undefined) return 'insert';
  return fields['file_text'] === undefined ? undefined : 'create';
}

function fieldOf(fields: Fields, field: Field): unknown {
  const name = names[field].find((one) => Object.hasOwn(fields, one));
  return name === undefined ? undefined : fields[name];
}

function stringOf(fields: Fields, field: Field): string | undefined {
  const value = fieldOf(fields, field);
  if (typeof value === 'string') return value;
  // Lines as a list are lines.
  return Array.isArray(value) && value.every((line) => typeof line === 'string') ? value.join('\n') : undefined;
}

function numberOf(fields: Fields, field: Field): number | undefined {
  const value = fieldOf(fields, field);
  const number = typeof value === 'string' && value.trim() !== '' ? Number(value) : value;
  return typeof number === 'number' && Number.isInteger(number) && number >= 0 ? number : undefined;
}

function rangeOf(fields: Fields): readonly number[] | undefined {
  const value = fieldOf(fields, 'range');
  return Array.isArray(value) && value.length === 2 && value.every(Number.isInteger) ? value : undefined;
}
