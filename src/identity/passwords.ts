import { hash, verify } from '@node-rs/argon2';
import { Injectable } from '@nestjs/common';

// OWASP Password Storage Cheat Sheet: argon2id with 19 MiB, 2 iterations, 1 lane at least. A sign-in costs tens
// of milliseconds and no graphics card tries many at once. Argon2id is the
// library's default; the parameters travel in the hash.
const COST = { memoryCost: 19_456, timeCost: 2, parallelism: 1 };

@Injectable()
export class Passwords {
  private nobody: Promise<string> | undefined;

  hash(password: string): Promise<string> {
    return hash(normalised(password), COST);
  }

  /** Takes as long for nobody (null) as for somebody, so that time does not tell which logins exist. */
  async matches(passwordHash: string | null, password: string): Promise<boolean> {
    this.nobody ??= hash('nobody has this password', COST);
    const matched = await verify(passwordHash ?? (await this.nobody), normalised(password));
    return matched && passwordHash !== null;
  }
}

/** Vietnamese keyboards compose letters differently; one password is one text (RFC 8265). */
function normalised(password: string): string {
  return password.normalize('NFC');
}
