/** Loads the checks when they are first needed. */
import type { Checks } from './checks.ts';
import type { ResourceChecks } from './resourceChecks.ts';

let loading: Promise<Checks> | undefined;
let loaded: Checks | undefined;

export function loadChecks(): Promise<Checks> {
  loading ??= import('./checks.ts').then(({ checks }) => {
    loaded = checks;
    return checks;
  });
  return loading;
}

/** The checks, if they are loaded. */
export function loadedChecks(): Checks | undefined {
  return loaded;
}

let loadingResources: Promise<ResourceChecks> | undefined;

export function loadResourceChecks(): Promise<ResourceChecks> {
  loadingResources ??= import('./resourceChecks.ts').then(({ resourceChecks }) => resourceChecks);
  return loadingResources;
}

/** The check for one kind of answer. */
export function resourceCheck<Name extends keyof ResourceChecks>(name: Name): () => Promise<ResourceChecks[Name]> {
  return () => loadResourceChecks().then((checks) => checks[name]);
}
