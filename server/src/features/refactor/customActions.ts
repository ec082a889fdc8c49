/** Actions of the person's own: JSON files in `.gloss/actions` of the workspace, read where the workspace is trusted. */
import { CustomAction, customActionFolder } from '#shared/customAction.ts';
import type { CustomActions, Log, OwnAction, Trust } from '../../ports.ts';

/** The workspace's files that configure something, small and to be read only. */
export interface ConfigurationFiles {
  place(uri: string): { readonly root: string; readonly path: string } | undefined;
  /** Names of the regular files in a folder below a workspace folder. */
  listConfiguration(root: string, relativePath: string): Promise<readonly string[]>;
  readConfiguration(root: string, relativePath: string): Promise<string | undefined>;
}

export interface CustomActionsParts {
  readonly files: ConfigurationFiles;
  trust(): Trust;
  readonly log: Log;
}

const mostActions = 50;

export function createCustomActions({ files, trust, log }: CustomActionsParts): CustomActions {
  const told = new Set<string>();
  const tell = (message: string): void => {
    if (!told.has(message)) log.warn(message);
    told.add(message);
  };
  return {
    async for(uri) {
      const place = trust() === 'trusted' ? files.place(uri) : undefined;
      if (place === undefined) return [];
      const names = await files.listConfiguration(place.root, customActionFolder).catch((error: unknown) => {
        tell(`own actions could not be listed: ${String(error)}`);
        return [];
      });
      const jsons = names.filter((name) => name.endsWith('.json')).slice(0, mostActions);
      const read = jsons.map((name) =>
        readAction(files, place.root, name).catch((error: unknown) => void tell(`${name}: ${String(error)}`)),
      );
      return (await Promise.all(read)).filter((action) => action !== undefined);
    },
  };
}

/** @throws when it is no action: the log says why. */
async function readAction(files: ConfigurationFiles, root: string, name: string): Promise<OwnAction | undefined> {
  const text = await files.readConfiguration(root, `${customActionFolder}/${name}`);
  if (text === undefined) return undefined;
  return { ...CustomAction.parse(JSON.parse(text)), id: `custom:${name.slice(0, -'.json'.length)}` };
}
