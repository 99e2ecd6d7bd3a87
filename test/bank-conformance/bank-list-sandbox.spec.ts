import { listBankConformance } from './list-bank-conformance.js';
import { startListHarness } from './list-sandbox-harness.js';

listBankConformance({
  name: 'bank-list, at the portal of the sandbox bank,',
  start: () => startListHarness(),
});
