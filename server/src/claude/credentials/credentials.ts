/** What proves who asks: the seam between a call and wherever keys and tokens come from. */

/** Asked by every attempt of a call; shared by all calls of a client. */
export interface Credentials {
  /**
   * The headers that prove who asks, with lower-case names; a promise only where they have to be fetched first.
   * @throws ClaudeError that says what to do; mostly of kind `authentication` or `configuration`.
   */
  headers(): Readonly<Record<string, string>> | Promise<Readonly<Record<string, string>>>;
  /**
   * The service answered 401 to these headers.
   * @returns Whether others are there now: then the call is sent once more, and this does not count as an attempt.
   * @throws ClaudeError when others had to be fetched, and that failed.
   */
  refused(headers: Readonly<Record<string, string>>): boolean | Promise<boolean>;
  /** Gives up what is being fetched. Nothing is left afterwards. */
  close(): void;
}

/** A key or token that stays the same. */
export function fixedCredentials(headers: Readonly<Record<string, string>>): Credentials {
  return { headers: () => headers, refused: () => false, close() {} };
}
