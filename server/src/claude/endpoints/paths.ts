/** Ids as parts of paths: nothing in them can lead elsewhere. */
import { ClaudeError } from '../errors.ts';

/** @throws ClaudeError of kind `invalid_request` for what is no id: the path would be another endpoint's. */
export function part(id: string, field: string): string {
  if (typeof id === 'string' && id.trim() !== '' && id !== '.' && id !== '..') return encodeURIComponent(id);
  throw new ClaudeError('invalid_request', `Nothing was sent: ${JSON.stringify(id)} is no ${field}. Give one.`, {
    stage: 'settings',
    field,
  });
}
