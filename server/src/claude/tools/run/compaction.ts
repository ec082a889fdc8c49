/** Has the service summarise a long conversation (API reference, "Context management", beta `compact-2026-09-04`). */
import { ClaudeError } from '../../errors.ts';
import type { Message } from '../../schema/message.ts';
import type { MessageRequest } from '../../schema/request.ts';
import type { Content } from './history.ts';
import type { ToolRunOptions } from './options.ts';

/** The request for a summary: without what only shapes an answer, which the service refuses there. */
export function compactionRequest(
  params: MessageRequest,
  { instructions }: NonNullable<ToolRunOptions['compaction']>,
): MessageRequest {
  const { stop_sequences: _sequences, tool_choice: choice, output_config: output, ...kept } = params;
  const { format: _format, ...config } = output ?? {};
  const isForced = choice?.type === 'any' || choice?.type === 'tool';
  return {
    ...kept,
    ...(choice !== undefined && !isForced && { tool_choice: choice }),
    ...(Object.keys(config).length > 0 && { output_config: config }),
    compaction: { type: 'summarize', ...(instructions !== undefined && { instructions }) },
  };
}

/** The summary in an answer; undefined when there is none: then the conversation stays as it is. */
export function summaryIn({ content, stop_reason: reason }: Message): Content | undefined {
  const hasSummary = content.some((block) => block.type === 'compaction' && typeof block.content === 'string');
  return reason === 'compaction' && hasSummary ? content : undefined;
}

/** @throws ClaudeError of kind `configuration` for requests that would summarise each time. */
export function checkCompaction(
  { compaction, context_management: management }: MessageRequest,
  options: ToolRunOptions,
): void {
  const field = 'compaction';
  if (compaction !== undefined && compaction !== null)
    throw new ClaudeError(
      'configuration',
      'compaction in a run would make every request one for a summary. Use the option compaction of runTools.',
      { stage: 'settings', field },
    );
  const edits = management?.edits ?? [];
  if (options.compaction !== undefined && edits.some(({ type }) => type === 'compact_20260112'))
    throw new ClaudeError(
      'configuration',
      'The option compaction and the edit compact_20260112 exclude each other. Leave one of them out.',
      { stage: 'settings', field },
    );
}
