/**
 * The last migration that offices run. What comes after it must be additive for the code of that release, because web
 * and workers of it go on while a new release migrates and starts. Set anew with each release: src/migrations/README.md.
 */
export const LAST_RELEASED = '0073';
