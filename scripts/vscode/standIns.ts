/** JavaScript in place of the native modules of VS Code's server that have no prebuilt binary: nothing is compiled. */

/** Without it no log file and no output channel gets a line. */
const spdlog = `import fs from 'node:fs';
import path from 'node:path';
const names = ['trace', 'debug', 'info', 'warning', 'error', 'critical'];
class Logger {
  constructor(name, file) {
    this.file = file;
    this.level = 2;
    this.raw = false;
    fs.mkdirSync(path.dirname(file), { recursive: true });
  }
  log(level, message) {
    if (level < this.level) return;
    const line = this.raw ? message : \`\${new Date().toISOString()} [\${names[level]}] \${message}\\n\`;
    try { fs.appendFileSync(this.file, line); } catch { /* The folder was removed while shutting down. */ }
  }
  trace(message) { this.log(0, message); }
  debug(message) { this.log(1, message); }
  info(message) { this.log(2, message); }
  warn(message) { this.log(3, message); }
  error(message) { this.log(4, message); }
  critical(message) { this.log(5, message); }
  getLevel() { return this.level; }
  setLevel(level) { this.level = level; }
  setPattern() {}
  clearFormatters() { this.raw = true; }
  flush() {}
  drop() {}
}
export { Logger };
export const version = 11100;
export function setLevel() {}
export function setFlushOn() {}
export async function createRotatingLogger(name, file) { return new Logger(name, file); }
export const createAsyncRotatingLogger = createRotatingLogger;
export default { version, setLevel, setFlushOn, createRotatingLogger, createAsyncRotatingLogger, Logger };
`;

/** Ends the extension host when the server has gone. */
const nativeWatchdog = `export function start(pid) {
  setInterval(() => { try { process.kill(pid, 0); } catch { process.exit(87); } }, 3000).unref();
}
`;

/** The Git extension does not load without it. */
const fsCopyfile = `import fs from 'node:fs';
export const isCloneSupported = () => false;
export const copyFile = (from, to, mode) => fs.promises.copyFile(from, to, typeof mode === 'number' ? mode : 0);
export const copyFileSync = (from, to) => fs.copyFileSync(from, to);
export const cp = (from, to, options) => fs.promises.cp(from, to, options);
export default { isCloneSupported, copyFile, copyFileSync, cp };
`;

const deviceid = `export async function getDeviceId() { return '00000000-0000-4000-8000-000000000000'; }
`;

/** Module name to source. */
export const standIns: Readonly<Record<string, string>> = {
  '@vscode/spdlog': spdlog,
  '@vscode/native-watchdog': nativeWatchdog,
  '@vscode/fs-copyfile': fsCopyfile,
  '@vscode/deviceid': deviceid,
};
