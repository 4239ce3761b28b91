import { say } from '../../../shell/say.ts';
import type { RowAction } from '../row-action.ts';

export const react: RowAction = {
  words: 'React',
  icon: 'smile',
  key: '+',
  place: 'bar',
  isOffered: () => true,
  run({ element, position }, { reactions, reader }) {
    const anchor = element.querySelector<HTMLElement>('.action-bar button') ?? element;
    import('../../../emoji/emoji-picker.ts').then(
      ({ pickEmoji }) =>
        pickEmoji({
          userId: reader.userId,
          anchor,
          choose: (emoji) => reactions.set({ position, emoji, on: true }),
        }),
      () => say('The emoji could not be loaded. Check the connection.', 'alert'),
    );
  },
};
