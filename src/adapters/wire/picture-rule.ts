import type { WireOwnedPicture } from './picture.ts';

/** The CSS that shows a picture on all faces of a person or a chat, or that none is shown any more. */
export function pictureRule(owned: WireOwnedPicture): string {
  const name = 'user_id' in owned ? `of-user-${owned.user_id}` : `of-chat-${owned.chat_id}`;
  const { picture } = owned;
  if (!picture) return `.${name}{--picture:none;--large-picture:none}`;
  const faces = `image-set(url(${picture[48]}) 1x,url(${picture[96]}) 2x)`;
  return `.${name}{--picture:${faces};--large-picture:url(${picture[256]})}`;
}
