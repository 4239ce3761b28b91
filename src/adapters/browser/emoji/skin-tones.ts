/** From none to the darkest of the five. */
export const SKIN_TONES = [0, 1, 2, 3, 4, 5] as const;

export type SkinTone = (typeof SKIN_TONES)[number];

export const isSkinTone = (value: number): value is SkinTone => SKIN_TONES.some((tone) => tone === value);

/** A modifier follows each person of the emoji, in place of the variation selector. */
const PERSON = /\p{Emoji_Modifier_Base}\ufe0f?/gu;
const LIGHTEST = 0x1f3fb;

/** The emoji with this skin tone. */
export function toned(emoji: string, tone: SkinTone): string {
  if (tone === 0) return emoji;
  const modifier = String.fromCodePoint(LIGHTEST + tone - 1);
  return emoji.replace(PERSON, (person) => person.replace('\ufe0f', '') + modifier);
}
