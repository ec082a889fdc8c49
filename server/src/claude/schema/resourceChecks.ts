/** Where answers about batches, files and skills are checked. Loaded apart: most programs never ask for them. */
import * as z from 'zod';
import { BatchPage, BatchResult, MessageBatch } from './batches.ts';
import { checkFor } from './checks.ts';
import { Deleted, FileMetadata, FilePage, Skill, SkillPage, SkillVersion, SkillVersionPage } from './files.ts';

export const resourceChecks = {
  file: checkFor(FileMetadata),
  filePage: checkFor(FilePage),
  skill: checkFor(Skill),
  skillPage: checkFor(SkillPage),
  skillVersion: checkFor(SkillVersion),
  skillVersionPage: checkFor(SkillVersionPage),
  deleted: checkFor(Deleted),
  batch: checkFor(MessageBatch),
  batchPage: checkFor(BatchPage),
  batchResult: checkFor(BatchResult),
  /** Any JSON, for endpoints that this client does not know. */
  any: checkFor(z.custom<unknown>((value) => value !== undefined, 'that is not JSON')),
};
export type ResourceChecks = typeof resourceChecks;
