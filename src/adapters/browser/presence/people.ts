import type { PresenceFrame } from '../../wire/user-frames.ts';

/** What the server has told of people last, by their ids. Others are offline. */
export const people = new Map<number, PresenceFrame>();

/** Dispatches `change` when somebody is shown differently now. */
export const peopleChanges = new EventTarget();
