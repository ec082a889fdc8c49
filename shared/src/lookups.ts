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
    'Asks where the names at some positions of a document are defined; null for each that the editor does not know. With `open` a document of the workspace that is not open is opened, without showing it.',
  params: z.strictObject({ uri: Uri, positions: z.array(Position).max(60), open: z.boolean().optional() }),
  result: z.array(Location.nullable()).max(60),
});

export const problemsRequest = request({
  method: 'gloss/problems',
  from: 'server',
  summary: 'Asks which problems the editor shows in a range of a document.',
  params: z.strictObject({ uri: Uri, range: Range }),
  result: z.array(Problem).max(100),
});

export const referencesRequest = request({
  method: 'gloss/references',
  from: 'server',
  summary: 'Asks where the name at a position is used, its declaration among them; null when no provider answers.',
  params: z.strictObject({ uri: Uri, position: Position }),
  /** At most 2,000. */
  result: z.array(Location).max(2_000).nullable(),
});

export const hoverRequest = request({
  method: 'gloss/hover',
  from: 'server',
  summary: 'Asks what the editor shows of the name at a position, as plain text; null when it shows nothing.',
  params: z.strictObject({ uri: Uri, position: Position }),
  result: z.string().max(20_000).nullable(),
});

export const allProblemsRequest = request({
  method: 'gloss/allProblems',
  from: 'server',
  summary: 'Asks which problems the editor knows of in all documents, at most 1,000 of them; without those of Gloss.',
  params: z.strictObject({}),
  result: z.array(z.strictObject({ uri: Uri, problems: z.array(Problem).max(1_000) })).max(1_000),
});
