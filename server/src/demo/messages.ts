/** What the demo backend answers to messages: a fixed answer, what a schema or a tool asks for, or what its rules find. */
import { randomBytes } from 'node:crypto';
import { checkedBody, type MessagesBody } from './body.ts';
import { chatStep } from './chat/chatStep.ts';
import { recapFor } from './chat/recap.ts';
import { completionFor } from './completion.ts';
import { editStep } from './edits/editStep.ts';
import {
  type AnswerText,
  charactersPerToken,
  type DemoAnswer,
  messageOf,
  type ToolUse,
  usualPieceSize,
} from './events.ts';
import { notesAnswer } from './notes.ts';
import { createPromptCache, inputTokensOf, type PromptCache } from './promptCache.ts';
import { invalid, json, type Response, type Route } from './response.ts';
import { rulesTexts } from './rules.ts';
import type { Scenario, ScriptedCall, ScriptedText } from './scenario.ts';
import { exampleOf } from './schemaExample.ts';
import { toolProblem, toolStep } from './toolLoop.ts';

export function createMessageRoutes(): readonly Route[] {
  const cache = createPromptCache();
  return [messages(cache), countTokens];
}

const messages = (cache: PromptCache): Route => ({
  method: 'POST',
  path: /^\/v1\/messages$/,
  answer({ request: { body }, scenario }) {
    const answer = answerTo(body, scenario, cache);
    if (typeof answer === 'string') return invalid(answer);
    const isStreamed = typeof body === 'object' && body !== null && 'stream' in body && body.stream === true;
    return isStreamed ? { kind: 'stream', answer } : json(messageOf(answer));
  },
});

const countTokens: Route = {
  method: 'POST',
  path: /^\/v1\/messages\/count_tokens$/,
  answer({ request: { body } }): Response {
    const checked = checkedBody(body, true);
    return typeof checked === 'string' ? invalid(checked) : json({ input_tokens: inputTokensOf(checked) });
  },
};

/** The answer to a request, or what is wrong with it. */
export function answerTo(body: unknown, scenario: Scenario | undefined, cache: PromptCache): DemoAnswer | string {
  const checked = checkedBody(body, false);
  if (typeof checked === 'string') return checked;
  return toolProblem(checked) ?? answerFor(checked, scenario, cache);
}

function answerFor(body: MessagesBody, scenario: Scenario | undefined, cache: PromptCache): DemoAnswer {
  const said = isScripted(scenario) ? fixed(scenario, body) : ownWords(body);
  return {
    id: `msg_demo_${randomBytes(8).toString('hex')}`,
    model: body.model,
    thinking: said.thinking === '' ? undefined : thoughtFor(body, said.thinking),
    summary: said.summary,
    texts: said.texts,
    toolUses: said.toolUses.map((call) => ({ ...call, id: `toolu_demo_${randomBytes(8).toString('hex')}` })),
    pieceSize: Math.max(1, scenario?.pieceSize ?? usualPieceSize),
    stopReason: scenario?.stopReason ?? said.stopReason,
    stopDetails: scenario?.stopDetails ?? null,
    input: cache.use(body),
  };
}

/** Thinking is sent where the request turns it on, and shown where it asks for it. */
function thoughtFor({ thinking }: MessagesBody, text: string): DemoAnswer['thinking'] {
  if (thinking?.type !== 'adaptive' && thinking?.type !== 'enabled') return undefined;
  return { text, isShown: thinking.display === 'summarized' };
}

interface Said {
  readonly summary?: string;
  /** Empty for none. */
  readonly thinking: string;
  readonly texts: readonly AnswerText[];
  readonly toolUses: readonly Omit<ToolUse, 'id'>[];
  readonly stopReason: string;
}

function isScripted(scenario: Scenario | undefined): scenario is Scenario {
  return (
    scenario?.texts !== undefined ||
    scenario?.text !== undefined ||
    scenario?.toolUse !== undefined ||
    scenario?.toolUses !== undefined
  );
}

