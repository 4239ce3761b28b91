import { isDueToBeSeenOnSocket } from '../../../domain/identity/session.ts';
import type { Actor } from '../../actor.ts';
import type { NamedConnection, NameNews } from '../../feed/name-news.ts';
import type { Clock } from '../../ports/clock.ts';
import type { EndReason } from '../../ports/follower.ts';
import type { Log } from '../../ports/log.ts';
import type { Measurements } from '../../ports/measurements.ts';
import type { Presence } from '../../ports/presence.ts';
import type { StoreView } from '../../ports/store.ts';
import type { UnitOfWork } from '../../ports/unit-of-work.ts';
import { readCredential, recordUse } from './credential-status.ts';
import type { OpenSessions } from './open-sessions.ts';

export interface ConnectedSessionDeps {
  readonly unitOfWork: UnitOfWork;
  readonly view: StoreView;
  readonly clock: Clock;
  readonly log: Log;
  readonly presence: Presence;
  readonly measurements: Pick<Measurements, 'followed' | 'unfollowed'>;
  readonly sessions: OpenSessions;
  readonly nameNews: NameNews;
}

/** What a session needs of its connection. */
interface SessionConnection extends NamedConnection {
  end(reason: EndReason): void;
}

/** The session of a connection: its end closes the connection, and use of the connection prolongs it. Counts as connected. */
export class ConnectedSession {
  readonly #deps: ConnectedSessionDeps;
  readonly #actor: Actor;
  readonly #connection: SessionConnection;
  /** The last recorded use of the credential, as far as this connection knows. */
  #seenAt = Number.POSITIVE_INFINITY;
  #isClosed = false;

  /** From here on the end of the session is heard. `isLive` finds an end that came before. */
  constructor(deps: ConnectedSessionDeps, actor: Actor, connection: SessionConnection) {
    this.#deps = deps;
    this.#actor = actor;
    this.#connection = connection;
    deps.sessions.add(connection, actor);
    deps.nameNews.connect(connection, actor);
    deps.presence.connected();
    deps.measurements.followed();
  }

  /**
   * Whether the session is valid. If it is, its expiry will end the connection.
   * @throws DomainError `unavailable`
   */
  async isLive(): Promise<boolean> {
    const { view, clock, sessions } = this.#deps;
    const { user, credential } = this.#actor;
    const status = await readCredential(view, credential);
    if (!status || clock.now() >= status.endsAt) return false;
    if (this.#isClosed) return true;
    sessions.watch({ userId: user.id, credential, endsAt: status.endsAt });
    this.#seenAt = status.seenAt;
    return true;
  }

  /** Tells the connection of names that may have changed while it was away. Never rejects. */
  tellNames(): Promise<void> {
    return this.#deps.nameNews.tellRecent(this.#connection, this.#actor);
  }

  /** Records that the user did something. Cheap: call it for every frame. */
  used(): void {
    const { unitOfWork, clock, log } = this.#deps;
    const now = clock.now();
    if (!isDueToBeSeenOnSocket(this.#seenAt, now)) return;
    this.#seenAt = now;
    recordUse(unitOfWork, this.#actor.credential, now).catch((err: unknown) => {
      log.error({ event: 'expiry_check_failed', err }, 'the use of a session could not be recorded');
    });
  }

  close(): void {
    if (this.#isClosed) return;
    this.#isClosed = true;
    const { sessions, nameNews, presence, measurements } = this.#deps;
    sessions.remove(this.#connection, this.#actor);
    nameNews.disconnect(this.#connection, this.#actor);
    presence.disconnected();
    measurements.unfollowed();
  }
}
