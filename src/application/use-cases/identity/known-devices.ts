import type { Secrets } from '../../ports/secrets.ts';
import type { UserCredentials } from '../../ports/users.ts';

/** Maximum accounts whose sign-ins one browser remembers. */
const MAX_KEPT = 5;
/** Maximum tokens that are looked at. A few more, since another site of the same domain may add to a browser's cookies. */
const MAX_PRESENTED = 10;

/**
 * Tells browsers in which an account has signed in before from all others, by a token that cannot sign anybody in. It is a
 * random number and its MAC under the account's password hash: nothing is stored, no other account recognises it, it does not
 * say whose it is, and a new password makes all of an account's tokens worthless.
 */
export class KnownDevices {
  readonly #secrets: Pick<Secrets, 'token' | 'mac' | 'isMac'>;

  constructor({ secrets }: { readonly secrets: Pick<Secrets, 'token' | 'mac' | 'isMac'> }) {
    this.#secrets = secrets;
  }

  /** The token that this account gave out; undefined when it is not among these, and where there is no account. */
  find(tokens: readonly string[], account: UserCredentials | undefined): string | undefined {
    // An unknown name takes as long as a known one; what it recognises does not count, since anybody can make such tokens.
    const { passwordHash, user } = account ?? { passwordHash: '', user: { id: 0 } };
    const own = tokens.slice(0, MAX_PRESENTED).filter((token) => this.#isOf(passwordHash, user.id, token));
    return account && own[0];
  }

  /** What the browser keeps after a sign-in: the account's token first, then those of the accounts before it. */
  remember(tokens: readonly string[], account: UserCredentials): readonly string[] {
    const known = this.find(tokens, account);
    const others = tokens.filter((token) => token !== known);
    return [known ?? this.#issue(account), ...others].slice(0, MAX_KEPT);
  }

  #issue({ passwordHash, user }: UserCredentials): string {
    const nonce = this.#secrets.token();
    return `${nonce}.${this.#secrets.mac(passwordHash, claim(user.id, nonce))}`;
  }

  #isOf(passwordHash: string, userId: number, token: string): boolean {
    const end = token.indexOf('.');
    const [nonce, mac] = [token.slice(0, end), token.slice(end + 1)];
    return end > 0 && this.#secrets.isMac(mac, passwordHash, claim(userId, nonce));
  }
}

const claim = (userId: number, nonce: string) => `device ${userId} ${nonce}`;
