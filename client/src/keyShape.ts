/** Whether a text can be an API key: what cannot is refused, what only looks odd is a warning, since gateways have keys of their own. */
import type { Words } from './words.ts';

export interface KeyProblem {
  readonly severity: 'error' | 'warning';
  readonly message: string;
}

/** What is wrong with a typed key for this origin; undefined when it looks right. Blanks around it do not count. */
export function keyProblem(typed: string, origin: string, words: Words): KeyProblem | undefined {
  const key = typed.trim();
  if (key === '') return error(words.t('Type or paste the key.'));
  if (key.length > 4096) return error(words.t('This is too long for a key.'));
  if (/\s/.test(key)) return error(words.t('A key has no blanks or line breaks in it.'));
  if (!/^[\x21-\x7e]+$/.test(key)) return error(words.t('This has a character that no key has. Copy the key again.'));
  if (/^[A-Za-z_]+=/.test(key))
    return warning(words.t('This looks like a line of a configuration. The key is the part after "=".'));
  return isAnthropic(origin) ? anthropicProblem(key, words) : undefined;
}

function anthropicProblem(key: string, words: Words): KeyProblem | undefined {
  if (key.startsWith('sk-ant-admin')) return warning(words.t('This is an admin key. It cannot ask models.'));
  if (!key.startsWith('sk-ant-')) return warning(words.t('Keys of this service start with "sk-ant-".'));
  return key.length < 40 ? warning(words.t('This is short for a key. Is it whole?')) : undefined;
}

function isAnthropic(origin: string): boolean {
  return URL.canParse(origin) && /(^|\.)anthropic\.com$/.test(new URL(origin).hostname);
}

function error(message: string): KeyProblem {
  return { severity: 'error', message };
}

function warning(message: string): KeyProblem {
  return { severity: 'warning', message };
}
