/** `npm run bench [-- NAME…]`: runs the benchmarks in bench/, prints a table for each, and ends with what did not hold. */
import { readdir } from 'node:fs/promises';
import path from 'node:path';
import { pathToFileURL } from 'node:url';
import type { Bench, Row } from '../bench/row.ts';
import { root } from './places.ts';

const names = process.argv.slice(2);
const missed: Row[] = [];
let count = 0;
for (const file of await benchFiles()) {
  // Each module in the folder exports one; what exports none is a part of another.
  const { bench } = (await import(file)) as { readonly bench?: Bench };
  if (bench === undefined) continue;
  console.log(`\n${bench.title}`);
  const rows = await bench.run();
  print(rows);
  const judged = rows.filter(({ bar }) => bar !== '');
  count += judged.length;
  missed.push(...judged.filter(({ held }) => !held));
}
console.log(`\n${count - missed.length} of ${count} figures hold.`);
if (count === 0) console.error('Nothing was measured.');
process.exitCode = count > 0 && missed.length === 0 ? 0 : 1;

async function benchFiles(): Promise<readonly string[]> {
  const folder = path.join(root, 'bench');
  const files = (await readdir(folder)).filter((file) => file.endsWith('.ts') && !file.endsWith('.test.ts')).sort();
  const wanted = files.filter((file) => names.length === 0 || names.includes(path.basename(file, '.ts')));
  return wanted.map((file) => pathToFileURL(path.join(folder, file)).href);
}

function print(rows: readonly Row[]): void {
  const lines = rows.map(({ figure, ours, control, result, bar, held }) => [
    bar === '' ? '' : held ? '✓' : '✗',
    figure,
    ours,
    control,
    result,
    bar,
  ]);
  const table = [[' ', 'figure', 'ours', 'control', 'result', 'bar'], ...lines];
  const widths = (table[0] ?? []).map((_, column) => Math.max(...table.map((line) => line[column]?.length ?? 0)));
  for (const line of table) console.log(`  ${line.map((cell, column) => cell.padEnd(widths[column] ?? 0)).join('  ')}`);
}
