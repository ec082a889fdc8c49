/**
 * How well ghost text survives what chat models answer: `npm run eval:completions [-- --kept] [--show KIND]`.
 * `--kept` plays the holes and kinds that the filters were not made with: for the end, not for making them.
 */
import { parseArgs } from 'node:util';
import { ratio, scores } from '../test/harness/completionScore.ts';

const { values } = parseArgs({ options: { kept: { type: 'boolean', default: false }, show: { type: 'string' } } });
const all = scores(values.kept ? 'kept' : 'making');
const percent = (share: number) => `${(share * 100).toFixed(2)} %`;

for (const { kind, tried, right, wrong } of all) {
  console.log(`${kind.is.padEnd(12)} ${kind.name.padEnd(42)} ${String(right).padStart(4)} of ${tried}`);
  if (kind.name !== values.show) continue;
  for (const { hole, answer, shown } of wrong.slice(0, 20))
    console.log(
      [
        `  ${hole.name}`,
        `    before ${JSON.stringify(hole.before.slice(-80))}`,
        `    answer ${JSON.stringify(answer.slice(0, 300))}`,
      ]
        .concat([
          `    after  ${JSON.stringify(hole.after.slice(0, 80))}`,
          `    shown  ${JSON.stringify(shown?.slice(0, 300))}`,
        ])
        .join('\n'),
    );
}

console.log('\nWhat the filters changed or held back:');
const counts = new Map<string, number>();
for (const { filters } of all) for (const [name, count] of filters) counts.set(name, (counts.get(name) ?? 0) + count);
for (const [name, count] of counts) console.log(`  ${name.padEnd(42)} ${count}`);

console.log(
  `\nRecoverable answers that end as the code that stood there: ${percent(ratio(all, 'recoverable'))} (bar 95 %)`,
);
console.log(`Useless answers of which nothing is shown: ${percent(ratio(all, 'useless'))} (bar 99 %)`);
