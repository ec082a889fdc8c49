/** The demo's skills (API reference, "Skills"): what SKILL.md says of itself, and which files came with it. */
import { randomBytes } from 'node:crypto';
import { pageByCursor } from './paging.ts';
import { type FormPart, invalid, json, notFound, type Response, type Route } from './response.ts';

interface Version {
  readonly id: string;
  readonly type: 'skill_version';
  readonly skill_id: string;
  readonly name: string;
  readonly description: string;
  readonly created_at: string;
  /** Not the service's: so that it can be seen what arrived. */
  readonly demo_files: readonly string[];
}

interface Skill {
  readonly id: string;
  readonly name: string;
  readonly displayName: string;
  readonly createdAt: string;
  /** Newest first. */
  readonly versions: Version[];
}

const mostSkills = 100;

export function createSkillRoutes(): readonly Route[] {
  const skills: Skill[] = [];
  const withSkill = (id: string | undefined, act: (skill: Skill) => Response): Response => {
    const skill = skills.find((each) => each.id === id);
    return skill === undefined ? notFound(`skill: ${id ?? ''}`) : act(skill);
  };
  const withVersion = (parts: readonly string[], act: (skill: Skill, version: Version) => Response): Response =>
    withSkill(parts[0], (skill) => {
      const version = skill.versions.find(({ id }) => id === parts[1] || parts[1] === 'latest');
      return version === undefined ? notFound(`skill version: ${parts[1] ?? ''}`) : act(skill, version);
    });
  const create = (form: readonly FormPart[] | undefined): Response => {
    const id = `skill_demo_${randomBytes(8).toString('hex')}`;
    const version = versionFrom(form, id);
    if (typeof version === 'string') return invalid(version);
    if (skills.length >= mostSkills) return invalid(`The demo keeps ${mostSkills} skills. Delete some.`);
    const label = form?.find(({ name }) => name === 'display_name');
    const displayName = label === undefined ? version.name : Buffer.from(label.bytes).toString();
    const skill = { id, name: version.name, displayName, createdAt: version.created_at, versions: [version] };
    skills.unshift(skill);
    return json(stateOf(skill));
  };
  return [
    { method: 'POST', path: /^\/v1\/skills$/, answer: ({ form }) => create(form) },
    { method: 'GET', path: /^\/v1\/skills$/, answer: ({ query }) => pageByCursor(skills.map(stateOf), query) },
    { method: 'GET', path: one, answer: ({ parts: [id] }) => withSkill(id, (skill) => json(stateOf(skill))) },
    {
      method: 'DELETE',
      path: one,
      answer: ({ parts: [id] }) =>
        withSkill(id, (skill) => {
          skills.splice(skills.indexOf(skill), 1);
          return json({ id: skill.id, type: 'skill_deleted' });
        }),
    },
    {
      method: 'POST',
      path: versions,
      answer: ({ parts: [id], form }) => withSkill(id, (skill) => addVersion(skill, form)),
    },
    {
      method: 'GET',
      path: versions,
      answer: ({ parts: [id], query }) => withSkill(id, (skill) => pageByCursor(skill.versions, query)),
    },
    { method: 'GET', path: oneVersion, answer: ({ parts }) => withVersion(parts, (_skill, version) => json(version)) },
    {
      method: 'DELETE',
      path: oneVersion,
      answer: ({ parts }) =>
        withVersion(parts, (skill, version) => {
          if (skill.versions.length === 1) return invalid('A skill keeps one version. Delete the skill.');
          skill.versions.splice(skill.versions.indexOf(version), 1);
          return json({ id: version.id, type: 'skill_version_deleted' });
        }),
    },
  ];
}

const one = /^\/v1\/skills\/([^/]*)$/;
const versions = /^\/v1\/skills\/([^/]*)\/versions$/;
const oneVersion = /^\/v1\/skills\/([^/]*)\/versions\/([^/]*)$/;

function addVersion(skill: Skill, form: readonly FormPart[] | undefined): Response {
  const version = versionFrom(form, skill.id);
  if (typeof version === 'string') return invalid(version);
  if (version.name !== skill.name) return invalid(`name: must stay ${skill.name}`);
  skill.versions.unshift(version);
  return json(version);
}

function stateOf({ id, displayName, createdAt, versions: [latest] }: Skill) {
  return {
    id,
    type: 'skill',
    display_name: displayName,
    latest_version_id: latest?.id ?? null,
    created_at: createdAt,
    updated_at: latest?.created_at ?? createdAt,
    source: { type: 'custom' },
  };
}

/** A version from the files of a form, or what is wrong with them. */
function versionFrom(form: readonly FormPart[] | undefined, skillId: string): Version | string {
  const files = (form ?? []).filter(({ name }) => name === 'files[]');
  const names = files.map(({ filename = '' }) => filename);
  const folders = new Set(names.map((name) => name.split('/')[0]));
  const [folder = ''] = folders;
  if (files.length === 0) return 'files: Field required';
  if (folders.size !== 1 || names.some((name) => !name.includes('/')))
    return 'files: all must be in the same top-level directory';
  const instructions = files.find(({ filename }) => filename === `${folder}/SKILL.md`);
  if (instructions === undefined) return 'files: SKILL.md must be at the root of the directory';
  const text = Buffer.from(instructions.bytes).toString();
  return {
    id: `skver_demo_${randomBytes(8).toString('hex')}`,
    type: 'skill_version',
    skill_id: skillId,
    name: frontMatter(text, 'name') ?? folder,
    description: frontMatter(text, 'description') ?? '',
    created_at: new Date().toISOString(),
    demo_files: names,
  };
}

function frontMatter(text: string, field: string): string | undefined {
  const head = /^---\r?\n([\s\S]*?)\r?\n---/.exec(text)?.[1] ?? '';
  return new RegExp(`^${field}: *(.+)$`, 'm').exec(head)?.[1]?.trim();
}
