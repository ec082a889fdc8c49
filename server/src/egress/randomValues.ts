/** Finds values that look drawn by chance, as keys without a maker's mark do. */
import { type Found, matchesOf } from './tokenShapes.ts';

/** Values in quotes, or after `=` or `:`, that look random; not hashes of packages, ids, certificates and public keys. */
export function randomIn(text: string): readonly Found[] {
  const candidates = matchesOf(text, 'random-value', value);
  if (candidates.length === 0) return [];
  const open = publicArmour(text);
  return candidates.filter(({ start, end }) => {
    const isOpen =
      known.test(text.slice(Math.max(0, start - 30), end)) ||
      open.some((block) => block.start < start && end < block.end);
    return !isOpen && looksRandom(text.slice(start, end));
  });
}

const value = /(?<=["'`=:]\s{0,3})(?<secret>[A-Za-z0-9+/_-]{24,200}={0,2})(?=["'`\s,;)}\]]|$)/dg;

/** A hash with its name, the sum of a Go module, a public key, or an id with the kind of thing it names. */
const known =
  /(?:(?:\bh1:|\b(?:sha\d{1,3}|md5)[-:]|ssh-\w{1,20} )[\w+/=-]{20,}|(?<![\w-])(?:acct|agent|asst|batch|call|ch|chatcmpl|container|cs|cus|env|event|evt|file|gen|in|job|msg|msgbatch|org|pi|price|prod|project|proj|req|resp|run|sess|session|seti|skill|srvtoolu|step|sub|task|thread|toolu|uprof|user|vs|workspace|wrkspc)_[A-Za-z0-9]{16,40}|(?<![\w-])[a-z]{2,10}_01[A-Za-z0-9]{20,26})$/;

/** Letters of both cases and digits change places more often than in any name. */
function looksRandom(text: string): boolean {
  if (/^[0-9a-f-]+$/i.test(text) || isReadable(text)) return false;
  const counts = [/\d/g, /[a-z]/g, /[A-Z]/g].map((pattern) => text.match(pattern)?.length ?? 0);
  if (counts.some((count) => count < 3)) return false;
  const changes = text.match(/(?<=[a-z])[^a-z]|(?<=[A-Z])[^A-Za-z]|(?<=\d)\D/g)?.length ?? 0;
  return changes / text.length >= 0.33 && !/[a-z]{7}|[A-Z]{7}/.test(text);
}

/** Base64 of text: it is decoded and searched on its own. */
function isReadable(text: string): boolean {
  const decoded = Buffer.from(text, 'base64').toString('latin1');
  return (decoded.match(/[\n\r\t\x20-\x7e]/g)?.length ?? 0) >= decoded.length * 0.95;
}

/** Certificates and public keys. */
function publicArmour(text: string): readonly { readonly start: number; readonly end: number }[] {
  const blocks = text.matchAll(
    /-----BEGIN (?:CERTIFICATE|[A-Z ]{0,20}PUBLIC KEY|[A-Z0-9 ]{0,20}REQUEST)[^-]{0,20}-----[^-]{0,20000}-----END/g,
  );
  return [...blocks].map((match) => ({ start: match.index, end: match.index + match[0].length }));
}
