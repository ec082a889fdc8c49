/** Options that the environment names, for programs of their own: what is given in code wins. */
import { type LogLevel, logLevels } from '../log.ts';
import { misconfigured } from '../misconfigured.ts';
import type { ClaudeOptions } from '../options.ts';
import { credentialsFromEnvironment } from './environment.ts';
import { type Environment, variable } from './variables.ts';

/**
 * Options by `ANTHROPIC_BASE_URL`, `ANTHROPIC_CUSTOM_HEADERS` (lines of `Name: value`), `ANTHROPIC_LOG` (`debug`,
 * `info`, `warn`, `error`, `off`: how much of `log` is used) and, where no credential is given, the credentials of the
 * environment.
 *
 * ```ts
 * const claude = new Claude(optionsFromEnvironment(process.env, { log: console }));
 * ```
 * @param environment It is not changed.
 * @param options They win over the environment. A credential among them leaves those of the environment out.
 * @throws ClaudeError of kind `configuration` that names the variable
 */
export function optionsFromEnvironment(environment: Environment, options: ClaudeOptions = {}): ClaudeOptions {
  const baseURL = variable(environment, 'ANTHROPIC_BASE_URL');
  const level = variable(environment, 'ANTHROPIC_LOG');
  const isGiven = [options.apiKey, options.authToken, options.credentials].some((given) => given !== undefined);
  return {
    ...(baseURL !== undefined && { baseURL }),
    ...(!isGiven && { credentials: credentialsFromEnvironment(environment) }),
    ...options,
    headers: { ...customHeaders(environment), ...options.headers },
    ...(level !== undefined && options.logLevel === undefined && { logLevel: levelOf(level) }),
  };
}

/** A line without a colon may be half of a secret: it is counted, not shown. */
function customHeaders(environment: Environment): Record<string, string> {
  const lines = (variable(environment, 'ANTHROPIC_CUSTOM_HEADERS') ?? '').split(/\r?\n/);
  const headers: Record<string, string> = {};
  for (const [index, line] of lines.entries()) {
    const [name, ...value] = line.split(':');
    if (line.trim() === '' || name === undefined) continue;
    if (value.length === 0)
      throw misconfigured('headers', `Line ${index + 1} of ANTHROPIC_CUSTOM_HEADERS has no ":". Write "Name: value".`);
    headers[name.trim().toLowerCase()] = value.join(':').trim();
  }
  return headers;
}

function levelOf(text: string): LogLevel {
  const level = logLevels.find((name) => name === text.toLowerCase());
  if (level !== undefined) return level;
  throw misconfigured('logLevel', `ANTHROPIC_LOG is none of ${logLevels.join(', ')}. Set it to one of them.`);
}
