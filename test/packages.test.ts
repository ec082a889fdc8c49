/** What npm brings: exact versions with their hashes, from the registry, and nothing that runs while it is installed. */
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, test } from 'vitest';
import * as z from 'zod';

const root = path.resolve(import.meta.dirname, '..');
const Versions = z.record(z.string(), z.string());
const Manifest = z.object({
  dependencies: Versions.optional(),
  devDependencies: Versions,
  optionalDependencies: Versions,
});
const Locked = z.object({ version: z.string(), integrity: z.string().optional(), resolved: z.string().optional() });
const Lockfile = z.object({ packages: z.record(z.string(), z.looseObject({})) });

const manifest = Manifest.parse(JSON.parse(read('package.json')));
/** What comes under another name (`npm:NAME@VERSION`) counts by its version. */
const direct = Object.fromEntries(
  Object.entries({ ...manifest.dependencies, ...manifest.devDependencies, ...manifest.optionalDependencies }).map(
    ([name, wanted]) => [name, wanted.replace(/^npm:.+@/, '')],
  ),
);
const { '': _own, ...others } = Lockfile.parse(JSON.parse(read('package-lock.json'))).packages;
const locked = Object.entries(others).map(([place, entry]) => ({ place, ...Locked.parse(entry) }));

function read(name: string): string {
  return readFileSync(path.join(root, name), 'utf8');
}

describe('S42', () => {
  test('every dependency is pinned to one version', () => {
    expect(Object.keys(direct).length).toBeGreaterThan(20);
    expect(Object.entries(direct).filter(([, version]) => !/^\d+\.\d+\.\d+$/.test(version))).toEqual([]);
  });

  test('every package in the lockfile has its hash, and none comes from elsewhere than the registry', () => {
    expect(locked.length).toBeGreaterThan(300);
    expect(locked.filter(({ integrity }) => !/^sha512-[\w+/]{86}==$/.test(integrity ?? ''))).toEqual([]);
    // Without an address npm asks the registry that it is set up with.
    expect(locked.filter(({ resolved }) => resolved !== undefined)).toEqual([]);
  });

  test('the lockfile knows every direct dependency at its pinned version', () => {
    const versions = new Map(locked.map(({ place, version }) => [place, version]));
    for (const [name, version] of Object.entries(direct)) expect(versions.get(`node_modules/${name}`)).toBe(version);
  });

  test('the lockfile knows the packages of every platform, so that npm ci accepts it on each', () => {
    const places = new Set(locked.map(({ place }) => place));
    const optional = Object.entries(others).flatMap(([place, entry]) =>
      Object.keys(Versions.optional().parse(entry['optionalDependencies']) ?? {}).map((name) => ({ place, name })),
    );
    expect(optional.length).toBeGreaterThan(50);
    const missing = optional.filter(
      ({ place, name }) => !places.has(`${place}/node_modules/${name}`) && !places.has(`node_modules/${name}`),
    );
    expect(missing).toEqual([]);
  });

  test('no install script runs', () => {
    expect(read('.npmrc')).toMatch(/^ignore-scripts=true$/m);
  });
});
