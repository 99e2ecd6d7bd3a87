import { fileBankConformance } from './file-bank-conformance.js';
import { startFileHarness } from './file-sandbox-harness.js';

fileBankConformance({
  name: 'iso20022-file, in the folders of the sandbox bank,',
  start: () => startFileHarness(),
  line: false,
});
