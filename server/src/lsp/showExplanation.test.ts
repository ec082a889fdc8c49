/** Documents of our scheme that an editor has open: it is told of what is new in them, and of nothing else. */
import { expect, test } from 'vitest';
import type { ExplanationSummary } from '#shared/explanations.ts';
import { createShowExplanation, type ShowParts } from './showExplanation.ts';

const uri = 'file:///a.ts';
const place = { line: 0, character: 0 };

function summary(id: string): ExplanationSummary {
  const rest = { level: 'normal', state: 'current', at: '2026-11-28T12:00:00.000Z' } as const;
  return { ...rest, citations: [], id, uri, kind: 'code', title: 't', range: { start: place, end: place } };
}

/** An editor with `count` explanations open; `news` makes something happen in the store, and says what was asked for. */
async function opened(count: number) {
  const all = new Map(Array.from({ length: count }, (_, at) => [`e${at}`, summary(`e${at}`)]));
  const heard: ((about: string) => void)[] = [];
  const refreshed: string[] = [];
  const parts = {
    client: { workspace: { textDocumentContent: {} }, window: { showDocument: { support: true } } },
    gloss: { connection: false },
    explanations: {
      summary: (id: string) => all.get(id),
      watch: (listener: (about: string) => void) => heard.push(listener),
    },
    connection: {
      window: { showDocument: async () => ({ success: true }) },
      workspace: { textDocumentContent: { refresh: async (about: string) => void refreshed.push(about) } },
    },
  };
  // Nothing else of these is used.
  const show = createShowExplanation(parts as unknown as ShowParts);
  for (const [id, each] of all) await show.open(id, { summary: each, markdown: '' }, false);
  return (change: (explanations: Map<string, ExplanationSummary>) => void, about = uri): readonly string[] => {
    change(all);
    for (const listener of heard) listener(about);
    return refreshed.splice(0);
  };
}

test('an editor asks again for what has changed or is gone, once', async () => {
  const news = await opened(3);
  expect(news(() => undefined)).toEqual([]);
  expect(news((all) => all.set('e1', { ...summary('e1'), state: 'changed' }), 'file:///b.ts')).toEqual([]);
  expect(news(() => undefined)).toEqual(['gloss:/explanations/e1.md']);
  expect(news((all) => all.delete('e2'))).toEqual(['gloss:/explanations/e2.md']);
  expect(news(() => undefined)).toEqual([]);
});

test('of thousands that were shown only the last 50 are followed', async () => {
  const news = await opened(5_000);
  const asked = news((all) => {
    for (const id of all.keys()) all.set(id, { ...summary(id), state: 'changed' });
  });
  expect(asked).toEqual(Array.from({ length: 50 }, (_, at) => `gloss:/explanations/e${4_950 + at}.md`));
});
