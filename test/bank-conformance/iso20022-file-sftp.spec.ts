import { describeWithSftp } from '../setup/sftp.js';
import { fileBankConformance } from './file-bank-conformance.js';
import { startFileHarness } from './file-sandbox-harness.js';

describeWithSftp('iso20022-file over SFTP', (sftp) => {
  fileBankConformance({
    name: 'iso20022-file, over SFTP to the sandbox bank,',
    start: () => startFileHarness(sftp()),
    line: true,
  });
});
