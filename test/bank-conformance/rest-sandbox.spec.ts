import { bankConformance } from './bank-conformance.js';
import { startSandboxHarness } from './sandbox-harness.js';

bankConformance({ name: 'rest, against the sandbox bank,', start: () => startSandboxHarness() });
