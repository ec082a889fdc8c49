/** Two programs with one key, in processes of their own, against a service on loopback that keeps to its limit. */
import { fork } from 'node:child_process';
import { once } from 'node:events';
import http from 'node:http';
import path from 'node:path';
import { expect, test } from 'vitest';
import { listening, whole } from '../../../../test/harness/claudeSockets.ts';

/** Requests at once, those that flow in each millisecond, and the shortest wait that the service asks for. */
const [limit, rate, leastWait] = [10, 0.04, 250];

interface Served {
  readonly origin: string;
  readonly statuses: readonly number[];
}

async function limitedServer(): Promise<Served> {
  const statuses: number[] = [];
  let level = limit;
  let at = performance.now();
  const server = http.createServer((request, response) => {
    request.resume();
    request.on('end', () => {
      const now = performance.now();
      level = Math.min(limit, level + (now - at) * rate);
      at = now;
      if (level >= 1) {
        level -= 1;
        statuses.push(200);
        response.writeHead(200, { 'content-type': 'text/event-stream' }).end(whole);
      } else {
        statuses.push(429);
        const wait = String(Math.max(leastWait, Math.ceil((1 - level) / rate)));
        const body = JSON.stringify({ type: 'error', error: { type: 'rate_limit_error', message: 'Too many.' } });
        response.writeHead(429, { 'content-type': 'application/json', 'retry-after-ms': wait }).end(body);
      }
    });
  });
  const { origin } = await listening(server);
  return { origin, statuses };
}

const program = path.resolve(import.meta.dirname, '../../../../test/harness/pacedCalls.mjs');

test('R16: all calls of both succeed, and hardly any is refused after the first rush', async () => {
  const calls = 30;
  const { origin, statuses } = await limitedServer();
  const programs = [1, 2].map(() => fork(program, [origin, String(calls)], { stdio: 'inherit' }));
  const reports = await Promise.all(programs.map((child) => once(child, 'message')));
  expect(reports.map(([report]) => report)).toEqual([1, 2].map(() => ({ succeeded: calls, failures: [] })));
  const accepted = statuses.filter((status) => status === 200).length;
  const refused = statuses.length - accepted;
  expect(accepted).toBe(2 * calls);
  // What finds the bucket empty at first is refused once each; without pacing three times as many would be.
  expect(refused).toBeLessThan(2 * calls + 20);
});
