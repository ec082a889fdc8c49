/** A chat as a person has it, for the panel's page: every kind of item, with its texts. */
import type { Item } from '../../shared/src/panel.ts';

const at = '2026-03-01T10:00:00.000Z';
const usage = { inputTokens: 1_200, outputTokens: 640, cacheReadTokens: 9_800, cacheWriteTokens: 300, price: 0.0184 };

const answer = `The limit is read **once** when the module is loaded, so a later change of \`RATE_LIMIT\` has no effect. See \`src/limit.ts:12\` and the [manual](https://example.com/limits).

## What to change

1. Read it where it is used:

   \`\`\`ts
   const limit = Number(process.env.RATE_LIMIT ?? 10);
   \`\`\`
2. Keep the default in one place.

- [x] the test that shows it
- [ ] the note in the manual

| File | Lines | Why |
| --- | ---: | --- |
| \`src/limit.ts\` | 12 | reads it once |
| \`src/server.ts\` | 40 | passes it on |

> A limit of 0 means *no* limit, not "none may pass".

\`\`\`ts
/** Whether one more may pass now. */
export function mayPass(limit: number, passed: readonly number[], now = Date.now()): boolean {
  const recent = passed.filter((time) => now - time < 60_000); // a minute
  return limit === 0 || recent.length < limit;
}
\`\`\`

\`\`\`python
def may_pass(limit: int, passed: list[float]) -> bool:
    """Whether one more may pass."""
    return limit == 0 or len(passed) < limit
\`\`\`

That is all.`;

export const storyItems: readonly Item[] = [
  {
    is: 'asked',
    id: 'q1',
    text: 'Why does the limit not change?\nLook at @src/limit.ts#L1-20 please.',
    chips: [
      { name: '@src/limit.ts#L1-20', kind: 'file', tokens: 240 },
      { name: 'screenshot.png', kind: 'image', tokens: 1_600 },
    ],
    at,
  },
  { is: 'thinking', id: 't1', length: 420 },
  { is: 'call', id: 'k1', tool: 'read', title: 'Read src/limit.ts, lines 1 to 40', state: 'done', detail: '' },
  { is: 'call', id: 'k2', tool: 'run', title: 'npm test', state: 'failed', detail: 'exit code 1' },
  { is: 'answer', id: 'a1', length: answer.length, lines: answer.split('\n').length },
  {
    is: 'changes',
    id: 'c1',
    files: [
      { uri: 'file:///w/src/limit.ts', path: 'src/limit.ts', added: 12, removed: 3, pending: 2 },
      { uri: 'file:///w/test/limit.test.ts', path: 'test/limit.test.ts', added: 40, removed: 0, pending: 0 },
    ],
  },
  { is: 'cost', id: 'm1', model: 'claude-sonnet-4-5', usage, demo: false },
  { is: 'compacted', id: 'z1' },
  { is: 'asked', id: 'q2', text: 'And now?', chips: [], at },
  { is: 'said', id: 's2', text: 'Only look, change nothing.' },
  {
    is: 'call',
    id: 'k3',
    tool: 'search',
    title: 'Search for RATE_LIMIT',
    state: 'running',
    detail: '214 files so far',
  },
  { is: 'notice', id: 'n1', text: 'The connection was lost. It is tried again.', isError: false },
  {
    is: 'notice',
    id: 'n2',
    text: 'The service has refused the request: the key is not valid. Set another key.',
    isError: true,
  },
  { is: 'cost', id: 'm2', model: 'demo', usage: { ...usage, price: 0 }, demo: true },
];

export const storyContents = {
  t1: { text: 'The person asks about the limit. I should read the file first, and see where it is used.' },
  k1: { text: '', input: 'path: src/limit.ts\nlines: 1 to 40', result: 'export const limit = 10;\n' },
  k2: { text: '', input: 'command: npm test', result: '1 failed, 12 passed\n' },
  a1: { text: answer },
};
