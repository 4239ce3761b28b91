/** Codes of requests that are refused for their form, which only HTTP has. */
export type HttpRefusalCode =
  | 'bad_request'
  | 'cross_site'
  | 'not_found'
  | 'not_acceptable'
  | 'too_large'
  | 'unsupported_media_type'
  | 'misdirected'
  | 'upgrade_required';

export class HttpRefusal extends Error {
  override readonly name = 'HttpRefusal';
  readonly code: HttpRefusalCode;

  constructor(code: HttpRefusalCode, message: string) {
    super(message);
    this.code = code;
  }
}
