/** Keys from a command, such as the one of a password manager. */
import { misconfigured } from '../misconfigured.ts';
import type { CredentialSource, KeyScheme } from './source.ts';
import type { Environment } from './variables.ts';

/** How a key helper is run. */
export interface KeyHelperOptions {
  /**
   * The variables that the command may see some of, such as `process.env`. It gets `PATH`, `HOME`, `LANG` and a few
   * more of that kind; none whose name speaks of a token, key, secret or password.
   */
  readonly environment?: Environment;
  /** Names of more variables that it gets, whatever they speak of. Not those that load code: `NODE_OPTIONS`, `LD_…`. */
  readonly pass?: readonly string[];
  /** Milliseconds after which it is run again; 300 000 when absent. It is also run again when its key was refused. */
  readonly refreshAfter?: number;
  /** Milliseconds after which it is killed, with all that it started; 30 000 when absent. */
  readonly deadline?: number;
  /** How its key is sent; as `x-api-key` when neither this nor the client's `keyScheme` says otherwise. */
  readonly header?: KeyScheme;
  /** See `CredentialSource`. */
  readonly audience?: string | readonly string[];
}

const defaults = { refreshAfter: 300_000, deadline: 30_000 };

/**
 * A key that a command prints on its first line. The command is run without a shell, in the root folder.
 * @param command The program and its arguments. A program without a path is looked for in `PATH`.
 * @throws ClaudeError of kind `configuration` when this is no command
 */
export function keyHelper(command: readonly string[], options: KeyHelperOptions = {}): CredentialSource {
  const { environment = {}, pass = [], header, audience } = options;
  const { refreshAfter = defaults.refreshAfter, deadline = defaults.deadline } = options;
  const problem = problemOf(command) ?? passProblem(pass);
  if (problem !== undefined) throw misconfigured('credentials', `The command of the key helper ${problem}`);
  let kept: { readonly value: string; readonly at: number } | undefined;
  return {
    ...(audience !== undefined && { audience }),
    deadline,
    async token(signal, { clock, scrub, refused, keyScheme }) {
      // The wall clock goes on while the machine sleeps; where it went back, the age is not known.
      const age = kept === undefined ? Infinity : clock.wall() - kept.at;
      if (kept === undefined || kept.value === refused || age < 0 || age >= refreshAfter) {
        kept = undefined;
        const { runKeyHelper } = await import('./command.ts');
        const value = await runKeyHelper({ command, environment, pass }, signal, scrub);
        kept = { value, at: clock.wall() };
      }
      return { value: kept.value, expiresAt: 0, header: header ?? keyScheme ?? 'x-api-key', betas: [] };
    },
  };
}

function problemOf(command: unknown): string | undefined {
  if (!Array.isArray(command) || command.some((part) => typeof part !== 'string' || part.includes('\0')))
    return 'is not a list of texts. Give the program and each of its arguments as an item.';
  const [program = ''] = command;
  if (program.trim() === '') return 'has no program. Give one.';
  // Relative to the folder of the process, which may be somebody else's.
  if (/[\\/]/.test(program) && !/^([\\/]|[A-Za-z]:[\\/])/.test(program))
    return 'has a relative path. Give a full path, or a name that is found in PATH.';
  return undefined;
}

/** Variables that make a program load code of others. */
const loading = /^(LD_|DYLD_|NODE_OPTIONS$|NODE_PATH$|BASH_ENV$|ENV$|PYTHON|PERL5|RUBY|_?JAVA_|GCONV_PATH$)/i;

function passProblem(pass: readonly string[]): string | undefined {
  const name = pass.find((given) => loading.test(given));
  return name === undefined ? undefined : `cannot be given ${name}, which loads code into programs. Leave it out.`;
}
