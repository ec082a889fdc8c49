import { spawnSync } from 'node:child_process';
import { expect, test } from 'vitest';
import { flags } from './memory.ts';

test('V8 knows each flag that it is given: of one that it does not know it only complains', () => {
  const code = `for (const flag of ${JSON.stringify(flags)}) require('node:v8').setFlagsFromString(flag)`;
  const { stderr, stdout, status } = spawnSync(process.execPath, ['-e', code], { encoding: 'utf8' });
  expect({ stderr, stdout, status }).toEqual({ stderr: '', stdout: '', status: 0 });
});
