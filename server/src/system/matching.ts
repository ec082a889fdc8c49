/** What runs in the thread that holds patterns against texts. It stands alone: its text is the thread's whole program. */

/** What the thread needs of the line to whoever started it. */
export interface MatchingPort {
  on(event: 'message', listener: (message: MatchQuestion) => void): void;
  postMessage(answer: MatchAnswer): void;
}

export interface MatchQuestion {
  readonly id: number;
  readonly pattern: string;
  readonly flags: string;
  /** Of a file, or its text. */
  readonly text: string | Uint8Array;
  /** Lines before and after each match. */
  readonly around: number;
  readonly most: number;
}

export interface MatchAnswer {
  readonly id: number;
  readonly found: readonly MatchedLine[];
  /** There are more. */
  readonly isCut: boolean;
  /** The pattern cannot be used. */
  readonly problem?: string;
}

export interface MatchedLine {
  readonly line: number;
  readonly firstLine: number;
  readonly lines: readonly string[];
}

/** Answers each question in its turn. Names nothing outside of itself. */
export function serveMatching(port: MatchingPort): void {
  /** Longer lines are looked at so far, and shown less of. */
  const longestMatched = 10_000;
  const longestShown = 500;
  /** Undefined for what is no text. */
  const textOf = (text: string | Uint8Array): string | undefined => {
    if (typeof text === 'string') return text;
    if (text.includes(0)) return undefined;
    try {
      return new TextDecoder('utf-8', { fatal: true }).decode(text);
    } catch {
      return undefined;
    }
  };
  const shown = (line: string): string => (line.length > longestShown ? `${line.slice(0, longestShown)}…` : line);
  const matched = ({ id, pattern, flags, text, around, most }: MatchQuestion): MatchAnswer => {
    const regex = new RegExp(pattern, flags);
    const lines = (textOf(text) ?? '').split(/\r\n|\r|\n/);
    const found: MatchedLine[] = [];
    for (const [line, each] of lines.entries()) {
      if (!regex.test(each.length > longestMatched ? each.slice(0, longestMatched) : each)) continue;
      if (found.length >= most) return { id, found, isCut: true };
      const firstLine = Math.max(0, line - around);
      found.push({ line, firstLine, lines: lines.slice(firstLine, line + around + 1).map(shown) });
    }
    return { id, found, isCut: false };
  };
  port.on('message', (question) => {
    try {
      port.postMessage(matched(question));
    } catch (error) {
      port.postMessage({ id: question.id, found: [], isCut: false, problem: String(error) });
    }
  });
}
