/** Loaded into a server's Node before anything else: writes down every process, socket, name look-up, worker and evaluation it starts. */
import { appendFileSync } from 'node:fs';
import { createRequire, syncBuiltinESMExports } from 'node:module';

const require = createRequire(import.meta.url);
const file = process.env.GLOSS_WATCH_FILE;
const note = (what, detail) =>
  appendFileSync(file, `${JSON.stringify({ what, detail: String(detail).slice(0, 500) })}\n`);

for (const [name, functions] of Object.entries({
  child_process: ['spawn', 'spawnSync', 'exec', 'execSync', 'execFile', 'execFileSync', 'fork'],
  dns: ['lookup', 'resolve', 'resolve4', 'resolve6'],
  vm: ['runInThisContext', 'runInNewContext', 'runInContext', 'compileFunction'],
})) {
  const module = require(`node:${name}`);
  for (const key of functions) {
    const original = module[key];
    module[key] = function (...given) {
      // The loader itself compiles through vm: only what names a file outside of node's own counts.
      note(name, `${key} ${typeof given[0] === 'string' ? given[0] : ''}`);
      return original.apply(this, given);
    };
  }
}
const net = require('node:net');
const connect = net.Socket.prototype.connect;
net.Socket.prototype.connect = function (...given) {
  note('connect', JSON.stringify(net._normalizeArgs(given)[0]));
  return connect.apply(this, given);
};
const listen = net.Server.prototype.listen;
net.Server.prototype.listen = function (...given) {
  note('listen', JSON.stringify(given[0] ?? null));
  return listen.apply(this, given);
};
const workers = require('node:worker_threads');
workers.Worker = class extends workers.Worker {
  constructor(...given) {
    note('worker', given[0]);
    super(...given);
  }
};
syncBuiltinESMExports();
