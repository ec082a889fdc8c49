/** The demo backend as a program: prints its address and key, and runs until it is told to stop. */
import { parseArgs } from 'node:util';
import { startDemo } from './server.ts';

const { values } = parseArgs({ options: { port: { type: 'string' }, delay: { type: 'string' } } });
const demo = await startDemo({
  ...(values.port === undefined ? {} : { port: Number(values.port) }),
  ...(values.delay === undefined ? {} : { delay: Number(values.delay) }),
});
console.log(JSON.stringify({ url: demo.url, key: demo.key }));
for (const signal of ['SIGINT', 'SIGTERM'] as const)
  process.once(signal, () => void demo.close().then(() => process.exit(0)));
