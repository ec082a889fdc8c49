/** Output of several things at once, readable: one is shown live, the others wait for their turn, whole. */

export interface Channel {
  write(text: string): void;
  /** The last line; the channel is complete. */
  close(summary: string): void;
}

interface State {
  readonly title: string;
  text: string;
  closed: boolean;
}

/** Channels are shown in the order in which they are opened. */
export function createDisplay(write: (text: string) => void): (title: string) => Channel {
  const waiting: State[] = [];
  let live: State | undefined;

  function flush(): void {
    live ??= nextChannel();
    while (live !== undefined) {
      write(live.text);
      live.text = '';
      if (!live.closed) return;
      live = nextChannel();
    }
  }

  function nextChannel(): State | undefined {
    const next = waiting.shift();
    if (next !== undefined) write(`\n── ${next.title} ──\n`);
    return next;
  }

  return (title) => {
    const state: State = { title, text: '', closed: false };
    waiting.push(state);
    const add = (text: string, closed: boolean) => {
      state.text += text;
      state.closed = closed;
      flush();
    };
    flush();
    return { write: (text) => add(text, false), close: (summary) => add(`${summary}\n`, true) };
  };
}
