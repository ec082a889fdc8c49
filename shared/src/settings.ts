/** The settings that the server reads per document, with their defaults. A bad value falls back to its default. */
import * as z from 'zod';
import { Level } from './explain.ts';

/** A list that cannot be read might have named any file: then all of them stay (threats, rule 4). */
const ExcludedFiles = z.array(z.string().max(1000)).max(1000).catch(['**']);

const Switch = z.boolean().catch(true).default(true);

/** Whom an explanation is for: who knows the trade, who is new to the code or its language, who learns to program. */
export const Audience = z.enum(['professional', 'newcomer', 'student']);
export type Audience = z.infer<typeof Audience>;

/** Names as in the manifest, without the `gloss.` in front. `test/manifest.test.ts` holds the two together. */
export const Settings = z.object({
  explain: z
    .object({
      level: Level.catch('normal').default('normal'),
      /** Model id for explanations. */
      model: z.string().trim().min(1).max(128).catch('claude-sonnet-5-5').default('claude-sonnet-5-5'),
      /** Language to answer in; empty: the editor's display language. */
      language: z.string().trim().max(64).catch('').default(''),
      audience: Audience.catch('professional').default('professional'),
    })
    .prefault({})
    .catch({ level: 'normal', model: 'claude-sonnet-5-5', language: '', audience: 'professional' }),
  edit: z
    .object({
      /** Model id for edits. */
      model: z.string().trim().min(1).max(128).catch('claude-sonnet-5-5').default('claude-sonnet-5-5'),
      /** `inEditor`: new code grows in the file as pending hunks; `preview`: the editor's refactor preview shows it first. */
      review: z.enum(['inEditor', 'preview']).catch('inEditor').default('inEditor'),
    })
    .prefault({})
    .catch({ model: 'claude-sonnet-5-5', review: 'inEditor' }),
  codeActions: z
    .object({
      quickfix: Switch,
      rewrite: Switch,
      extract: Switch,
      custom: Switch,
    })
    .prefault({})
    .catch({ quickfix: true, rewrite: true, extract: true, custom: true }),
  codeLens: z
    .object({ enabled: z.boolean().catch(true).default(true) })
    .prefault({})
    .catch({ enabled: true }),
  /** More files that must never leave this machine, as gitignore patterns. */
  excludedFiles: ExcludedFiles.default([]),
});
export type Settings = z.infer<typeof Settings>;

export const defaultSettings: Settings = Settings.parse({});
