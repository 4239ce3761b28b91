import { socketAddress } from '../connection/channels/socket-address.ts';
import { connectTab } from '../connection/connect-tab.ts';
import { reconnectOnReturn } from '../connection/reconnect-on-return.ts';
import { whyRefused } from '../connection/refused.ts';
import type { ReceivedFrame } from '../connection/wire-decoding.ts';
import { reloadSeldom } from '../session/reload.ts';
import { renewHourly } from '../session/renew-hourly.ts';
import { forgetAfter } from '../session/session-end.ts';
import { isForPageOf } from '../storage/installation.ts';
import type { ChatList } from './chat-list.ts';

/** Keeps the list of chats current on a page that shows none of the chats, and says nothing about the connection. */
export function followChats(chats: ChatList, viewer: { readonly id: number }): void {
  const ask = () => whyRefused('/chats');
  const nothing = () => {};
  const connection = connectTab({
    address: socketAddress(),
    follow: () => undefined,
    whyRefused: ask,
    listener: {
      connected: nothing,
      lost: () => chats.disconnected(),
      turnedAway: nothing,
      intercepted: nothing,
      withoutSockets: nothing,
      ended(ending) {
        chats.disconnected();
        forgetAfter(ending);
      },
      frame: receive,
      stored: nothing,
    },
  });

  function receive(frame: ReceivedFrame): void {
    if (frame.type === 'hello' && !isForPageOf(viewer, frame)) {
      connection.leave();
      reloadSeldom();
    } else if (frame.type === 'hello' || frame.type === 'chat' || frame.type === 'left') chats.receive(frame);
  }

  connection.open();
  reconnectOnReturn(connection);
  renewHourly(document, ask);
}
