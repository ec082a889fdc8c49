/** Which suggestions are wanted, decided over the person's settings and the workspace's: a workspace can only take away. Pure. */
import type { SuggestionMode } from '#shared/settings.ts';

/** What one level of settings says, as it is written: of any type. */
export interface Level {
  readonly mode: unknown;
  readonly languages: unknown;
}

/** The person's own, with the defaults; what workspace and folder say on top of it. */
export interface Levels {
  readonly person: Level;
  readonly others: readonly Level[];
}

export interface Wanted {
  readonly mode: SuggestionMode;
  readonly languages: Readonly<Record<string, SuggestionMode>>;
}

/** The least of what all levels allow, for every language that one of them names, and for the rest. */
export function wanted({ person, others }: Levels): Wanted {
  const all = [person, ...others].map(read);
  const named = new Set(all.flatMap(({ languages }) => [...languages.keys()]));
  const least = (modes: readonly SuggestionMode[]): SuggestionMode =>
    modes.reduce((one, other) => (rank[other] < rank[one] ? other : one), 'automatic');
  return {
    mode: least(all.map(({ mode }) => mode)),
    languages: Object.fromEntries(
      [...named].map((language) => [
        language,
        least(all.map(({ mode, languages }) => languages.get(language) ?? mode)),
      ]),
    ),
  };
}

/** For a language, or for one that nobody has named. */
export function modeFor({ mode, languages }: Wanted, language: string | undefined): SuggestionMode {
  return language !== undefined && Object.hasOwn(languages, language) ? (languages[language] ?? mode) : mode;
}

export interface Toggled {
  /** The person's own list from now on; undefined where it is the workspace that keeps the language off. */
  readonly languages: Readonly<Record<string, unknown>> | undefined;
  /** What holds then. It is still off where the workspace says so. */
  readonly mode: SuggestionMode;
}

/**
 * Turns a language on or off in the person's own list.
 * @param own that list as it is written, without the defaults.
 */
export function toggled(levels: Levels, own: unknown, language: string): Toggled {
  const list = isRecord(own) ? own : {};
  const withIt = (languages: Readonly<Record<string, unknown>>): Toggled => {
    const told = isRecord(levels.person.languages) ? levels.person.languages : {};
    const person = { ...levels.person, languages: { ...told, ...languages } };
    return { languages, mode: modeFor(wanted({ ...levels, person }), language) };
  };
  if (modeFor(wanted(levels), language) !== 'off') return withIt({ ...list, [language]: 'off' });
  if (modeFor(wanted({ ...levels, others: [] }), language) !== 'off') return { languages: undefined, mode: 'off' };
  const { mode } = read(levels.person);
  return withIt({ ...list, [language]: mode === 'off' ? 'automatic' : mode });
}

const rank: Readonly<Record<SuggestionMode, number>> = { off: 0, manual: 1, automatic: 2 };

interface ReadLevel {
  readonly mode: SuggestionMode;
  readonly languages: ReadonlyMap<string, SuggestionMode>;
}

/** A word that cannot be read may have been meant to turn something off. */
function modeOf(value: unknown): SuggestionMode {
  return value === 'automatic' || value === 'manual' ? value : 'off';
}

function read({ mode, languages }: Level): ReadLevel {
  return {
    mode: mode === undefined ? 'automatic' : modeOf(mode),
    languages: new Map(
      Object.entries(isRecord(languages) ? languages : {}).map(([language, value]) => [language, modeOf(value)]),
    ),
  };
}

function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
