/** A problem that the editor shows: an LSP Diagnostic, reduced to what a model needs. */
import * as z from 'zod';
import { Range } from './place.ts';

/** A diagnostic of the editor, as far as an edit needs it. */
export const Problem = z.strictObject({
  range: Range,
  message: z.string().max(4_000),
  /** LSP DiagnosticSeverity: 1 error, 2 warning, 3 information, 4 hint. */
  severity: z.int().min(1).max(4).optional(),
  source: z.string().max(200).optional(),
  code: z.string().max(200).optional(),
});
export type Problem = z.infer<typeof Problem>;
