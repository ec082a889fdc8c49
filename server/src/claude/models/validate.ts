/** Refuses, before anything is sent, what the service would refuse: the rules of the API and of each model. */
import { ClaudeError } from '../errors.ts';
import { contextManagement, conversation, fallbacks, mcpServers } from './betaProblems.ts';
import { caching } from './cacheProblems.ts';
import { batch, elsewhere, fields, maxTokens, model, sampling, toolChoiceNone } from './fieldProblems.ts';
import { media } from './mediaProblems.ts';
import { messages, system, systemPlaces } from './messageProblems.ts';
import {
  fallbackModels,
  features,
  prefill,
  region,
  speed,
  systemMessages,
  tokens,
  toolChoice,
} from './modelProblems.ts';
import { type Context, collectProblems, type Problem, type Rule } from './problem.ts';
import { modelRules } from './table.ts';
import { modelEffort, modelThinking, thinking } from './thinkingProblems.ts';
import { strictSchemas, tools } from './toolProblems.ts';
import { toolTurns } from './toolTurnProblems.ts';
import { isFields } from './values.ts';

/** In the order in which they are said. */
const all: readonly Rule[] = [
  ...[model, sampling, elsewhere, fields, maxTokens, batch, thinking, tools, strictSchemas, toolChoiceNone],
  ...[contextManagement, conversation, fallbacks, mcpServers],
  ...[system, messages, systemPlaces, toolTurns, media, caching],
  ...[tokens, modelThinking, modelEffort, prefill, toolChoice, systemMessages, speed, region, features, fallbackModels],
];

/** As many as a person reads. */
const mostProblems = 100;

/**
 * All that is wrong with a request, whatever it is. What is newer than this client passes: fields, blocks and tools
 * that it does not know, and models of which nothing is known.
 */
export function problemsOf(
  request: unknown,
  { use = 'create', betas = [], rulesFor = modelRules, rules }: Partial<Context> = {},
  limit = mostProblems,
): readonly Problem[] {
  const { problems, report } = collectProblems(limit);
  if (!isFields(request)) {
    report([], 'is not an object. Give model, max_tokens and messages.');
    return problems;
  }
  const name = request['model'];
  const own = rules ?? (typeof name === 'string' ? rulesFor(name) : undefined);
  const context: Context = { use, betas, rulesFor, rules: own };
  for (const rule of all) rule(request, report, context);
  return problems;
}

/** @throws ClaudeError of kind `invalid_request` that names the first wrong field and the fix. */
export function validate(request: unknown, context?: Partial<Context>): void {
  const [problem] = problemsOf(request, context, 1);
  if (problem === undefined) return;
  throw new ClaudeError('invalid_request', `Nothing was sent: ${problem.text}`, {
    stage: 'settings',
    field: problem.field,
  });
}
