/** Reads forms with files (RFC 7578), as servers do. */
import type { FormPart } from './response.ts';

/** The parts of a form; undefined for what is no form. */
export function formIn(contentType: string | undefined, body: Buffer): readonly FormPart[] | undefined {
  const boundary = /^multipart\/form-data\s*;.*\bboundary=(?:"([^"]+)"|([^;\s]+))/i.exec(contentType ?? '');
  const name = boundary?.[1] ?? boundary?.[2];
  if (name === undefined) return undefined;
  const parts: FormPart[] = [];
  // As if a line break stood before the first boundary.
  for (let at = body.indexOf(`--${name}`); at >= 0; ) {
    const head = at + name.length + 2;
    if (body.subarray(head, head + 2).toString() === '--') return parts;
    const end = body.indexOf(`\r\n--${name}`, head);
    const part = end < 0 ? undefined : partIn(body.subarray(head + 2, end));
    if (part === undefined) return undefined;
    parts.push(part);
    at = end + 2;
  }
  return undefined;
}

function partIn(part: Buffer): FormPart | undefined {
  const split = part.indexOf('\r\n\r\n');
  if (split < 0) return undefined;
  const head = part.subarray(0, split).toString();
  const disposition = /^content-disposition: *form-data;(.*)$/im.exec(head)?.[1] ?? '';
  const name = parameter(disposition, 'name');
  if (name === undefined) return undefined;
  return {
    name,
    filename: parameter(disposition, 'filename'),
    contentType: /^content-type: *(.*)$/im.exec(head)?.[1]?.trim(),
    // A copy: the form is much larger than one part of it, and goes.
    bytes: Buffer.from(part.subarray(split + 4)),
  };
}

/** Quoted as browsers do it. */
function parameter(disposition: string, name: string): string | undefined {
  const value = new RegExp(`[; ]${name}="([^"]*)"`).exec(disposition)?.[1];
  return value?.replace(/%(22|0D|0A)/g, (_all, code: string) => String.fromCharCode(Number.parseInt(code, 16)));
}
