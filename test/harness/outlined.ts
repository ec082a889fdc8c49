/** Turns an outline into lines that a test can state: kind, name, first and last line, indented by depth. */
import { symbolKinds } from '../../server/src/text/outline/kinds.ts';
import { outlineOf } from '../../server/src/text/outline.ts';

const kindNames = new Map(Object.entries(symbolKinds).map(([name, kind]) => [kind, name]));

/** The first line of `code` is empty, so that samples begin on a line of their own; lines count from 1. */
export function outlined(languageId: string, code: string): string {
  const lines = outlineOf(code.replace(/^\n/, ''), languageId).map(
    ({ name, kind, range, depth }) =>
      `${'  '.repeat(depth)}${kindNames.get(kind)} ${name} ${range.start.line + 1}-${range.end.line + 1}`,
  );
  return `\n${lines.join('\n')}\n`;
}
