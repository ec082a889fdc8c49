/** Something that went wrong, or stands in the way, with buttons for what can be done about it. */
import type { Host } from '../host.ts';

export interface TroubleProps {
  readonly host: Host;
  /** Plain text, for people. */
  readonly message: string;
  /** Of `Refused` or of the failure; of an obstacle `obstacle`; empty where it is not known. */
  readonly kind: string;
  readonly onRetry?: (() => void) | undefined;
}

export function Trouble({ message }: TroubleProps) {
  return <div class="trouble">{message}</div>;
}
