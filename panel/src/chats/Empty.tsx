/** What a chat without a question shows: what can be done here, and examples that fill the composer. */

export interface EmptyProps {
  readonly sendKey: 'enter' | 'ctrlEnter';
  /** Sends nothing. */
  readonly onExample: (text: string) => void;
}

export function Empty(_: EmptyProps) {
  return <div class="empty" />;
}
