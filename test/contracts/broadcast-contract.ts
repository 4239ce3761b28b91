import { describe, expect, it, onTestFinished } from 'vitest';
import type { Broadcast } from '../../src/application/ports/broadcast.ts';
import type { ChatEvent, PresenceEvent, UserEvent } from '../../src/domain/events.ts';
import { chatId, sessionId, userId } from '../../src/domain/ids.ts';
import { aChat, aMessageIn, aUser } from '../builders.ts';

interface OpenedBroadcast {
  readonly broadcast: Broadcast;
  close(): Promise<void>;
}

const CHAT = chatId(1);
const OTHER_CHAT = chatId(2);
const USER = userId(1);
const OTHER_USER = userId(2);

/** Every broadcast runs this. Events may arrive later, so each test awaits the expected ones before it asserts that others did not come. */
export function broadcastContract(name: string, open: () => Promise<OpenedBroadcast>): void {
  describe(`broadcast: ${name}`, () => {
    it('carries an event, whole, to everyone who listens to its chat', async () => {
      const broadcast = await opened(open);
      const [one, other] = [hearing<ChatEvent>(), hearing<ChatEvent>()];
      broadcast.subscribeToChat(CHAT, one.listen);
      broadcast.subscribeToChat(CHAT, other.listen);
      const posted: ChatEvent = { type: 'message_posted', message: aMessageIn(aChat(), aUser()) };
      broadcast.publishToChat(CHAT, posted);
      expect(await one.heard(1)).toEqual([posted]);
      expect(await other.heard(1)).toEqual([posted]);
    });

    it("carries an event, whole, to everyone who listens to its user's", async () => {
      const broadcast = await opened(open);
      const [one, other] = [hearing<UserEvent>(), hearing<UserEvent>()];
      broadcast.subscribeToUser(USER, one.listen);
      broadcast.subscribeToUser(USER, other.listen);
      broadcast.publishToUser(USER, ended('a'));
      expect(await one.heard(1)).toEqual([ended('a')]);
      expect(await other.heard(1)).toEqual([ended('a')]);
    });

    it('delivers what is published one after another in that order', async () => {
      const broadcast = await opened(open);
      const { listen, heard } = hearing<ChatEvent>();
      broadcast.subscribeToChat(CHAT, listen);
      const events = [1, 2, 3, 4, 5].map(left);
      for (const event of events) broadcast.publishToChat(CHAT, event);
      expect(await heard(5)).toEqual(events);
    });

    it('keeps chats apart from each other', async () => {
      const broadcast = await opened(open);
      const { listen, heard } = hearing<ChatEvent>();
      broadcast.subscribeToChat(CHAT, listen);
      broadcast.publishToChat(OTHER_CHAT, left(1));
      broadcast.publishToChat(CHAT, left(2));
      expect(await heard(1)).toEqual([left(2)]);
    });

    it('carries a report of who is connected, whole, to every instance', async () => {
      const broadcast = await opened(open);
      const [one, other] = [hearing<PresenceEvent>(), hearing<PresenceEvent>()];
      const unsubscribe = broadcast.subscribeToPresence(one.listen);
      broadcast.subscribeToPresence(other.listen);
      const report: PresenceEvent = {
        type: 'presence_reported',
        instance: 'here',
        people: [{ user: aUser(), availability: 'idle', lastsMs: 60_000, activeSessions: [] }],
      };
      broadcast.publishPresence(report);
      expect(await one.heard(1)).toEqual([report]);
      unsubscribe();
      broadcast.publishPresence(report);
      expect(await other.heard(2)).toEqual([report, report]);
      expect(one.events).toHaveLength(1);
      broadcast.publishPresence({ type: 'away_set' });
      expect(await other.heard(3)).toEqual([report, report, { type: 'away_set' }]);
    });

    it('keeps users apart from each other, and from the chat of the same number', async () => {
      const broadcast = await opened(open);
      const [ofUser, ofChat] = [hearing<UserEvent>(), hearing<ChatEvent>()];
      broadcast.subscribeToUser(USER, ofUser.listen);
      broadcast.subscribeToChat(CHAT, ofChat.listen);
      broadcast.publishToUser(OTHER_USER, ended('other'));
      broadcast.publishToChat(CHAT, left(1));
      broadcast.publishToUser(USER, ended('own'));
      expect(await ofUser.heard(1)).toEqual([ended('own')]);
      expect(await ofChat.heard(1)).toEqual([left(1)]);
    });

    it('delivers nothing that was published before the subscription', async () => {
      const broadcast = await opened(open);
      const { listen, heard } = hearing<ChatEvent>();
      broadcast.publishToChat(CHAT, left(1));
      broadcast.subscribeToChat(CHAT, listen);
      broadcast.publishToChat(CHAT, left(2));
      expect(await heard(1)).toEqual([left(2)]);
    });

    it('delivers nothing after the unsubscription, and goes on for the others', async () => {
      const broadcast = await opened(open);
      const [gone, stays] = [hearing<ChatEvent>(), hearing<ChatEvent>()];
      const unsubscribe = broadcast.subscribeToChat(CHAT, gone.listen);
      broadcast.subscribeToChat(CHAT, stays.listen);
      unsubscribe();
      broadcast.publishToChat(CHAT, left(1));
      expect(await stays.heard(1)).toEqual([left(1)]);
      expect(gone.events).toEqual([]);
    });

    it('counts each subscription of one listener on its own, and its end once', async () => {
      const broadcast = await opened(open);
      const { listen, heard } = hearing<UserEvent>();
      const unsubscribe = broadcast.subscribeToUser(USER, listen);
      broadcast.subscribeToUser(USER, listen);
      broadcast.publishToUser(USER, ended('a'));
      expect(await heard(2)).toEqual([ended('a'), ended('a')]);
      unsubscribe();
      unsubscribe();
      broadcast.publishToUser(USER, ended('b'));
      expect(await heard(3)).toEqual([ended('a'), ended('a'), ended('b')]);
    });

    it('delivers to who subscribes after the last one has left', async () => {
      const broadcast = await opened(open);
      const [first, second] = [hearing<ChatEvent>(), hearing<ChatEvent>()];
      const leave = broadcast.subscribeToChat(CHAT, first.listen);
      leave();
      broadcast.subscribeToChat(CHAT, second.listen);
      leave();
      broadcast.publishToChat(CHAT, left(1));
      expect(await second.heard(1)).toEqual([left(1)]);
      expect(first.events).toEqual([]);
    });

    it('publishes to nobody without complaint', async () => {
      const broadcast = await opened(open);
      expect(() => broadcast.publishToChat(CHAT, left(1))).not.toThrow();
      expect(() => broadcast.publishToUser(USER, ended('a'))).not.toThrow();
    });
  });
}

async function opened(open: () => Promise<OpenedBroadcast>): Promise<Broadcast> {
  const { broadcast, close } = await open();
  onTestFinished(close);
  return broadcast;
}

/** A listener whose events can be awaited, up to a number of them. */
function hearing<Event extends ChatEvent | UserEvent | PresenceEvent>() {
  const events: Event[] = [];
  const waiting: { count: number; resolve: (events: Event[]) => void }[] = [];
  const answer = () => {
    for (const { count, resolve } of waiting) if (events.length >= count) resolve([...events]);
  };
  return {
    events,
    listen(event: Event) {
      // An adapter may report missed events at any time.
      if (event.type === 'events_missed') return;
      events.push(event);
      answer();
    },
    heard(count: number): Promise<Event[]> {
      const { promise, resolve } = Promise.withResolvers<Event[]>();
      waiting.push({ count, resolve });
      answer();
      return promise;
    },
  };
}

const left = (user: number): ChatEvent => ({ type: 'member_left', chatId: CHAT, userId: userId(user) });

const ended = (session: string): UserEvent => ({ type: 'session_ended', userId: USER, sessionId: sessionId(session) });
