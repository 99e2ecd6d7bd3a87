export {
  readSandboxSettings,
  sandboxSettingsSchema,
  type SandboxSettings,
} from './sandbox.settings.js';
export { startSandboxBank, type RunningSandboxBank } from './start-sandbox-bank.js';
export type { BooksTotals, Credit } from './books.read.js';
