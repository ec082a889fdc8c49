/** Start Demo and Stop Demo: answers made by rules on this machine, for those without a key. */
import { demoRequest } from '#shared/demo.ts';
import type { World } from '../world.ts';

/** Whether the demo runs now. The status bar says so, too. */
export async function startDemo({ ask }: World): Promise<boolean> {
  return (await ask(demoRequest, { run: true })).running;
}

/** Whether the demo has stopped. */
export async function stopDemo({ ask }: World): Promise<boolean> {
  return !(await ask(demoRequest, { run: false })).running;
}
