/** The error for settings that cannot be used. */
import { ClaudeError } from './errors.ts';

/** @param what What is wrong and what to do, as sentences. Never with any of a secret. */
export function misconfigured(field: string, what: string): ClaudeError {
  return new ClaudeError('configuration', what, { stage: 'settings', field });
}
