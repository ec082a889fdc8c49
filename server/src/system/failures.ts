/** Reads the system's errors, and says them in words. */

/** Whether the error is one of the system's with one of these codes, such as `ENOENT`. */
export function hasCode(error: unknown, ...codes: readonly string[]): boolean {
  return codes.includes(codeOf(error));
}

/** What the system's error means, without a full stop. */
export function reasonOf(error: unknown): string {
  return reasons[codeOf(error)] ?? (error instanceof Error ? error.message : String(error));
}

function codeOf(error: unknown): string {
  return error instanceof Error && 'code' in error && typeof error.code === 'string' ? error.code : '';
}

const reasons: Readonly<Record<string, string>> = {
  EACCES: 'you have no permission for it',
  EPERM: 'you have no permission for it',
  ELOOP: 'it became a link while it was opened',
  EINVAL: 'it changed while it was looked at',
  EMFILE: 'too many files are open',
  ENFILE: 'too many files are open',
  EIO: 'the disk reports an error',
  ENOSPC: 'the disk is full',
  EDQUOT: 'your disk quota is used up',
  EROFS: 'the disk can only be read',
  ENAMETOOLONG: 'its name is too long',
  EEXIST: 'there is a file of that name already',
  ENOTDIR: 'a file stands where a folder should be',
  EISDIR: 'it is a folder',
};