function fixed({ text = [], texts, toolUse, toolUses = [] }: Scenario, body: MessagesBody): Said {
  const calls = [...(toolUse === undefined ? [] : [toolUse]), ...toolUses];
  const scripted = typeof texts === 'function' ? texts(body.messages) : texts;
  return {
    thinking: '',
    texts: (scripted ?? [{ text }]).map(scriptedText),
    toolUses: calls.map(scriptedCall),
    stopReason: calls.length === 0 ? 'end_turn' : 'tool_use',
  };
}

function scriptedText({ text, citations = [] }: ScriptedText): AnswerText {
  return { pieces: typeof text === 'string' ? piecesOf(text) : text, citations };
}

/** Where nothing is streamed the input is a value: what the text means, or nothing. */
function scriptedCall({ name, input, json: text }: ScriptedCall): Omit<ToolUse, 'id'> {
  if (text === undefined) return { name, input: input ?? {} };
  return { name, input: input ?? parsed(text) ?? {}, json: text };
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

function ownWords(body: MessagesBody): Said {
  const recap = recapFor(body);
  if (recap !== undefined && body.compaction !== undefined)
    return { thinking: '', summary: recap, texts: [], toolUses: [], stopReason: 'compaction' };
  if (recap !== undefined)
    return { thinking: '', texts: [scriptedText({ text: recap })], toolUses: [], stopReason: 'end_turn' };
  const completed = completionFor(body.messages);
  if (completed !== undefined)
    return { thinking: '', texts: [scriptedText({ text: completed })], toolUses: [], stopReason: 'end_turn' };
  const chat = chatStep(body);
  const step = chat ?? editStep(body) ?? toolStep(body);
  const thinking = chat?.thinking ?? '';
  const toolUses = step?.calls ?? [];
  const json = toolUses.length === 0 ? jsonFor(body) : undefined;
  const texts: readonly AnswerText[] =
    json !== undefined
      ? [{ pieces: piecesOfJson(json), citations: [] }]
      : (step === undefined ? rulesTexts(body.messages) : [{ text: step.text, citations: [] }]).map(scriptedText);
  const { fitting, isCut } = withinLimit(texts, body.max_tokens);
  if (isCut) return { thinking, texts: fitting, toolUses: [], stopReason: 'max_tokens' };
  return { thinking, texts, toolUses, stopReason: toolUses.length > 0 ? 'tool_use' : 'end_turn' };
}

/** Where JSON is asked for: line notes, or what fits a schema. */
function jsonFor({ messages, output_config: config }: MessagesBody): unknown {
  const notes = notesAnswer(messages);
  if (notes !== undefined) return notes;
  return config?.format?.type === 'json_schema' ? exampleOf(config.format.schema) : undefined;
}

/** As many pieces as the request's `max_tokens` has room for: what is cut off has no citations. Fixed answers are not cut. */
function withinLimit(texts: readonly AnswerText[], most = Number.POSITIVE_INFINITY) {
  const fitting: AnswerText[] = [];
  let characters = 0;
  for (const { pieces, citations } of texts) {
    const fit = pieces.findIndex((piece) => {
      characters += piece.length;
      return Math.ceil(characters / charactersPerToken) > most;
    });
    if (fit >= 0) return { fitting: [...fitting, { pieces: pieces.slice(0, fit), citations: [] }], isCut: true };
    fitting.push({ pieces, citations });
  }
  return { fitting, isCut: false };
}

/** Word by word, as a model's answer comes. */
function piecesOf(text: string): readonly string[] {
  return text.match(/\s*\S+\s*$|\s*\S+/g) ?? (text === '' ? [] : [text]);
}

function piecesOfJson(value: unknown): readonly string[] {
  return JSON.stringify(value).match(/[\s\S]{1,16}/g) ?? [];
}
