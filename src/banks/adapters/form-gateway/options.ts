import { z } from 'zod';

/** 32 bytes, as HMAC-SHA256 is as strong as (RFC 2104 asks for no less than the digest's length). */
const SHORTEST_SECRET = 32;

/** What one of the gateway's answer codes means for the money, as its paper says. */
const meaning = z
  .string()
  .regex(
    /^(settled|accepted|not-found|not-taken|rejected [A-Z][A-Z0-9]{3}|returned [A-Z][A-Z0-9]{3})$/,
    'is settled, accepted, not-found, not-taken, or rejected or returned with an ISO 20022 reason',
  )
  .transform((text) => {
    const [kind = '', reasonCode] = text.split(' ');
    return { kind: kind as Meaning['kind'], reasonCode };
  });

export interface Meaning {
  /** `not-taken`: the gateway promises that it has taken nothing in. */
  readonly kind: 'settled' | 'accepted' | 'not-found' | 'not-taken' | 'rejected' | 'returned';
  readonly reasonCode?: string;
}

/** What the YAML file of a bank behind a form gateway holds under `options`. */
export const formGatewayOptionsSchema = z
  .strictObject({
    /** Where the gateway's paths begin, without a slash at the end. */
    baseUrl: z.url({ protocol: /^https?$/ }),
    /** How the gateway calls us. */
    partner: z.string().regex(/^[\x21-\x7e]{1,32}$/, 'printable ASCII, at most 32 characters'),
    /** Signs both ways. */
    secret: z.string().min(SHORTEST_SECRET, `at least ${SHORTEST_SECRET} characters`),
    /** A code that is not listed is a doubt. */
    codes: z.record(z.string().regex(/^[A-Z0-9]{1,8}$/), meaning),
    plainHttp: z.boolean().default(false),
  })
  .refine((options) => options.plainHttp || options.baseUrl.startsWith('https://'), {
    path: ['baseUrl'],
    message: 'is https, unless options.plainHttp is true',
  });

export type FormGatewayOptions = z.infer<typeof formGatewayOptionsSchema>;
