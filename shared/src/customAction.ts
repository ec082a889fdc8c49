/** An action of the person's own: a JSON file in the folder `.gloss/actions` of the workspace. */
import * as z from 'zod';

export const CustomAction = z.strictObject({
  $schema: z.string().optional(),
  /** As the menu shows it. */
  title: z.string().trim().min(1).max(80).describe('What the menu shows, such as "Use Our Logger".'),
  instruction: z
    .string()
    .trim()
    .min(1)
    .max(20_000)
    .describe('What is to be done with the selected code, or with the function or class at the cursor.'),
  languages: z
    .array(z.string().max(100))
    .max(100)
    .optional()
    .describe('Language ids where it is offered, such as "typescript". Everywhere when absent.'),
  scope: z
    .enum(['selection', 'any'])
    .optional()
    .describe('"selection": offered only where something is selected. "any", the default: also at the cursor.'),
});
export type CustomAction = z.infer<typeof CustomAction>;

/** Below a workspace folder, with forward slashes. */
export const customActionFolder = '.gloss/actions';
