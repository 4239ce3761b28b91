import { safeNext } from './next-path.ts';

/** The code in a link to an invite, or the whole text: codes are also passed on by themselves. */
export function codeIn(link: string): string {
  const [, code = link.trim()] = link.match(/\/invite\/([^/?#\s]+)/) ?? [];
  return code;
}

/** The code of the invite that a visitor came with: a code or link that they sent, or the page that they go to after the sign-in. */
export function inviteOf({
  invite,
  next,
}: {
  readonly invite?: string | undefined;
  readonly next?: string | undefined;
}): string | undefined {
  if (invite !== undefined && invite.trim() !== '') return codeIn(invite);
  const [, code] = /^\/invite\/([^/?#]+)$/.exec(safeNext(next)) ?? [];
  return code === undefined ? undefined : decoded(code);
}

function decoded(code: string): string {
  try {
    return decodeURIComponent(code);
  } catch {
    return code;
  }
}
