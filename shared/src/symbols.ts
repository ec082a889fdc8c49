/** The symbols of a document by the editor's own language support. */
import * as z from 'zod';
import { Range, Uri } from './place.ts';
import { request } from './request.ts';

export const CodeSymbol = z.strictObject({
  name: z.string().max(1000),
  /** LSP SymbolKind (12 is Function, 5 is Class, …). */
  kind: z.int().min(1).max(26),
  /** All of it, comments above excluded as the provider sees fit. */
  range: Range,
  /** Its name. */
  selection: Range,
  /** How deep it is nested: 0 at the top. */
  depth: z.int().min(0),
});
export type CodeSymbol = z.infer<typeof CodeSymbol>;

export const symbolsRequest = request({
  method: 'gloss/symbols',
  from: 'server',
  summary:
    "Asks the editor for a document's symbols by its own language providers; null when it has none. With `open` a document of the workspace that is not open is opened, without showing it.",
  params: z.strictObject({ uri: Uri, open: z.boolean().optional() }),
  result: z.array(CodeSymbol).max(20_000).nullable(),
});
