/** What the Messages API refuses of a conversation's turns (API reference, "Input messages", "Thinking", "Tools"). */
import { createForeignCache } from './cache.ts';
import { blocksOf, type HeardBlock, type HeardTurn, turnsOf } from './script.ts';

type Body = Record<string, unknown>;

/** Thinking that was given out, by its signature. */
export type Issued = Map<
  string,
  {
    readonly block: string;
    readonly chain: readonly string[];
    readonly message: number;
    readonly calls: readonly string[];
  }
>;

const common = ['type', 'cache_control'];
/** Fields of the blocks that a client sends. Those of the service's own tools go back as they came. */
const fields: Readonly<Record<string, readonly string[]>> = {
  text: [...common, 'text', 'citations'],
  image: [...common, 'source', 'transformations'],
  document: [...common, 'source', 'title', 'context', 'citations'],
  search_result: [...common, 'content', 'source', 'title', 'citations'],
  tool_use: [...common, 'id', 'name', 'input', 'caller', 'toolset_name'],
  tool_result: [...common, 'tool_use_id', 'content', 'is_error', 'toolset_name'],
  thinking: ['type', 'thinking', 'signature'],
  redacted_thinking: ['type', 'data'],
  compaction: [...common, 'content', 'encrypted_content', 'signature', 'tool_changes'],
};
const ofUser = new Set(['text', 'image', 'document', 'search_result', 'tool_result', 'container_upload']);
const notOfAssistant = new Set(['image', 'document', 'search_result', 'tool_result', 'container_upload']);

/** Problems, a line each; none when it would be accepted. */
export function messageProblems(body: Body, issued: Issued): readonly string[] {
  const turns = turnsOf(body);
  const ids = turns.flatMap(({ content }) =>
    content.flatMap(({ type, id }) => (type === 'tool_use' ? [String(id)] : [])),
  );
  return [
    ...orderProblems(turns, body['compaction'] !== undefined),
    ...turns.flatMap((turn, at) => turn.content.flatMap((block) => blockProblems(turn.role, block, `messages.${at}`))),
    ...turns.flatMap((turn, at) => pairProblems(turn, turns[at - 1], turns[at + 1], `messages.${at}`)),
    ...ids.filter((id, at) => ids.indexOf(id) !== at).map((id) => `messages: \`tool_use\` ids must be unique: ${id}`),
    ...thoughtProblems(body, turns, issued),
  ];
}

function orderProblems(turns: readonly HeardTurn[], isCompacting: boolean): readonly string[] {
  const [first, last] = [turns[0], turns.at(-1)];
  // A pause of the service's own tools is the one thing that goes on from the assistant's turn.
  const isPrefill =
    !isCompacting && last?.role === 'assistant' && !last.content.some(({ type }) => type === 'server_tool_use');
  return [
    ...(first === undefined ? ['messages: at least one message is required'] : []),
    ...(first !== undefined && first.role !== 'user' && first.content[0]?.type !== 'compaction'
      ? ['messages: first message must use the "user" role']
      : []),
    ...(isPrefill ? ['messages: the conversation must end with a user message'] : []),
    ...turns.flatMap(({ role, content }, at) => [
      ...(['user', 'assistant', 'system'].includes(role) ? [] : [`messages.${at}.role: ${role}`]),
      ...(content.length === 0 ? [`messages.${at}.content: must not be empty`] : []),
      ...(role === 'system' && turns[at - 1]?.role !== 'user'
        ? [`messages.${at}: a system message follows a user turn`]
        : []),
    ]),
  ];
}

function blockProblems(role: string, block: HeardBlock, at: string): readonly string[] {
  const known = fields[block.type];
  const where = `${at}.content.${block.type}`;
  const strange = known === undefined ? [] : Object.keys(block).filter((field) => !known.includes(field));
  return [
    ...strange.map((field) => `${where}.${field}: Extra inputs are not permitted`),
    ...(role === 'user' && !ofUser.has(block.type) ? [`${where}: not permitted in a user message`] : []),
    ...(role === 'assistant' && notOfAssistant.has(block.type)
      ? [`${where}: not permitted in an assistant message`]
      : []),
    ...(block.type === 'text' ? textProblems(role, block, where) : []),
    ...(block.type === 'tool_result' ? resultProblems(block, where) : []),
    ...(block.type === 'tool_use' && !isObject(block['input'])
      ? [`${where}.input: Input should be a valid dictionary`]
      : []),
  ];
}

