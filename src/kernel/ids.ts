import { v7 as uuidv7, validate } from 'uuid';

/** A new UUIDv7 (RFC 9562): unique, and ordered by the time it was made. */
export function newId(): string {
  return uuidv7();
}

export function isId(text: string): boolean {
  return validate(text);
}

/**
 * The reference a bank sees for a payment (ISO 20022 EndToEndId, at most 35 characters): `CT` and the
 * payment id in 32 upper-case hex digits, 34 in all. Derived from the id, so it is as old as the
 * payment and the same over every retry.
 */
export function bankReferenceOf(paymentId: string): string {
  return `CT${paymentId.replaceAll('-', '').toUpperCase()}`;
}
