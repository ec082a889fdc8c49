/** S20, S21, S24: whatever stands in an answer or a name, in a real browser under the page's own policy it is text in elements of a short list. */
import { readFileSync } from 'node:fs';
import { afterEach, expect, test } from 'vitest';
import type { Item, PanelState } from '../../shared/src/panel.ts';
import { markdownSeeds } from '../harness/markdownSeeds.ts';
import { openPanelPage, type PanelPage } from '../harness/panelPage.ts';
import { idleState } from '../harness/panelState.ts';
import { sample } from '../harness/scale.ts';

let panel: PanelPage;
afterEach(() => panel.close());

// By the corpus's description an array of strings.
const corpus = JSON.parse(
  readFileSync(new URL('../corpora/markup-payloads.json', import.meta.url), 'utf8'),
) as readonly string[];
const payloads = [...corpus, ...markdownSeeds];

/** Elements of the whole page: of answers, and of what is around them. */
const allowed = new Set(
  [
    'html head meta title link style body script div main header h1 h2 h3 h4 h5 h6 p span button svg path section article form textarea',
    'em strong del code pre br ul ol li blockquote hr table thead tbody tr th td fieldset legend label input dl dt dd nav details summary circle bdi',
  ]
    .join(' ')
    .split(' '),
);

interface Found {
  readonly elements: readonly string[];
  readonly attributes: readonly string[];
}

/** What the page consists of, and every attribute that could load, open or run something. */
async function found(): Promise<Found> {
  return panel.page.evaluate(() => {
    const all = [...document.querySelectorAll('*')];
    const isOurs = (element: Element) =>
      ['SCRIPT', 'LINK', 'META', 'STYLE'].includes(element.tagName) && element.closest('#root') === null;
    return {
      elements: [...new Set(all.filter((element) => !isOurs(element)).map((element) => element.tagName.toLowerCase()))],
      attributes: all
        .filter((element) => !isOurs(element))
        .flatMap((element) =>
          [...element.attributes]
            .filter(
              ({ name }) =>
                /^(?:on|href|src|srcset|action|formaction|data|poster|xlink:href|background|srcdoc)/.test(name) &&
                !name.startsWith('data-'),
            )
            .map(({ name, value }) => `${element.tagName} ${name}=${value}`),
        ),
    };
  });
}

async function expectInert(): Promise<void> {
  const { elements, attributes } = await found();
  expect(elements.filter((name) => !allowed.has(name))).toEqual([]);
  expect(attributes).toEqual([]);
  expect(panel.requests).toEqual([]);
  // A refusal of the policy would be an attempt.
  expect(panel.troubles).toEqual([]);
}

const at = '2026-03-01T10:00:00.000Z';

test('S20, S22: of the payloads in answers nothing loads, nothing runs, and no element is outside of the list', {
  timeout: 600_000,
}, async () => {
  const some = sample(payloads);
  expect(payloads.length).toBeGreaterThanOrEqual(373);
  panel = await openPanelPage({ height: 4_000, state: { running: true } });
  await panel.waitForAsked('gloss/chatOpen');
  for (let from = 0; from < some.length; from += 20) {
    const shown = some.slice(from, from + 20);
    await panel.change(
      ...shown.flatMap((text, index) => {
        const id = `a${from + index}`;
        const item: Item = { is: 'answer', id, length: 0, lines: 0 };
        const half = Math.floor(text.length / 2);
        return [
          { is: 'put' as const, item },
          { is: 'text' as const, id, from: 0, text: text.slice(0, half) },
          { is: 'text' as const, id, from: half, text: `${text.slice(half)}\n\nseen ${id}\n` },
        ];
      }),
    );
    await panel.page.getByText(`seen a${from + shown.length - 1}`, { exact: true }).waitFor();
    await expectInert();
    await panel.change({ is: 'drop', ids: shown.map((_, index) => `a${from + index}`) });
  }
  expect(panel.askedOf('panel/openUrl')).toEqual([]);
  expect(panel.askedOf('panel/openPlace')).toEqual([]);
});

