/** Environment variables, given by the caller: this client reads none by itself (API reference, "Credentials and precedence"). */
import { misconfigured } from '../misconfigured.ts';
import { defaultBaseURL } from '../options.ts';
import type { WorkloadIdentity } from './identity.ts';

/** Variables by name, such as `process.env`. Values are trimmed; empty ones count as unset. */
export type Environment = Readonly<Record<string, string | undefined>>;

/** A variable's value; undefined when it is unset or blank. */
export function variable(environment: Environment, name: string): string | undefined {
  const value = environment[name]?.trim();
  return value === '' ? undefined : value;
}

/** The service that the credentials of the environment are meant for. */
export function audienceOf(environment: Environment): string {
  const address = variable(environment, 'ANTHROPIC_BASE_URL') ?? defaultBaseURL;
  if (URL.canParse(address)) return address;
  throw misconfigured('baseURL', 'ANTHROPIC_BASE_URL is not a URL. Write it like https://api.anthropic.com.');
}

/** Where the environment says that this program's identity token is. */
export function identityTokenOf(environment: Environment): WorkloadIdentity['assertion'] | undefined {
  const file = variable(environment, 'ANTHROPIC_IDENTITY_TOKEN_FILE');
  return file === undefined ? variable(environment, 'ANTHROPIC_IDENTITY_TOKEN') : { file };
}
