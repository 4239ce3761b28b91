import * as z from 'zod/mini';

/** A number of hours as a form sends it: empty, or left out, for none. */
export const formHours = z.pipe(
  z.optional(z.string().check(z.regex(/^[0-9]{0,6}$/))),
  z.transform((text) => (text ? Number(text) : undefined)),
);
