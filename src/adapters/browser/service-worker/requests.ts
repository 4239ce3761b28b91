/** Messages from pages to the worker. */
export interface ForgetRequest {
  /** `all`, or the path of one page. */
  readonly forget: string;
}

export interface RenewRequest {
  /** The path of a page that has changed since it was cached. */
  readonly renew: string;
}

export const isAskedToForget = (asked: unknown): asked is ForgetRequest => holds(asked, 'forget');

export const isAskedToRenew = (asked: unknown): asked is RenewRequest => holds(asked, 'renew');

function holds(asked: unknown, name: string): boolean {
  return typeof asked === 'object' && asked !== null && name in asked && typeof Reflect.get(asked, name) === 'string';
}
