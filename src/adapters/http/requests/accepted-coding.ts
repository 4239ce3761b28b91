export type ContentCoding = 'br' | 'gzip';

const ACCEPTS: Readonly<Record<ContentCoding, RegExp>> = { br: accepting('br'), gzip: accepting('gzip') };

/** Whether a client that sent this `Accept-Encoding` takes the coding. */
export const accepts = (coding: ContentCoding, acceptEncoding: string | undefined): boolean =>
  acceptEncoding !== undefined && ACCEPTS[coding].test(acceptEncoding);

function accepting(coding: ContentCoding): RegExp {
  return new RegExp(`(?:^|,)\\s*${coding}\\s*(?:,|;\\s*q=(?!0(?:\\.0*)?\\s*(?:,|$))|$)`, 'i');
}
