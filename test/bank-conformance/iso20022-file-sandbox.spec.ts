import { describeWithSftp } from '../setup/sftp.js';
import { fileBankConformance } from './file-bank-conformance.js';
import { startFileHarness } from './file-sandbox-harness.js';

fileBankConformance({
  name: 'iso20022-file, in the folders of the sandbox bank,',
  start: () => startFileHarness(),
  line: false,
});

describeWithSftp('iso20022-file over SFTP', (sftp) => {
  fileBankConformance({
    name: 'iso20022-file, over SFTP to the sandbox bank,',
    start: () => startFileHarness(sftp()),
    line: true,
  });
});
