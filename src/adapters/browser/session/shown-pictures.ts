import type { WireOwnedPicture } from '../../wire/picture.ts';
import { pictureRule } from '../../wire/picture-rule.ts';

/** The rules of pictures that changed, by person and chat. */
const rules = new Map<string, string>();
let sheet: CSSStyleSheet | undefined;

/** Shows another picture, or none, on all faces of the page, over what the page's own style sheet of pictures says. */
export function showPicture(owned: WireOwnedPicture): void {
  if (!sheet) {
    sheet = new CSSStyleSheet();
    document.adoptedStyleSheets.push(sheet);
  }
  rules.set('user_id' in owned ? `user ${owned.user_id}` : `chat ${owned.chat_id}`, pictureRule(owned));
  sheet.replaceSync([...rules.values()].join('\n'));
}
