/** Whether a text may have markup. Most have none, and are plain text after this search. */
export const hasMarkup = (text: string): boolean => MARKUP.test(text);

const MARKUP = /[\\`*~|[@]|:\/\/|www\.|:[a-z0-9_+-]+:|^ {0,3}(?:>+ |-[ \t]|\d{1,9}\.[ \t])/im;
