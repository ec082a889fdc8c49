/** Citations in a VS Code window: a person clicks on a line that an explanation cites, and is there. */
import { afterAll, afterEach, beforeAll, expect, test } from 'vitest';
import { citing, documentsIn } from '../harness/citedDocuments.ts';
import { launchWithDemo } from './harness.ts';

let window: Awaited<ReturnType<typeof launchWithDemo>>;

beforeAll(async () => {
  window = await launchWithDemo();
  await window.statusItem('gloss.status').waitFor({ timeout: 30_000 });
});
afterEach(async ({ task }) => {
  if (task.result?.state === 'fail') await window.shot(`failed-${task.name.replace(/\W+/g, '-').slice(0, 60)}`);
});
afterAll(() => window?.close());

test('S20: a cited line is a link that goes there; what does not hold and what a model wrote is none', async () => {
  window.demo.use({
    texts: (messages) => {
      const code = documentsIn(messages).find(({ part }) => part === 'code');
      if (code === undefined) return [{ text: 'There is no code.' }];
      const at = code.blocks.findIndex((text) => text.includes('return gaps;'));
      return [
        { text: 'It returns the gaps', citations: [citing(code, at)] },
        { text: '. It never fails', citations: [citing(code, at, at + 1, { cited_text: 'throw' })] },
        { text: '. See [line 3](file:///etc/passwd#L3). Done.' },
      ];
    },
  });
  await window.openFile('schedule.ts');
  await window.select(17, 27);
  await window.command('Gloss: Explain Here');
  const comment = window.threads.locator('.comment-body').filter({ hasText: 'Done.' });
  await comment.waitFor();
  await comment.filter({ hasText: '(not verified)' }).waitFor();
  const links = comment.locator('a');
  expect(await links.count()).toBe(1);
  const line = /^line (\d+)$/.exec((await links.textContent()) ?? '')?.[1] ?? 'no line';
  await window.shots('citations');
  await links.click();
  await expect.poll(() => window.page.locator('.part.statusbar').textContent()).toContain(`Ln ${line},`);
  await window.line('return gaps;').waitFor();
  await window.shot('citations-followed');
});