test('S20: what only looks like an address of the web is no link', async () => {
  const texts = [
    'javascript:alert(1)',
    'command:x',
    'vscode://x/y',
    'file:///etc/passwd',
    'data:text/html,x',
    'https://user:word@evil.example/',
  ];
  panel = await openPanelPage({
    items: [{ is: 'answer', id: 'a', length: 10, lines: 1 }],
    contents: { a: { text: `${texts.map((text) => `[x](${text}) \`${text}\``).join('\n\n')}\n\nthe end` } },
    height: 1_200,
  });
  await panel.page.getByText('the end').waitFor();
  expect(await panel.page.locator('.markdown .link').count()).toBe(0);
  await expectInert();
});

const names = [
  ...[
    '<img src=x onerror=alert(1)>',
    '<script>alert(1)</script>',
    '"><svg onload=alert(1)>',
    '<a href="javascript:alert(1)">x</a>',
  ],
  ...[
    '<iframe srcdoc="<script>alert(1)</script>">',
    '{{constructor.constructor("alert(1)")()}}',
    '${alert(1)}',
    '![x](http://evil.example/p)',
  ],
  ...[
    '[x](command:x)',
    '&lt;b&gt;',
    '</div></body>',
    '<style>@import url(http://evil.example)</style>',
    '<meta http-equiv=refresh content=0>',
  ],
  ...[
    '<base href=http://evil.example>',
    '<form action=http://evil.example><input>',
    '<math><mtext></mtext></math>',
    '<details open ontoggle=alert(1)>',
  ],
  ...[
    '`x`<b>',
    '<!--',
    ']]>',
    "' onmouseover='alert(1)",
    '" style="background:url(http://evil.example)',
    '\u0000<b>',
    'a\u202eb<b>',
    '$(icon) <b>',
  ],
];

/** One item for each place where a name of somebody else is drawn. */
function itemsWith(name: string): Item[] {
  const usage = { inputTokens: 1, outputTokens: 1, cacheReadTokens: 1, cacheWriteTokens: 1 };
  const states = [
    'writing',
    'waiting',
    'running',
    'done',
    'failed',
    'denied',
    'refused',
    'stopped',
    'skipped',
  ] as const;
  const kinds = [
    'file',
    'folder',
    'symbol',
    'problems',
    'changes',
    'selection',
    'terminal',
    'image',
    'document',
    'instructions',
    'outcome',
  ] as const;
  return [
    { is: 'asked', id: 'q', text: name, chips: kinds.map((kind) => ({ name, kind, tokens: 1 })), at },
    { is: 'said', id: 's', text: name },
    { is: 'thinking', id: 't', length: 1 },
    ...states.map((state): Item => ({ is: 'call', id: `k${state}`, tool: name, title: name, state, detail: name })),
    {
      is: 'changes',
      id: 'c',
      files: [
        { uri: 'file:///w/a', path: name, added: 1, removed: 1, pending: 1 },
        { uri: 'file:///w/b', path: name, added: 1, removed: 1, pending: 0 },
      ],
    },
    { is: 'notice', id: 'n', text: name, isError: false },
    { is: 'notice', id: 'e', text: name, isError: true },
    { is: 'cost', id: 'm', model: name.slice(0, 128), usage, demo: false },
  ];
}

function stateWith(name: string): PanelState {
  return {
    ...idleState,
    title: name,
    folder: name,
    model: name.slice(0, 128),
    queued: [name],
    approvals: [{ title: name, facts: [{ name, value: name }], because: [name], maySession: true, hash: 'h' }],
    questions: [{ call: 'x', text: name, choices: [name] }],
    todo: [{ text: name, state: 'doing' }],
    granted: [name],
    obstacle: { kind: 'untrusted', message: name },
  };
}

test('S21: a name of somebody else is a text node, wherever it is drawn', { timeout: 600_000 }, async () => {
  panel = await openPanelPage({ height: 3_000, width: 600 });
  await panel.waitForAsked('gloss/chatOpen');
  const plain = async (name: string) => {
    panel.chat.items = itemsWith(name);
    panel.chat.state = stateWith(name);
    panel.chat.contents = Object.fromEntries(
      ['t', 'kdone'].map((id) => [id, { text: name, input: name, result: name }]),
    );
    const count = panel.askedOf('gloss/chatOpen').length;
    await panel.tell({ is: 'open', chat: 'c1' });
    await panel.waitForAsked('gloss/chatOpen', count + 1);
    await panel.change({ is: 'ended', ending: 'failed', message: name });
    await panel.page.locator('.cost').waitFor();
    return (await found()).elements;
  };
  const honest = new Set(await plain('a name'));
  for (const name of sample(names)) {
    expect(
      (await plain(name)).filter((element) => !honest.has(element)),
      name,
    ).toEqual([]);
    await expectInert();
  }
});

test('S24: what hides or turns text round is written out in answers, code, titles and names', async () => {
  const hidden = 'a\u202eb\u200bc\u{e0041}d';
  panel = await openPanelPage({
    items: [...itemsWith(hidden), { is: 'answer', id: 'a', length: 1, lines: 9 }],
    contents: {
      a: {
        text: `${hidden}\n\n\`${hidden}\`\n\n\`\`\`\n${hidden}\n\`\`\`\n\n- \`\`\`\n  ${hidden}\n  \`\`\`\n\nthe end`,
      },
    },
    height: 3_000,
  });
  await panel.page.getByText('the end').waitFor();
  const text = await panel.page.locator('.transcript').innerText();
  expect(text).not.toMatch(/[\u202e\u200b\u{e0041}]/u);
  expect(text.match(/a⟨U\+202E⟩b⟨U\+200B⟩c⟨U\+E0041⟩d/gu)?.length).toBeGreaterThan(20);
});
