import type { ClientFrame } from '../../../wire/client-frames.ts';
import type { RefusedFrame } from '../../../wire/frames.ts';
import type { WireMessage } from '../../../wire/message.ts';
import type { Tabs } from '../../storage/tabs.ts';
import type { ChangeStorage, PendingChange } from './pending-changes.ts';

export type ChangeFrame = Extract<ClientFrame, { type: PendingChange['kind'] }>;

/** What shows changes until they are stored. */
export interface ChangeDisplay {
  /** Shows the message as it will be or, after a failure, as it is and why. */
  show(change: PendingChange): void;
  /** Shows the message as it is. */
  revert(position: number): void;
  /** The change is stored; its message comes as well. */
  stored(change: PendingChange): void;
}

export interface ChangeOutboxOptions {
  readonly display: ChangeDisplay;
  readonly storage: ChangeStorage;
  readonly tabs: Tabs;
  readonly newClientId: () => string;
  /** Returns false when the frame cannot be sent now. */
  readonly send: (frame: ChangeFrame) => boolean;
}

export type NewChange = Pick<PendingChange, 'kind' | 'position'> & Partial<Pick<PendingChange, 'text' | 'base'>>;

/**
 * The reader's edits, deletions and restorations until the server has stored them. Like a post, a change is shown at once, survives a
 * reload, and is sent again after each reconnection: sent twice, it changes nothing the second time. Each tab sends those that were made
 * in it, and those of closed tabs.
 */
export class ChangeOutbox {
  readonly #options: ChangeOutboxOptions;
  readonly #changes = new Map<number, PendingChange>();
  #isClosed = false;

  constructor(options: ChangeOutboxOptions) {
    this.#options = options;
  }

  /** Takes up the changes of earlier visits and of other tabs. */
  start(): void {
    const { storage } = this.#options;
    for (const change of storage.load()) this.#hold(change);
    storage.onChange((position, change) => this.#changedElsewhere(position, change));
  }

  of(position: number): PendingChange | undefined {
    return this.#changes.get(position);
  }

  /** Makes a change. It replaces one of the same message that waits. */
  add({ kind, position, text = '', base = 0 }: NewChange): void {
    const { tabs, newClientId } = this.#options;
    const earlier = this.#changes.get(position);
    const replaced = earlier?.kind === 'edit' ? [...earlier.replaced, earlier.text] : [];
    const change = { clientId: newClientId(), kind, position, text, base, replaced, isSent: false, tab: tabs.own };
    this.#put(earlier?.kind === 'edit' && !earlier.failure ? { ...change, base: earlier.base } : change);
    this.#send(change.position);
  }

  /** Forgets a change, which may have been stored all the same if it was sent. */
  discard(position: number): void {
    this.#drop(position);
    this.#options.display.revert(position);
  }

  /** Must be called after each reconnection. */
  sendAll(): void {
    for (const { position, tab } of this.#changes.values()) if (tab === this.#options.tabs.own) this.#send(position);
  }

  /** The message as it is now, after whatever change: it may be what was waited for. */
  acknowledge(message: WireMessage): void {
    const change = this.#changes.get(message.position);
    if (!change || change.failure || !isDone(change, message)) return;
    this.#drop(message.position);
    this.#options.display.stored(change);
  }

  refuse({ client_id, code, detail, message }: RefusedFrame): void {
    const change = [...this.#changes.values()].find(({ clientId }) => clientId === client_id);
    if (!change) return;
    // An earlier edit of this reader's was stored, and its acknowledgement was lost.
    if (code === 'conflict' && message && change.replaced.includes(message.text)) {
      this.#put({ ...change, base: message.revision });
      this.#send(change.position);
      return;
    }
    const current = message && { text: message.text, revision: message.revision };
    this.#put({ ...change, failure: { why: detail, ...(current && { current }) } });
  }

  /** Sends nothing more. What waits is sent in the reader's next session. */
  close(): void {
    this.#isClosed = true;
  }

  #put(change: PendingChange): void {
    this.#changes.set(change.position, change);
    this.#options.storage.put(change);
    this.#options.display.show(change);
  }

  #drop(position: number): void {
    this.#changes.delete(position);
    this.#options.storage.remove(position);
  }

  #send(position: number): void {
    const change = this.#changes.get(position);
    if (!change || change.failure || this.#isClosed || !this.#options.send(frameOf(change)) || change.isSent) return;
    const sent = { ...change, isSent: true };
    this.#changes.set(position, sent);
    this.#options.storage.put(sent);
  }

  #hold(change: PendingChange): void {
    this.#changes.set(change.position, change);
    this.#options.display.show(change);
    this.#inherit(change);
  }

  #changedElsewhere(position: number, change: PendingChange | undefined): void {
    if (change) this.#hold(change);
    // Either it was stored, and its message comes, or it was discarded.
    else if (this.#changes.delete(position)) this.#options.display.revert(position);
  }

  #inherit({ tab, position }: PendingChange): void {
    const { tabs, storage } = this.#options;
    if (tab === tabs.own) return;
    tabs.inherit(tab, () => {
      const change = this.#changes.get(position);
      if (change?.tab !== tab) return;
      const taken = { ...change, tab: tabs.own };
      this.#changes.set(position, taken);
      storage.put(taken);
      this.#send(position);
    });
  }
}

/** Whether the message is as the change would have it. */
function isDone({ kind, text }: PendingChange, message: WireMessage): boolean {
  if (kind === 'delete') return message.kind === 'deleted';
  return message.kind === 'text' && (kind === 'restore' || message.text === text);
}

function frameOf({ kind, clientId: client_id, position, text, base }: PendingChange): ChangeFrame {
  return kind === 'edit'
    ? { type: kind, client_id, position, text, revision: base }
    : { type: kind, client_id, position };
}
