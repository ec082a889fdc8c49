/** Answers of the files and skills endpoints, and what is left of what was deleted (API reference, "Files", "Skills"). */
import * as z from 'zod';

const Text = z.string().nullish();

/** A file that the service keeps. */
export const FileMetadata = z.looseObject({
  id: z.string(),
  /** The last part of the name that it was uploaded with. */
  filename: z.string(),
  mime_type: Text,
  size_bytes: z.number().nullish(),
  created_at: Text,
  /** Only files that a tool made can be downloaded. */
  downloadable: z.boolean().nullish(),
  /** When it will be gone; null for files that stay. */
  expires_at: Text,
});
export type FileMetadata = z.infer<typeof FileMetadata>;

/** One page of the list of files, newest first. */
export const FilePage = z.looseObject({ data: z.array(FileMetadata), next_page: Text });
export type FilePage = z.infer<typeof FilePage>;

/** A skill: instructions and files that a container can be given. */
export const Skill = z.looseObject({
  id: z.string(),
  display_name: Text,
  /** What `latest` means. */
  latest_version_id: Text,
  created_at: Text,
  updated_at: Text,
  /** `custom`, `anthropic`, … */
  source: z.looseObject({ type: Text }).nullish(),
});
export type Skill = z.infer<typeof Skill>;

/** One page of the list of skills. */
export const SkillPage = z.looseObject({ data: z.array(Skill), next_page: Text });
export type SkillPage = z.infer<typeof SkillPage>;

/** One upload of a skill's files. */
export const SkillVersion = z.looseObject({
  /** `skver_…` */
  id: z.string(),
  skill_id: Text,
  /** The same for all versions: from the first upload's SKILL.md. */
  name: Text,
  /** From SKILL.md. */
  description: Text,
  created_at: Text,
});
export type SkillVersion = z.infer<typeof SkillVersion>;

/** One page of the list of a skill's versions. */
export const SkillVersionPage = z.looseObject({ data: z.array(SkillVersion), next_page: Text });
export type SkillVersionPage = z.infer<typeof SkillVersionPage>;

/** What was deleted. */
export const Deleted = z.looseObject({ id: z.string(), type: Text });
export type Deleted = z.infer<typeof Deleted>;
