import { createHash, randomUUID } from 'node:crypto';

/** Names one copy of a form: what is sent twice under one name was meant once. */
export const newFormId = (): string => randomUUID();

/** Names what a form says: the same form with the same words has the same name, with other words another. */
export const formIdFor = (formId: string, words: string): string =>
  createHash('sha256').update(`${formId}\0${words}`).digest('base64url');

/**
 * A copy of a page with another form id. The id that it was made with is random, so that no message in it could have quoted it.
 * @param ids of the same length
 */
export function withFormId(
  page: Uint8Array<ArrayBuffer>,
  ids: { readonly from: string; readonly to: string },
): Uint8Array<ArrayBuffer> {
  const copy = Buffer.from(page);
  for (let at = copy.indexOf(ids.from); at !== -1; at = copy.indexOf(ids.from, at + ids.from.length)) {
    copy.write(ids.to, at, 'latin1');
  }
  return copy;
}
