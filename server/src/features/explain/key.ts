/** Names what an explanation answers, so that the same is not paid for twice. Pure. */
import { createHash } from 'node:crypto';
import type { ExplanationKind } from '#shared/explain.ts';
import type { ExplanationRecord } from '../../ports.ts';
import type { Material } from './material.ts';
import { promptVersion, type Wording } from './prompt.ts';

export interface Answered extends Wording {
  readonly kind: ExplanationRecord['kind'];
  readonly languageId: string;
  /** The lines as they are in the document. */
  readonly code: string;
  /** What about them is explained, as far as they do not tell. */
  readonly subject: string;
}

/** The same for the same code at the same level by the same model, prompt, language and audience: wherever it stands. */
export function keyOf({ kind, level, model, language, audience, languageId, code, subject }: Answered): string {
  const parts = [promptVersion, kind, level, model, language, audience, languageId, code, subject];
  return createHash('sha256').update(JSON.stringify(parts)).digest('base64url');
}

/** What about the code is explained, wherever that stands: line numbers do not count. */
export function subjectOf({ kind, documents, firstLine }: Material): string {
  const parts = partsOf[kind];
  const told = documents.filter(({ part }) => parts.includes(part));
  return JSON.stringify(
    told.map(({ part, lines }) => [
      part,
      lines.map(({ line, text }) => [line - firstLine, text.replace(/^line \d+, /, '')]),
    ]),
  );
}

/** Parts that are the subject, beside the code itself. */
const partsOf: Readonly<Record<ExplanationKind, readonly string[]>> = {
  code: [],
  file: [],
  problem: ['problem'],
  change: ['before', 'code'],
  terminal: ['terminal'],
};
