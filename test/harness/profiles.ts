/** A folder with profiles, as a sign-in leaves it, and what there is in it. */
import { mkdir, mkdtemp, readdir, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';

export interface ProfileFolder {
  readonly path: string;
  readonly environment: Readonly<Record<string, string>>;
  /** Writes a file below the folder; text as it is, anything else as JSON. @returns its path */
  write(file: string, content: unknown, mode?: number): Promise<string>;
  read(file: string): Promise<unknown>;
  modeOf(file: string): Promise<string>;
  /** The files below a folder. */
  list(folder: string): Promise<readonly string[]>;
  remove(): Promise<void>;
}

export async function profileFolder(): Promise<ProfileFolder> {
  const folder = await mkdtemp(path.join(tmpdir(), 'profiles-'));
  const at = (file: string) => path.join(folder, file);
  return {
    path: folder,
    environment: { ANTHROPIC_CONFIG_DIR: folder },
    async write(file, content, mode = 0o600) {
      await mkdir(path.dirname(at(file)), { recursive: true, mode: 0o700 });
      await rm(at(file), { force: true });
      await writeFile(at(file), typeof content === 'string' ? content : JSON.stringify(content), { mode });
      return at(file);
    },
    read: async (file) => JSON.parse(await readFile(at(file), 'utf8')),
    modeOf: async (file) => ((await stat(at(file))).mode & 0o777).toString(8),
    list: (name) => readdir(at(name)),
    remove: () => rm(folder, { recursive: true, force: true }),
  };
}

/** The profile of a person who signed in. */
export const person = { version: '1.0', authentication: { type: 'user_oauth', client_id: 'client-1' } };

/** The tokens of a person. @param left Seconds that the access token is still good; null for ever. */
export function signIn(access: string, refresh: string | undefined, left: number | null = 3_600, now = Date.now()) {
  return {
    version: '1.0',
    type: 'oauth_token',
    access_token: access,
    ...(left !== null && { expires_at: Math.floor(now / 1000) + left }),
    ...(refresh !== undefined && { refresh_token: refresh }),
    account_email: 'me@example.org',
  };
}
