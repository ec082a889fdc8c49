/** What proves who asks: the seam between a call and wherever keys and tokens come from. */

/** Asked by every attempt of a call; shared by all calls of a client. */
export interface Credentials {
  /**
   * The headers that prove who asks, with lower-case names; a promise only where they have to be fetched first.
   * @throws ClaudeError of kind `authentication` or `configuration` that says what to do.
   */
  headers(): Readonly<Record<string, string>> | Promise<Readonly<Record<string, string>>>;
  /**
   * The service answered 401 to these headers.
   * @returns Whether others may be had: then the call is sent once more, and this does not count as an attempt.
   */
  refused(headers: Readonly<Record<string, string>>): boolean;
}

/** A key or token that stays the same. */
export function fixedCredentials(name: string, value: string): Credentials {
  const headers = { [name]: value };
  return { headers: () => headers, refused: () => false };
}
