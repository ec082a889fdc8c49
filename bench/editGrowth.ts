/** What a rewrite that grows in the document costs the server: CPU and traffic, for a file and for one of ten times the size. */
import { type Demo, startDemo } from '../server/src/demo/server.ts';
import { askBare, replacement } from './edits/scripts.ts';
import { type Peer, withServers } from './edits/servers.ts';
import { type Bench, median, type Row } from './row.ts';

const rounds = 3;
const sizes = [2_000, 8_000];
/** Milliseconds between two events of `pieceSize` characters: about as fast as any model writes. */
const delay = 1;
const pieceSize = 120;

export const bench: Bench = {
  title: 'Rewrites that grow in the document',
  async run() {
    const demo = await startDemo({ delay: 0 });
    try {
      return await withServers(demo, async ({ ours, bare }) => {
        const rows: Row[] = [];
        for (const size of sizes) rows.push(...(await measured(demo, { ours, bare }, size)));
        return rows;
      });
    } finally {
      await demo.close();
    }
  },
};

interface Figures {
  readonly cpu: number;
  readonly bareCpu: number;
  readonly steps: number;
  readonly lists: number;
  readonly bytes: number;
}

async function measured(demo: Demo, { ours, bare }: { ours: Peer; bare: Peer }, size: number): Promise<readonly Row[]> {
  const figures: Figures[] = [];
  for (let round = 0; round < rounds; round++) figures.push(await rewritten(demo, { ours, bare }, [size, round]));
  const of = (read: (one: Figures) => number) => median(figures.map(read));
  const [cpu, bareCpu, steps] = [of((one) => one.cpu), of((one) => one.bareCpu), of((one) => one.steps)];
  const name = `${size.toLocaleString('en')} lines`;
  const extra = cpu - bareCpu;
  return [
    row(
      `CPU of a rewrite of ${name}, s`,
      (cpu / 1e6).toFixed(2),
      (bareCpu / 1e6).toFixed(2),
      `${(cpu / bareCpu).toFixed(1)}x`,
    ),
    row('  above that, ms for each step', (extra / 1000 / steps).toFixed(2), '', `${steps} steps`),
    row('  above that, µs for each line', (extra / size).toFixed(0), '', ''),
    row('  gloss/hunks, KB in all', (of((one) => one.bytes) / 1024).toFixed(0), '', `${of((one) => one.lists)} lists`),
  ];
}

/** One line in ten stays as it is, so that the rewrite ends as many hunks. */
async function rewritten(
  demo: Demo,
  { ours, bare }: { ours: Peer; bare: Peer },
  [size, round]: readonly [number, number],
): Promise<Figures> {
  const name = `rewrite${size}-${round}.ts`;
  const uri = `file:///work/${name}`;
  const lines = Array.from({ length: size }, (_, at) => `const value${at} = compute(${at});`);
  const next = lines.map((line, at) => (at % 10 === 0 ? line : line.replace('compute', 'computed')));
  await ours.open(uri, `${lines.join('\n')}\n`);
  demo.use({ text: '', delay, pieceSize, toolUses: [replacement(name, lines.join('\n'), next.join('\n'))] });
  let [steps, lists, bytes] = [0, 0, 0];
  ours.onApply = () => void steps++;
  ours.onHunks = (size) => {
    lists++;
    bytes += size;
  };
  const before = await ours.cpu();
  const range = { start: { line: 0, character: 0 }, end: { line: 1, character: 0 } };
  const result = await ours.rpc.sendRequest<{ hunks: readonly string[]; failures: readonly string[] }>('gloss/edit', {
    ...{ action: 'instruct', instruction: 'Rename.', uri, range },
  });
  const cpu = (await ours.cpu()) - before;
  if (!ours.documents.text(uri).includes(`computed(${size - 1})`)) throw new Error(`Not written: ${result.failures}`);
  const bareBefore = await bare.cpu();
  await askBare(demo, bare);
  const bareCpu = (await bare.cpu()) - bareBefore;
  await ours.rpc.sendRequest('gloss/decide', { decision: 'accept', which: { kind: 'document', uri } });
  await ours.rpc.sendNotification('textDocument/didClose', { textDocument: { uri } });
  return { cpu, bareCpu, steps, lists, bytes };
}

function row(figure: string, ours: string, control: string, result: string): Row {
  return { figure, ours, control: control === '' ? '' : `${control} (bare read)`, result, bar: '', held: true };
}
