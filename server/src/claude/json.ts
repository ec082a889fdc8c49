/** Answers in JSON: whether one is, and what it says. */
import type { HttpResponse } from './transport/transport.ts';

/** Whether the answer says of itself that it is JSON. */
export function isJson({ headers }: HttpResponse): boolean {
  return /^application\/([\w.+-]*\+)?json\b/i.test(headers['content-type'] ?? '');
}

/** The value of a text; undefined for what is no JSON, which no check accepts: the check says what is wrong. */
export function parsedJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
