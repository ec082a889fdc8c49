/** Actions of the person's own: JSON files in `.gloss/actions` of the workspace, read where the workspace is trusted. */
import { CustomAction, customActionFolder } from '#shared/customAction.ts';
import type { CustomActions, Log, OwnAction, Trust } from '../../ports.ts';

/** The workspace's files that configure something, small and to be read only. */
export interface ConfigurationFiles {
  home(uri: string): { readonly root: string; readonly path: string } | undefined;
  /** Names of the regular files in a folder below a workspace folder. */
  names(root: string, folder: string): Promise<readonly string[]>;
  readConfiguration(root: string, relativePath: string): Promise<string | undefined>;
}

export interface CustomActionsParts {
  readonly files: ConfigurationFiles;
  trust(): Trust;
  readonly log: Log;
}

const mostActions = 50;

export function createCustomActions({ files, trust, log }: CustomActionsParts): CustomActions {
  const tell = createTelling(log);
  return {
    async for(uri) {
      const place = trust() === 'trusted' ? files.home(uri) : undefined;
      if (place === undefined) return [];
      const folder = `${place.root}/${customActionFolder}`;
      const names = await files.names(place.root, customActionFolder).catch((error: unknown) => {
        tell(folder, `own actions were not read: ${messageOf(error)}`);
        return undefined;
      });
      if (names === undefined) return [];
      const jsons = names.filter((name) => name.endsWith('.json'));
      const isTooMany = jsons.length > mostActions;
      tell(
        folder,
        isTooMany ? `${folder} has ${jsons.length} actions: only the first ${mostActions} count` : undefined,
      );
      const read = jsons.slice(0, mostActions).map(async (name) => {
        const found = await readAction(files, place.root, name).catch(messageOf);
        const problem = typeof found === 'string' ? `${folder}/${name} is no action: ${found}` : undefined;
        tell(`${folder}/${name}`, problem);
        return typeof found === 'string' ? undefined : found;
      });
      return (await Promise.all(read)).filter((action) => action !== undefined);
    },
  };
}

/** Tells of a file's problem once, until it is another one or was mended. */
function createTelling(log: Log): (file: string, problem: string | undefined) => void {
  const told = new Map<string, string>();
  return (file, problem) => {
    if (problem !== undefined && told.get(file) !== problem) log.warn(problem);
    if (problem === undefined) told.delete(file);
    else told.set(file, problem);
  };
}

/** The action; undefined where the file is gone; else why it is none. @throws when it cannot be read. */
async function readAction(
  files: ConfigurationFiles,
  root: string,
  name: string,
): Promise<OwnAction | string | undefined> {
  const text = await files.readConfiguration(root, `${customActionFolder}/${name}`);
  if (text === undefined) return undefined;
  const action = CustomAction.safeParse(JSON.parse(text));
  if (action.success) return { ...action.data, id: `custom:${name.slice(0, -'.json'.length)}` };
  return action.error.issues.map(({ path, message }) => [...path, message].join(': ')).join('; ');
}

function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
