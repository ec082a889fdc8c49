/** One question of an edit to the service. */
import type { MessageRequest } from '../../claude/index.ts';
import type { Answer, ToolStep } from '../../ports.ts';
import type { Task } from './task.ts';

export async function ask(
  { context, params, gathered, settings, action }: Task,
  request: MessageRequest,
  calls: { hear(step: ToolStep): Promise<void> } | undefined,
): Promise<Answer> {
  const { firstLine, lines } = gathered.material;
  const question = {
    purpose: action.title,
    request,
    sources: [{ uri: params.uri, firstLine, lastLine: firstLine + lines.length - 1, part: 'file' }],
    replaced: gathered.replaced,
    excludedFiles: settings.excludedFiles,
  };
  const hearing = calls === undefined ? {} : { tool: (step: ToolStep) => calls.hear(step) };
  return context.outgoing.ask(question, hearing, context.signal);
}
