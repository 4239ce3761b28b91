import type { PageChat } from './pages-data.ts';

/** A chat as a card of the carousel. */
export interface ChatCard extends PageChat {
  readonly current: boolean;
  /** What stands for the name where there is no room for it. */
  readonly initial: string;
  /** How far it recedes behind the active card: 0 to 3. */
  readonly distance: number;
}

const FARTHEST = 3;
const graphemes = new Intl.Segmenter();

/** The card in front is the current chat's, or the first where no chat is open. */
export function chatCards(chats: readonly PageChat[], current?: number): readonly ChatCard[] {
  const front = Math.max(
    0,
    chats.findIndex((chat) => chat.id === current),
  );
  return chats.map((chat, index) => ({
    ...chat,
    current: chat.id === current,
    initial: initialOf(chat.name),
    distance: Math.min(Math.abs(index - front), FARTHEST),
  }));
}

/** The first grapheme. Segmenting is slow, and for ASCII, unless something that combines with it follows, needless. */
function initialOf(name: string): string {
  if (PLAIN_INITIAL.test(name)) return name.charAt(0).toUpperCase();
  const [first] = graphemes.segment(name);
  return first?.segment.toUpperCase() ?? '';
}

const PLAIN_INITIAL = /^[\x21-\x7e]([\x20-\x7e]|$)/;
