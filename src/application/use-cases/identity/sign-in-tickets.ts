import { userId } from '../../../domain/ids.ts';
import type { Clock } from '../../ports/clock.ts';
import type { Secrets } from '../../ports/secrets.ts';
import type { StoreView } from '../../ports/store.ts';
import type { UserCredentials } from '../../ports/users.ts';

const VALID_MS = 5 * 60_000;
const TICKET = /^([1-9]\d{0,15})\.(\d{1,16})\.(.+)$/;

/**
 * Stand for a name and a right password until the second step is taken, so that the page which asks for the code need not hold the
 * password. A ticket names the account and its end, with their MAC under the account's password hash: nothing is stored, and a new password
 * invalidates it.
 */
export class SignInTickets {
  readonly #secrets: Secrets;
  readonly #clock: Clock;

  constructor({ secrets, clock }: { readonly secrets: Secrets; readonly clock: Clock }) {
    this.#secrets = secrets;
    this.#clock = clock;
  }

  issue({ user, passwordHash }: UserCredentials): string {
    const ends = this.#clock.now() + VALID_MS;
    return `${user.id}.${ends}.${this.#secrets.mac(passwordHash, claim(user.id, ends))}`;
  }

  /** The account of the ticket; undefined when it is over or was never issued. */
  async accountOf(ticket: string, { users }: Pick<StoreView, 'users'>): Promise<UserCredentials | undefined> {
    const [, id = '0', ends = '0', mac = ''] = TICKET.exec(ticket) ?? [];
    if (this.#clock.now() >= Number(ends)) return undefined;
    const account = await users.credentialsById(userId(Number(id)));
    return account && this.#secrets.isMac(mac, account.passwordHash, claim(Number(id), Number(ends)))
      ? account
      : undefined;
  }
}

const claim = (id: number, ends: number): string => `second step ${id} ${ends}`;
