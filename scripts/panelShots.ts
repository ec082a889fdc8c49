/** `node scripts/panelShots.ts [NAME]`: pictures of the chat panel's page in test-results/, in every theme, narrow and wide. Build first. */
import { openPanelPage, type Theme } from '../test/harness/panelPage.ts';
import { storyContents, storyItems } from '../test/harness/panelStory.ts';

const [name = 'panel'] = process.argv.slice(2);
const themes: readonly Theme[] = ['dark', 'light', 'hc', 'hcLight'];

for (const width of [280, 380, 900]) {
  const panel = await openPanelPage({ width, items: storyItems, contents: storyContents, height: 1_000 });
  await panel.page.locator('.head').waitFor();
  await panel.page.waitForTimeout(500);
  for (const theme of width === 380 ? themes : themes.slice(0, 1)) {
    await panel.theme(theme);
    await panel.screenshot(`${name}-${width}-${theme}`);
  }
  for (const trouble of panel.troubles) console.log(trouble);
  await panel.close();
}
