/** What was shown, what of it was taken, and whether that still stands there some time later. */
import type { Documents, LiveTexts } from '../../ports.ts';
import type { Statistics } from './statistics.ts';

export interface ShownText {
  readonly uri: string;
  readonly text: string;
  /** Where it begins, when it was shown. */
  readonly offset: number;
  /** In the document, whose line ends may be longer. */
  readonly length: number;
}

export interface Shown {
  /** While a suggestion is typed through, its id stays the same, and it counts once. */
  add(id: string, text: ShownText): void;
  /** Counts it, once. @returns what was taken; undefined for what was not shown. */
  accepted(id: string): ShownText | undefined;
  close(): void;
}

export interface ShownParts {
  readonly documents: Pick<Documents, 'get'> & LiveTexts;
  readonly statistics: Pick<Statistics, 'add'>;
}

/** Suggestions that are remembered, and those that are looked at again. */
const most = { shown: 200, looks: 50 } as const;
/** Milliseconds after which what is still there counts as kept. */
const later = 30_000;
/** Code units by which it may have moved. */
const moved = 3_000;

export function createShown({ documents, statistics }: ShownParts): Shown {
  const texts = new Map<string, ShownText>();
  const taken = new Set<string>();
  const looks = new Set<NodeJS.Timeout>();
  const isKept = ({ uri, text, offset }: ShownText): boolean => {
    if (documents.get(uri) === undefined) return false;
    const around = documents.part(uri, Math.max(0, offset - moved), offset + text.length + moved);
    return bare(around).includes(bare(text));
  };
  const lookLater = (text: ShownText): void => {
    if (looks.size >= most.looks) return;
    const look = setTimeout(() => {
      looks.delete(look);
      if (isKept(text))
        statistics.add((counts) => {
          counts.kept += 1;
        });
    }, later).unref();
    looks.add(look);
  };
  return {
    add(id, text) {
      if (!texts.has(id))
        statistics.add((counts) => {
          counts.shown += 1;
        });
      texts.delete(id);
      texts.set(id, text);
      const [oldest] = texts.keys();
      if (texts.size > most.shown && oldest !== undefined) {
        texts.delete(oldest);
        taken.delete(oldest);
      }
    },
    accepted(id) {
      const text = texts.get(id);
      if (text === undefined || taken.has(id)) return undefined;
      taken.add(id);
      statistics.add((counts) => {
        counts.accepted += 1;
        counts.lines += text.text.split('\n').length;
        counts.characters += text.text.length;
      });
      lookLater(text);
      return text;
    },
    close() {
      for (const look of looks) clearTimeout(look);
      looks.clear();
    },
  };
}

/** Formatters move white space. */
function bare(text: string): string {
  return text.replace(/\s+/g, '');
}
