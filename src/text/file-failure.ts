/** Why a file could not be read, as a person says it: the words of the system name a call and a number. */
export const whyUnread = (error: unknown): string => reasonOf(error, 'there is no such file');

/** Why a file could not be written. */
export const whyUnwritten = (error: unknown): string => reasonOf(error, 'there is no such folder');

/** What keeps a file from being used that nobody foresaw to be kept from us, with its name; null for an error of another kind. */
export function fileRefusal(error: unknown): string | null {
  const { code, path } = (error ?? {}) as NodeJS.ErrnoException;
  const reason = refusals[code ?? ''];
  return reason === undefined || path === undefined ? null : `${path} cannot be used: ${reason}`;
}

const refusals: Readonly<Record<string, string>> = {
  EACCES: 'that is not allowed here',
  EPERM: 'that is not allowed here',
  EROFS: 'nothing can be written there',
  ENOSPC: 'there is no room left',
};

function reasonOf(error: unknown, missing: string): string {
  if (error instanceof SyntaxError) return 'it is no JSON';
  const { code, message } = error as NodeJS.ErrnoException;
  const reasons: Readonly<Record<string, string>> = {
    ...refusals,
    ENOENT: missing,
    EISDIR: 'it is a folder',
    ENOTDIR: 'a part of its path is no folder',
    EBUSY: 'it is in use',
    ELOOP: 'its symbolic links lead round in a circle',
    ENAMETOOLONG: 'its name is too long',
  };
  return reasons[code ?? ''] ?? (message.split('\n')[0] as string);
}
