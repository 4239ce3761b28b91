import { createHash, randomUUID } from 'node:crypto';

/** An id for one copy of a form. A form that arrives twice with one id was meant once. */
export const newFormId = (): string => randomUUID();

/** An id for a form with its words: the same for the same form and words, another for other words. */
export const formIdFor = (formId: string, words: string): string =>
  createHash('sha256').update(`${formId}\0${words}`).digest('base64url');

/**
 * A copy of a page with another form id. The id in the page is random, so no message in it can contain the same text.
 * @param ids both of the same length
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
