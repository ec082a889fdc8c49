/** The rules of the tool loop (API reference, "Tool use"), written down once more: the judge of every history that the client makes. */

interface Block {
  readonly type: string;
  readonly id?: string;
  readonly tool_use_id?: string;
  readonly content?: unknown;
  readonly is_error?: boolean;
  readonly toolset_name?: string;
  readonly [field: string]: unknown;
}

interface Said {
  readonly role: string;
  readonly content: readonly Block[];
}

/** What the service would refuse in the `messages` of a request. */
export function brokenRules(messages: unknown): readonly string[] {
  const said = merged(messages as readonly { role: string; content: unknown }[]);
  return [
    ...said.flatMap(({ role, content }, at) => (content.length === 0 ? [`${at}: ${role} says nothing`] : [])),
    ...said.flatMap((turn, at) => (turn.role === 'assistant' ? callProblems(turn, said[at + 1], at) : [])),
    ...said.flatMap((turn, at) => (turn.role === 'user' ? resultProblems(turn, said[at - 1], at) : [])),
    ...repeated(said.flatMap(({ content }) => content).flatMap(({ type, id }) => (type === 'tool_use' ? [id] : []))),
    ...said.flatMap(({ role, content }, at) => content.flatMap((block) => blockProblems(role, block, at))),
  ];
}

/** Messages in a row by the same role count as one. */
function merged(messages: readonly { role: string; content: unknown }[]): readonly Said[] {
  const said: Said[] = [];
  for (const { role, content } of messages) {
    // Strings are as good as one text block.
    const blocks = (typeof content === 'string' ? [{ type: 'text', text: content }] : content) as readonly Block[];
    const last = said.at(-1);
    if (last?.role === role) said[said.length - 1] = { role, content: [...last.content, ...blocks] };
    else said.push({ role, content: blocks });
  }
  return said;
}

/** Every call is answered in the next message, in order, before anything else. */
function callProblems({ content }: Said, next: Said | undefined, at: number): readonly string[] {
  const calls = content.filter(({ type }) => type === 'tool_use');
  const answers = (next?.content ?? []).slice(0, calls.length);
  const unanswered = calls.filter(({ id }, place) => answers[place]?.tool_use_id !== id);
  const isPending = content.some(({ type, id }) => type === 'server_tool_use' && !hasResult(content, id));
  const isAnswered = isPending && next !== undefined;
  const more = isAnswered ? next.content.filter(({ type }) => type !== 'tool_result') : [];
  return [
    ...unanswered.map(({ id }) => `${at}: ${id} is not answered in its place`),
    ...(isAnswered && calls.length === 0 ? [`${at}: something is said while a tool of the service is at work`] : []),
    ...more.map(({ type }) => `${at}: ${type} is said while a tool of the service is at work`),
    ...calls
      .filter(({ toolset_name: name }, place) => name !== undefined && answers[place]?.toolset_name !== name)
      .map(({ id }) => `${at}: ${id} is answered without its toolset`),
  ];
}

function hasResult(content: readonly Block[], id: string | undefined): boolean {
  return content.some(({ type, tool_use_id: answered }) => type.endsWith('_tool_result') && answered === id);
}

/** Results answer calls of the message before, once, and come first. */
function resultProblems({ content }: Said, before: Said | undefined, at: number): readonly string[] {
  const results = content.filter(({ type }) => type === 'tool_result');
  const ids = (before?.content ?? []).flatMap(({ type, id }) => (type === 'tool_use' ? [id] : []));
  const last = content.findLastIndex(({ type }) => type === 'tool_result');
  return [
    ...results
      .filter(({ tool_use_id: id }) => !ids.includes(id))
      .map(({ tool_use_id: id }) => `${at}: ${id} was not called`),
    ...repeated(results.map(({ tool_use_id: id }) => id)),
    ...(last + 1 === results.length ? [] : [`${at}: something stands before results`]),
  ];
}

function blockProblems(role: string, block: Block, at: number): readonly string[] {
  const { type, is_error: isError, content } = block;
  if (
    type === 'tool_result' &&
    isError === true &&
    (content === undefined || content === '' || (Array.isArray(content) && content.length === 0))
  )
    return [`${at}: an error without a word`];
  if (role === 'user' && (type === 'tool_use' || type === 'thinking')) return [`${at}: ${type} of a user`];
  if (role === 'assistant' && type === 'tool_result') return [`${at}: a result of the model`];
  return [];
}

function repeated(ids: readonly (string | undefined)[]): readonly string[] {
  return ids.filter((id, at) => ids.indexOf(id) !== at).map((id) => `${id} comes twice`);
}
