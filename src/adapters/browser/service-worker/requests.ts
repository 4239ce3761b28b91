/** What pages ask of the worker. */
export interface ForgetRequest {
  /** Everything, or the page at one path. */
  readonly forget: string;
}

export interface RenewRequest {
  /** The path of a page that has news since it was kept. */
  readonly renew: string;
}

export const isAskedToForget = (asked: unknown): asked is ForgetRequest => holds(asked, 'forget');

export const isAskedToRenew = (asked: unknown): asked is RenewRequest => holds(asked, 'renew');

function holds(asked: unknown, name: string): boolean {
  return typeof asked === 'object' && asked !== null && name in asked && typeof Reflect.get(asked, name) === 'string';
}
