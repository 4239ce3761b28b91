import { type AddressGuard, makeAddressGuard } from '../adapters/outbound/address-guard.ts';
import { makeResolve } from '../adapters/outbound/resolve.ts';
import { makeWebPages } from '../adapters/web-pages/web-pages.ts';
import type { Messages, MessagesView } from '../application/ports/messages.ts';
import type { Storage } from '../application/ports/storage.ts';
import type { CardRules } from '../application/use-cases/cards/card-rules.ts';
import type { Message } from '../domain/messages/message.ts';
import type { Config } from './config.ts';
import type { Wiring } from './container.ts';
import { fileRules } from './files.ts';
import { CARD_RULES, PAGE_GUARD, WEB_PAGES } from './tokens.ts';

const cardRules = ({ linkCards, files, publicOrigin }: Config): CardRules => ({
  isOn: linkCards,
  keepsImages: fileRules(files).isOn,
  ownOrigin: publicOrigin,
});

/** Public addresses only, whatever `OUTBOUND_SUBNETS` allows for push messages. Tests bind another one; no variable changes it. */
const pageGuard = (): AddressGuard => makeAddressGuard({ allowsHttp: true, resolve: makeResolve() });

export const bindCards = (wiring: Wiring, config: Config, stopping: AbortSignal): Wiring =>
  wiring
    .bind(CARD_RULES, () => cardRules(config))
    .bind(PAGE_GUARD, pageGuard)
    .bind(WEB_PAGES, (get) => makeWebPages(get(PAGE_GUARD), { stopping }));

/** The storage as it is where cards are off: those that it has are not shown, and come back when cards are on again. */
export function withoutCards(storage: Storage): Storage {
  const { unitOfWork, view } = storage;
  return {
    ...storage,
    view: { ...view, messages: { ...view.messages, ...reads(view.messages) } },
    unitOfWork: {
      run: (work) =>
        unitOfWork.run((store) => {
          const messages: Messages = { ...store.messages, ...reads(store.messages) };
          return work({ ...store, messages });
        }),
      post: (key, decide) => unitOfWork.post(key, decide),
    },
  };
}

const bare = <Read extends Message | undefined>(message: Read): Read =>
  message?.kind === 'text' && message.card !== null ? { ...message, card: null } : message;

function reads(messages: MessagesView) {
  const all = async (read: Promise<readonly Message[]>) => (await read).map(bare);
  return {
    find: async (...args) => bare(await messages.find(...args)),
    findBare: async (...args) => bare(await messages.findBare(...args)),
    before: (...args) => all(messages.before(...args)),
    after: (...args) => all(messages.after(...args)),
    changedAfter: (...args) => all(messages.changedAfter(...args)),
    pinned: (...args) => all(messages.pinned(...args)),
    async personal(scan) {
      const part = await messages.personal(scan);
      return { ...part, written: part.written.map(bare), about: part.about.map(bare) };
    },
  } satisfies Partial<MessagesView>;
}
