/** Writes schemas/action.schema.json, by which editors check and complete a person's own actions, from the zod schema. */
import { mkdirSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import * as z from 'zod';
import { CustomAction } from '#shared/customAction.ts';

export const file = path.resolve(import.meta.dirname, '../schemas/action.schema.json');

/** What an editor offers in an empty file. */
const snippet = {
  label: 'Action of your own',
  description: 'A code action with your instruction.',
  body: { title: '$1', instruction: '$2' },
};

export function actionSchema(): string {
  const { $schema, ...rest } = z.toJSONSchema(CustomAction, { io: 'input', target: 'draft-7' });
  const head = { $schema, title: 'Action of your own for Gloss', defaultSnippets: [snippet] };
  const text = JSON.stringify({ ...head, ...rest }, undefined, 2);
  return `${text.replace(/\[\s+("[^[\]{}]*")\s+\]/g, oneLine)}\n`;
}

/** Short lists stand on one line, as the formatter has them. */
function oneLine(_list: string, items: string): string {
  return `[${items.replace(/\s*\n\s*/g, ' ')}]`;
}

if (process.argv[1] === import.meta.filename) {
  mkdirSync(path.dirname(file), { recursive: true });
  writeFileSync(file, actionSchema());
}
