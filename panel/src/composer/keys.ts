/** What a key does in the composer. Pure: the composer does it. */
import type { Welcome } from '#shared/panelHost.ts';

/** Of a `KeyboardEvent`, what counts. */
export interface Key {
  readonly key: string;
  readonly shiftKey: boolean;
  readonly ctrlKey: boolean;
  readonly metaKey: boolean;
  readonly altKey: boolean;
  readonly isComposing: boolean;
  readonly keyCode: number;
}

export interface Situation {
  readonly sendKey: Welcome['sendKey'];
  /** Suggestions are open, and there is at least one. */
  readonly isSuggesting: boolean;
  /** It works on an answer. */
  readonly isRunning: boolean;
  /** The cursor stands in the first line, nothing is selected. */
  readonly isAtTop: boolean;
  /** The cursor stands at the end, nothing is selected. */
  readonly isAtEnd: boolean;
  /** An earlier question stands there, unchanged. */
  readonly isWalking: boolean;
}

/** `send`: also what waits while it works. */
export type Deed = 'send' | 'steer' | 'older' | 'newer' | 'next' | 'previous' | 'accept' | 'close';

/** Undefined: what the browser does with it. */
export function deedOf(key: Key, situation: Situation): Deed | undefined {
  // What belongs to an input method is none of ours: its Enter takes a word, its Esc drops one.
  if (key.isComposing || key.keyCode === 229) return undefined;
  const isPlain = !key.shiftKey && !key.ctrlKey && !key.metaKey && !key.altKey;
  if (key.key === 'Enter') return ofEnter(key, isPlain, situation);
  if (!isPlain) return undefined;
  if (situation.isSuggesting) return whileSuggesting(key.key);
  if (key.key === 'ArrowUp' && situation.isAtTop) return 'older';
  if (key.key === 'ArrowDown' && situation.isAtEnd && situation.isWalking) return 'newer';
  return undefined;
}

function ofEnter(key: Key, isPlain: boolean, { sendKey, isSuggesting, isRunning }: Situation): Deed | undefined {
  if (key.shiftKey) return undefined;
  if (key.altKey) return isRunning && !key.ctrlKey && !key.metaKey ? 'steer' : undefined;
  if (!isPlain) return 'send';
  if (isSuggesting) return 'accept';
  return sendKey === 'enter' ? 'send' : undefined;
}

function whileSuggesting(key: string): Deed | undefined {
  switch (key) {
    case 'ArrowDown':
      return 'next';
    case 'ArrowUp':
      return 'previous';
    case 'Tab':
      return 'accept';
    case 'Escape':
      return 'close';
    default:
      return undefined;
  }
}