function textProblems(role: string, { text, citations }: HeardBlock, where: string): readonly string[] {
  const isCited = Array.isArray(citations) && citations.length > 0;
  return [
    ...(typeof text === 'string' && text.trim() !== ''
      ? []
      : [`${where}: text content blocks must contain non-whitespace text`]),
    ...(role === 'user' && isCited ? [`${where}.citations: not permitted in a user message`] : []),
  ];
}

function resultProblems({ content, is_error: isError }: HeardBlock, where: string): readonly string[] {
  const inside = blocksOf(content);
  const strange = inside.filter(
    ({ type }) => !['text', 'image', 'document', 'search_result', 'tool_reference'].includes(type),
  );
  return [
    ...strange.map(({ type }) => `${where}.content.${type}: not permitted`),
    ...(content === undefined || typeof content === 'string' || Array.isArray(content)
      ? []
      : [`${where}.content: invalid`]),
    ...(isError === undefined || typeof isError === 'boolean' ? [] : [`${where}.is_error: invalid`]),
    ...(isError === true && (content === undefined || content === '')
      ? [`${where}: content cannot be empty if is_error is true`]
      : []),
    ...(Array.isArray(content) ? inside.filter(({ type, text }) => type === 'text' && text === '') : []).map(
      () => `${where}: empty text`,
    ),
  ];
}

/** Every call is answered in the next turn, before anything else in it; nothing is answered that was not asked. */
function pairProblems(
  { role, content }: HeardTurn,
  before: HeardTurn | undefined,
  after: HeardTurn | undefined,
  at: string,
): readonly string[] {
  const called = callsOf(before?.role === 'assistant' ? before : undefined);
  const results = content.filter(({ type }) => type === 'tool_result');
  const answered = results.map((block) => String(block['tool_use_id']));
  const lead = content.findIndex(({ type }) => type !== 'tool_result');
  const next = (after?.content ?? []).map((block) => String(block['tool_use_id']));
  return [
    ...answered.filter((id) => !called.includes(id)).map((id) => `${at}: unexpected \`tool_use_id\`: ${id}`),
    ...answered.filter((id, place) => answered.indexOf(id) !== place).map((id) => `${at}: several results for ${id}`),
    ...(lead >= 0 && lead < results.length ? [`${at}: tool_result blocks must come first`] : []),
    ...(role === 'assistant' && after !== undefined
      ? callsOf({ role, content })
          .filter((id) => !next.includes(id))
          .map((id) => `${at}: \`tool_use\` without \`tool_result\`: ${id}`)
      : []),
  ];
}

function callsOf(turn: HeardTurn | undefined): readonly string[] {
  return (turn?.content ?? []).flatMap(({ type, id }) => (type === 'tool_use' ? [String(id)] : []));
}

/** Thinking comes back as it was given, after what it was given for, and in the last turn of a tool loop all of it. */
function thoughtProblems(body: Body, turns: readonly HeardTurn[], issued: Issued): readonly string[] {
  const chain = createForeignCache(Date.now).chain(body);
  const problems: string[] = [];
  let step = (Array.isArray(body['tools']) ? body['tools'].length : 0) + blocksOf(body['system']).length;
  for (const [at, { content }] of turns.entries()) {
    for (const block of content) {
      if (block.type === 'thinking' || block.type === 'redacted_thinking')
        problems.push(...thoughtProblem(block, chain, step, issued).map((problem) => `messages.${at}: ${problem}`));
    }
    step += content.length;
  }
  const lastCalls =
    turns.at(-1)?.content.some(({ type }) => type === 'tool_result') === true ? turns.at(-2) : undefined;
  return [...problems, ...missingThoughts(lastCalls, issued)];
}

function thoughtProblem(block: HeardBlock, chain: readonly string[], step: number, issued: Issued): readonly string[] {
  const known = issued.get(String(block['signature'] ?? block['data']));
  if (known === undefined) return ['Invalid `signature` in `thinking` block'];
  const { cache_control: _control, ...bare } = block;
  if (known.block !== JSON.stringify(bare)) return ['`thinking` blocks cannot be modified'];
  const end = known.chain.length;
  // Blocks of the same answer may stand before it; what was sent then has to stand there still.
  return step >= end && chain[end - 1] === known.chain[end - 1] ? [] : ['the prefix of a `thinking` block has changed'];
}

function missingThoughts(turn: HeardTurn | undefined, issued: Issued): readonly string[] {
  const calls = callsOf(turn);
  const present = new Set((turn?.content ?? []).map((block) => String(block['signature'] ?? block['data'])));
  const needed = [...issued].filter(([, { calls: own }]) => own.some((id) => calls.includes(id)));
  return needed
    .filter(([signature]) => !present.has(signature))
    .map(([signature]) => `\`thinking\` ${signature} is missing before its tool calls`);
}

function isObject(value: unknown): boolean {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
