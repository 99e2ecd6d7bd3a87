import { z } from 'zod';

/** Standard Webhooks asks for 24 to 64 bytes. */
const SHORTEST_SECRET_BYTES = 24;

const secret = z.string().refine(isSecret, 'is whsec_ and at least 24 random bytes in base64');

/** What the YAML file of a bank that speaks the rest wire format holds under `options`. */
export const restOptionsSchema = z
  .strictObject({
    /** Where the bank's paths begin, without a slash at the end. */
    baseUrl: z.url({ protocol: /^https?$/ }),
    /** Tells the bank which of our secrets signed. */
    keyId: z.string().regex(/^[\x21-\x7e]{1,64}$/, 'printable ASCII, at most 64 characters'),
    /** Signs what we send. */
    secret,
    /** Signs what the bank sends; two, with a blank between, while it is being changed. */
    noticeSecret: z
      .string()
      .transform((text) => text.trim().split(/\s+/))
      .pipe(z.array(secret).min(1).max(2)),
    /** Payment orders cross open networks; plain HTTP is for a bank on this machine only. */
    plainHttp: z.boolean().default(false),
  })
  .refine((options) => options.plainHttp || options.baseUrl.startsWith('https://'), {
    path: ['baseUrl'],
    message: 'is https, unless options.plainHttp is true',
  });

export type RestOptions = z.infer<typeof restOptionsSchema>;

function isSecret(text: string): boolean {
  const base64 = text.replace(/^whsec_/, '');
  const wellFormed = /^[A-Za-z0-9+/]+={0,2}$/.test(base64) && base64.length % 4 === 0;
  return wellFormed && Buffer.from(base64, 'base64').length >= SHORTEST_SECRET_BYTES;
}
