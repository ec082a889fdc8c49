/** What else the editor's own language support knows of code: where names are defined, and which problems there are. */
import * as z from 'zod';
import { Position, Range, Uri } from './place.ts';
import { Problem } from './problem.ts';
import { request } from './request.ts';

export const Location = z.strictObject({ uri: Uri, range: Range });
export type Location = z.infer<typeof Location>;

export const definitionsRequest = request({
  method: 'gloss/definitions',
  from: 'server',
  summary:
    'Asks where the names at some positions of an open document are defined; null for each that the editor does not know.',
  params: z.strictObject({ uri: Uri, positions: z.array(Position).max(60) }),
  result: z.array(Location.nullable()).max(60),
});

export const problemsRequest = request({
  method: 'gloss/problems',
  from: 'server',
  summary: 'Asks which problems the editor shows in a range of a document.',
  params: z.strictObject({ uri: Uri, range: Range }),
  result: z.array(Problem).max(100),
});
