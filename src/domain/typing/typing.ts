import type { User } from '../identity/user.ts';
import type { ChatId, UserId } from '../ids.ts';

/** Someone is writing in a chat. */
export interface Typing {
  readonly chatId: ChatId;
  readonly user: User;
  /** Those who block the user, and are not to be told. Absent where nobody does. */
  readonly hiddenFrom?: readonly UserId[] | undefined;
}

/** How long a signal holds: clients repeat it every 2 s while the user writes, and show it this long. */
export const TYPING_LASTS_MS = 6_000;

/** Maximum signals that a follower of a chat is told within TELL_WITHIN_MS, however many people write. */
const MAX_TOLD = 2;
const TELL_WITHIN_MS = 1_000;
/** A signal that could not be told this soon is dropped: whoever still writes has sent another by then. */
const UNTOLD_LASTS_MS = 2_000;

/** A signal that has yet to be told. */
interface Untold {
  readonly typing: Typing;
  readonly until: number;
}

/** The signals of one chat: those that wait, the longest first, and when the last ones were told. All times are of one timer. */
export interface Signals {
  readonly untold: readonly Untold[];
  readonly toldAt: readonly number[];
}

export const NO_SIGNALS: Signals = { untold: [], toldAt: [] };

/** Someone writes. A repeated signal keeps its place, so that everybody has a turn. */
export function withTyping(signals: Signals, typing: Typing, now: number): Signals {
  const heard = { typing, until: now + UNTOLD_LASTS_MS };
  const index = signals.untold.findIndex(({ typing: { user } }) => user.id === typing.user.id);
  const untold = index < 0 ? [...signals.untold, heard] : signals.untold.with(index, heard);
  return { ...signals, untold };
}

/** The user has posted what they wrote, or is no longer a member. */
export function withoutTyping(signals: Signals, userId: UserId): Signals {
  return { ...signals, untold: signals.untold.filter(({ typing: { user } }) => user.id !== userId) };
}

interface Telling {
  /** What is to be told now. */
  readonly due: readonly Typing[];
  readonly signals: Signals;
  /** When to ask again; undefined when nothing waits. */
  readonly nextAt: number | undefined;
}

/** Decides what is told at a moment. */
export function tellTyping({ untold, toldAt }: Signals, now: number): Telling {
  const live = untold.filter(({ until }) => until > now);
  const recent = toldAt.filter((at) => at + TELL_WITHIN_MS > now);
  const due = live.slice(0, MAX_TOLD - recent.length).map(({ typing }) => typing);
  const told = [...recent, ...due.map(() => now)];
  const rest = live.slice(due.length);
  const [oldest = now] = told;
  return {
    due,
    signals: { untold: rest, toldAt: told },
    nextAt: rest.length === 0 ? undefined : oldest + TELL_WITHIN_MS,
  };
}
