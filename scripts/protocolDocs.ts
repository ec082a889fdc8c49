/** Writes docs/protocol.md from the zod schemas of `shared/`, so that it is always true. `--check` only compares. */
import { readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import * as z from 'zod';
import { documentScheme, serverCommands } from '#shared/commands.ts';
import { ExplainCommand } from '#shared/explain.ts';
import { Failure } from '#shared/failure.ts';
import { GlossCapabilities, InitializationOptions } from '#shared/initialization.ts';
import { allNotifications, allRequests } from '#shared/protocol.ts';

export const file = path.resolve(import.meta.dirname, '../docs/protocol.md');

export function protocolPage(): string {
  return [
    '# Protocol',
    '',
    'Gloss speaks LSP 3.18. Every LSP client can use what is under "For any client"; the `gloss/*` methods only add to it. This page is made from the schemas in `shared/src` by `scripts/protocolDocs.ts`; a test keeps it true.',
    '',
    '## For any client',
    '',
    `- \`workspace/executeCommand\` \`${serverCommands.explain}\` with \`[{ "uri", "range", "level" }]\` returns \`{ id, markdown, usage, model, … }\` (the result of \`gloss/explain\` below, with its citations drawn). Progress is reported on \`workDoneToken\`.`,
    `- \`workspace/executeCommand\` \`${serverCommands.annotate}\` with \`[{ "uri", "range" }]\` puts notes beside lines, as inlay hints (the result of \`gloss/annotate\` below; clients without \`gloss/connection\`, as the next three).`,
    `- \`workspace/executeCommand\` \`${serverCommands.showExplanation}\` with \`[{ "id" }]\` opens an explanation, and returns \`{ summary, markdown }\`.`,
    `- \`workspace/executeCommand\` \`${serverCommands.dismissExplanations}\` with \`[{ "ids" }]\` takes explanations and line notes away.`,
    `- \`workspace/executeCommand\` \`${serverCommands.exportExplanations}\` with \`[]\` or \`[{ "uri" }]\` returns \`{ markdown, count }\`, and opens it.`,
    `- \`workspace/executeCommand\` \`${serverCommands.whatWasSent}\` with \`[]\` returns \`{ uri, text }\`: the newest receipt.`,
    `- \`workspace/executeCommand\` \`${serverCommands.checkConnection}\` with \`[]\` tries the connection step by step (clients without \`gloss/connection\`).`,
    `- \`workspace/executeCommand\` \`${serverCommands.startDemo}\` with \`[]\` starts the demo backend on loopback (clients without \`gloss/connection\`).`,
    '- `textDocument/codeAction` offers what can be explained and done (kinds below `gloss.explain`), `textDocument/codeLens` one lens above each function and class and one where something was explained, `textDocument/hover` what has been explained, `textDocument/inlayHint` line notes. None of these makes a paid call.',
    `- \`workspace/textDocumentContent\` for the scheme \`${documentScheme}\`: receipts and explanations.`,
    '',
    'Argument of `gloss.explain`:',
    '',
    ...schemaBlock(ExplainCommand),
    'Failed requests carry `data`:',
    '',
    ...schemaBlock(Failure),
    '`initializationOptions`, all optional:',
    '',
    ...schemaBlock(InitializationOptions),
    '`capabilities.experimental.gloss`, all optional:',
    '',
    ...schemaBlock(GlossCapabilities),
    'A client that answers `gloss/connection` tells settings below `gloss.chat` as the person has set them, never from a workspace. Of other clients, settings may add rules that ask or refuse and lower limits; what allows more counts only in `initializationOptions`.',
    '',
    "The pieces of `gloss/explain` are the model's text as it comes: make it inert before it is rendered. The result is inert already.",
    '',
    '## Requests',
    '',
    ...allRequests.flatMap((spec) => [
      ...heading(spec),
      'Params:',
      '',
      ...schemaBlock(spec.params),
      'Result:',
      '',
      ...schemaBlock(spec.result),
      ...(spec.chunk === undefined ? [] : ['`$/progress` on `partialResultToken`:', '', ...schemaBlock(spec.chunk)]),
    ]),
    '## Notifications',
    '',
    ...allNotifications.flatMap((spec) => [...heading(spec), 'Params:', '', ...schemaBlock(spec.params)]),
  ].join('\n');
}

function heading({ method, from, summary }: { method: string; from: string; summary: string }): readonly string[] {
  return [`### \`${method}\` (from the ${from})`, '', summary, ''];
}

function schemaBlock(schema: z.ZodType): readonly string[] {
  const { $schema: _dialect, ...rest } = z.toJSONSchema(schema, { io: 'input', unrepresentable: 'any' });
  return ['```json', JSON.stringify(rest, undefined, 2), '```', ''];
}

if (process.argv[1] === import.meta.filename) {
  const page = protocolPage();
  if (!process.argv.includes('--check')) writeFileSync(file, page);
  else if (readFileSync(file, 'utf8') !== page)
    throw new Error('docs/protocol.md is out of date: run `node scripts/protocolDocs.ts`.');
}
