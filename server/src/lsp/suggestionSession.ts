/** Builds all that suggestions need, with the first request for one. */
import { randomBytes } from 'node:crypto';
import { redactSecrets } from '../egress/redact.ts';
import type { Why } from '../features/complete/limits.ts';
import { createStatistics, type Statistics } from '../features/complete/statistics.ts';
import { createSuggestions, type Suggestions } from '../features/complete/suggestions.ts';
import type { ChatOutgoing, Documents, Journal, LiveTexts, World } from '../ports.ts';

export interface SuggestionSession {
  readonly suggestions: Suggestions;
  readonly statistics: Statistics;
  close(): Promise<void>;
}

export interface SuggestionSessionParts {
  readonly world: Pick<World, 'settings' | 'trust' | 'log'>;
  readonly documents: Documents & LiveTexts;
  readonly outgoing: ChatOutgoing;
  readonly journal: Journal;
  reasonToStay(uri: string, excludedFiles: readonly string[]): Promise<string | undefined>;
  owns(uri: string): boolean;
  changed(): void;
}

export function createSuggestionSession(parts: SuggestionSessionParts): SuggestionSession {
  const { world, documents, outgoing, journal, owns, changed } = parts;
  const { log, trust } = world;
  const random = () => randomBytes(8).toString('hex');
  const date = () => new Date();
  const statistics = createStatistics({ journal, log, now: date, random });
  const suggestions = createSuggestions({
    ...{ documents, outgoing, statistics, log, trust, owns, date, random, changed },
    settings: (uri) => world.settings.forDocument(uri),
    async reasonToStay(uri, excludedFiles) {
      const reason = await parts.reasonToStay(uri, excludedFiles);
      return reason === undefined ? undefined : whyOf(reason);
    },
    isSecret: (text) => redactSecrets(text).found.length > 0 || text.includes('[secret:'),
    now: () => performance.now(),
  });
  return {
    suggestions,
    statistics,
    async close() {
      suggestions.close();
      await statistics.close();
    },
  };
}

function whyOf(reason: string): Why {
  const why = reason.startsWith('by its name it is') ? 'secret' : 'excluded';
  return { why, detail: `This file stays on this machine: ${reason}` };
}
