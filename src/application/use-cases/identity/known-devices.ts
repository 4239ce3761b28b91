import type { Secrets } from '../../ports/secrets.ts';
import type { UserCredentials } from '../../ports/users.ts';

/** Maximum accounts whose sign-ins one browser remembers. */
const MAX_KEPT = 5;
/** Maximum tokens that are checked. More than are kept, since another site of the same domain may add cookies. */
const MAX_PRESENTED = 10;

/**
 * Recognises browsers in which an account has signed in before, by a token that cannot sign in. The token is a random number and its
 * MAC under the account's password hash: nothing is stored, no other account recognises the token, it does not reveal the account, and
 * a new password invalidates all of them.
 */
export class KnownDevices {
  readonly #secrets: Pick<Secrets, 'token' | 'mac' | 'isMac'>;

  constructor({ secrets }: { readonly secrets: Pick<Secrets, 'token' | 'mac' | 'isMac'> }) {
    this.#secrets = secrets;
  }

  /** The token that was issued by this account; undefined without an account, or when none of these was. */
  find(tokens: readonly string[], account: UserCredentials | undefined): string | undefined {
    // An unknown name takes as long as a known one. Its result is ignored: anyone can compute MACs under the empty key.
    const { passwordHash, user } = account ?? { passwordHash: '', user: { id: 0 } };
    const own = tokens.slice(0, MAX_PRESENTED).filter((token) => this.#isOf(passwordHash, user.id, token));
    return account && own[0];
  }

  /** The tokens for the browser to keep after a sign-in: this account's first, then those of earlier accounts. */
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
