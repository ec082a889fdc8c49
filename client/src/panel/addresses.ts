/** Addresses in answers of a model: which may be opened at all, and how a person is shown one whole (threats S20). Pure. */
import { revealInvisible } from '#shared/invisible.ts';

export interface WebAddress {
  /** What would be opened. Names of hosts are in ASCII: letters that look like others do not. */
  readonly href: string;
  /** The same for people: nothing hides, nothing is cut. */
  readonly shown: string;
}

/** Undefined for what is no address of the web, or says who somebody is. */
export function webAddressOf(text: string): WebAddress | undefined {
  if (!URL.canParse(text)) return undefined;
  const { protocol, username, password, href } = new URL(text);
  if ((protocol !== 'https:' && protocol !== 'http:') || username !== '' || password !== '') return undefined;
  return { href, shown: revealInvisible(href).text };
}
