/** A Claude client that talks to a demo backend of its own; both end with the test. */
import { onTestFinished } from 'vitest';
import type { Claude, ClaudeOptions } from '../../server/src/claude/index.ts';
import { type Demo, startDemo } from '../../server/src/demo/server.ts';
import { clientOf } from './claudeSockets.ts';

export async function demoClient(options: Partial<ClaudeOptions> = {}): Promise<{ claude: Claude; demo: Demo }> {
  const demo = await startDemo({ delay: 0 });
  onTestFinished(() => demo.close());
  return { demo, claude: clientOf(demo.url, { apiKey: demo.key, ...options }) };
}
