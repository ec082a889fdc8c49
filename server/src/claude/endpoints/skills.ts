/** The skills endpoint (API reference, "Skills"). */
import { type Answer, type Caller, json } from '../caller.ts';
import type { RequestOptions } from '../options.ts';
import type { Deleted, Skill, SkillPage, SkillVersion, SkillVersionPage } from '../schema/files.ts';
import { resourceCheck } from '../schema/load.ts';
import { extraFields } from './multipart.ts';
import { cursorList, type PageList } from './pages.ts';
import { part } from './paths.ts';
import { type SkillSource, skillForm } from './skillFiles.ts';
import { uploaded } from './upload.ts';

/** Which part of a list. */
export interface SkillListParams {
  /** Items on a page. */
  readonly limit?: number;
  /** Where to begin: the `next_page` of an earlier page. */
  readonly page?: string;
  /** `custom` for your own, `anthropic` for the service's. */
  readonly source?: string;
}
/** Which part of the list of a skill's versions. */
export type SkillVersionListParams = Omit<SkillListParams, 'source'>;

/** The first page when awaited; every skill of all pages when iterated over. */
export type SkillList = PageList<SkillPage, Skill>;
/** The first page when awaited; every version of all pages when iterated over. */
export type SkillVersionList = PageList<SkillVersionPage, SkillVersion>;

/** A new skill. */
export type SkillParams = SkillSource & {
  /** One line, at most 255 characters; the name in SKILL.md when absent. */
  readonly displayName?: string;
};

/** Instructions and files that a container can be given. */
export interface Skills {
  /** Uploads a skill; its files are read while they are sent. @throws ClaudeError as `files.upload` does. */
  create(params: SkillParams, options?: RequestOptions): Answer<Skill>;
  /** The skills, over all pages. @throws ClaudeError */
  list(params?: SkillListParams, options?: RequestOptions): SkillList;
  /** One skill. @throws ClaudeError, of kind `not_found` when there is none of this id */
  retrieve(id: string, options?: RequestOptions): Answer<Skill>;
  /** Deletes a skill with all of its versions. */
  delete(id: string, options?: RequestOptions): Answer<Deleted>;
  /** The versions of a skill: one for each upload of its files. */
  readonly versions: SkillVersions;
}

/** The uploads of a skill, one after the other. */
export interface SkillVersions {
  /** Uploads all of a skill's files anew. The name in SKILL.md stays. */
  create(skillId: string, params: SkillSource, options?: RequestOptions): Answer<SkillVersion>;
  /** The versions of a skill, over all pages. @throws ClaudeError */
  list(skillId: string, params?: SkillVersionListParams, options?: RequestOptions): SkillVersionList;
  /** One version. @throws ClaudeError, of kind `not_found` when there is none */
  retrieve(skillId: string, versionId: string, options?: RequestOptions): Answer<SkillVersion>;
  /** Deletes one version for good. @throws ClaudeError */
  delete(skillId: string, versionId: string, options?: RequestOptions): Answer<Deleted>;
}

const path = '/v1/skills';

export function createSkills(caller: Caller): Skills {
  const one = (id: string) => `${path}/${part(id, 'skill id')}`;
  return {
    create: ({ displayName, ...source }, options) =>
      uploaded(
        () =>
          skillForm(
            source,
            extraFields({ ...(displayName !== undefined && { display_name: displayName }), ...options?.extra }),
          ),
        ({ upload }) => caller.call({ operation: 'skills.create', method: 'POST', path, upload }, options),
        resourceCheck('skill'),
      ),
    list: (params, options) =>
      cursorList((page) =>
        json(() => {
          const query = { ...params, ...(page !== undefined && { page }) };
          return caller.call({ operation: 'skills.list', method: 'GET', path, query }, options);
        }, resourceCheck('skillPage')),
      ),
    retrieve: (id, options) =>
      json(
        () => caller.call({ operation: 'skills.retrieve', method: 'GET', path: one(id) }, options),
        resourceCheck('skill'),
      ),
    delete: (id, options) =>
      json(
        () => caller.call({ operation: 'skills.delete', method: 'DELETE', path: one(id) }, options),
        resourceCheck('deleted'),
      ),
    versions: createVersions(caller, (id) => `${one(id)}/versions`),
  };
}

function createVersions(caller: Caller, all: (skillId: string) => string): SkillVersions {
  const one = (skillId: string, versionId: string) => `${all(skillId)}/${part(versionId, 'version id')}`;
  const call = (name: string, method: 'GET' | 'DELETE', place: () => string, options?: RequestOptions) => () =>
    caller.call({ operation: `skills.versions.${name}`, method, path: place() }, options);
  return {
    create: (skillId, source, options) =>
      uploaded(
        () => skillForm(source, extraFields(options?.extra)),
        ({ upload }) =>
          caller.call({ operation: 'skills.versions.create', method: 'POST', path: all(skillId), upload }, options),
        resourceCheck('skillVersion'),
      ),
    list: (skillId, params, options) =>
      cursorList((page) =>
        json(() => {
          const query = { ...params, ...(page !== undefined && { page }) };
          const asked = { operation: 'skills.versions.list', method: 'GET', path: all(skillId), query } as const;
          return caller.call(asked, options);
        }, resourceCheck('skillVersionPage')),
      ),
    retrieve: (skillId, versionId, options) =>
      json(
        call('retrieve', 'GET', () => one(skillId, versionId), options),
        resourceCheck('skillVersion'),
      ),
    delete: (skillId, versionId, options) =>
      json(
        call('delete', 'DELETE', () => one(skillId, versionId), options),
        resourceCheck('deleted'),
      ),
  };
}
