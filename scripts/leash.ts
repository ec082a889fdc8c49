/** Runs a program that must not outlive its starter: when standard input ends, by whatever death, its process group ends. */
import { spawn } from 'node:child_process';
import { constants } from 'node:os';

const [file = '', ...args] = process.argv.slice(2);
const child = spawn(file, args, { stdio: ['ignore', 'inherit', 'inherit'] });

child.on('error', (error) => {
  process.stderr.write(`${file} could not be started: ${error.message}\n`);
  process.exit(127);
});
child.on('exit', (code, signal) => process.exit(code ?? 128 + (signal === null ? 0 : constants.signals[signal])));

process.on('SIGTERM', () => child.kill('SIGTERM'));
process.on('SIGINT', () => child.kill('SIGTERM'));
process.stdin.on('error', end).on('end', end).resume();

function end(): void {
  child.kill('SIGTERM');
  setTimeout(endGroup, 2000);
}

function endGroup(): void {
  if (process.platform === 'win32') child.kill('SIGKILL');
  else process.kill(0, 'SIGKILL');
}
