import { Platform1764000000001 } from './0001-platform.js';
import { Audit1764000000002 } from './0002-audit.js';
import { Identity1764000000003 } from './0003-identity.js';
import { Beneficiaries1764000000005 } from './0005-beneficiaries.js';
import { Entitlements1764000000006 } from './0006-entitlements.js';
import { Batches1764000000007 } from './0007-batches.js';
import { Approvals1764000000008 } from './0008-approvals.js';
import { Payments1764000000009 } from './0009-payments.js';
import { Settlements1764000000010 } from './0010-settlements.js';
import { Reconciliation1764000000011 } from './0011-reconciliation.js';
import { Alerts1764000000012 } from './0012-alerts.js';
import { Ledger1764000000013 } from './0013-ledger.js';
import { ApprovalsFunds1764000000014 } from './0014-approvals-funds.js';
import { PaymentsDoubts1764000000015 } from './0015-payments-doubts.js';
import { ReconciliationExceptions1764000000016 } from './0016-reconciliation-exceptions.js';
import { PaymentsLedger1764000000018 } from './0018-payments-ledger.js';
import { PaymentsEvidence1764000000019 } from './0019-payments-evidence.js';
import { BanksHealth1764000000020 } from './0020-banks-health.js';
import { PaymentsRails1764000000021 } from './0021-payments-rails.js';
import { BeneficiariesAccountChecks1764000000022 } from './0022-beneficiaries-account-checks.js';
import { BatchesAccountChecks1764000000023 } from './0023-batches-account-checks.js';
import { BanksFiles1764000000024 } from './0024-banks-files.js';
import { PaymentsFiles1764000000025 } from './0025-payments-files.js';
import { BatchesRails1764000000026 } from './0026-batches-rails.js';
import { BanksHandOver1764000000029 } from './0029-banks-hand-over.js';
import { SettlementsFiles1764000000030 } from './0030-settlements-files.js';
import { ReconciliationFiles1764000000031 } from './0031-reconciliation-files.js';
import { PaymentsFundLookup1764000000032 } from './0032-payments-fund-lookup.js';
import { EntitlementsCorrections1764000000040 } from './0040-entitlements-corrections.js';
import { BeneficiariesSearch1764000000041 } from './0041-beneficiaries-search.js';
import { BeneficiariesSearch1764000000045 } from './0045-beneficiaries-search.js';
import { PaymentsLists1764000000046 } from './0046-payments-lists.js';
import { EntitlementsToMend1764000000050 } from './0050-entitlements-to-mend.js';
import { BatchesReissues1764000000051 } from './0051-batches-reissues.js';
import { PaymentsReissueOrders1764000000052 } from './0052-payments-reissue-orders.js';
import { ReconciliationDays1764000000053 } from './0053-reconciliation-days.js';
import { AlertsByOwner1764000000054 } from './0054-alerts-by-owner.js';
import { AuditSearch1764000000055 } from './0055-audit-search.js';
import { LedgerStatements1764000000056 } from './0056-ledger-statements.js';
import { SettlementsRefusals1764000000057 } from './0057-settlements-refusals.js';
import { PaymentsFigures1764000000060 } from './0060-payments-figures.js';
import { EntitlementsReports1764000000061 } from './0061-entitlements-reports.js';
import { EntitlementsOwed1764000000062 } from './0062-entitlements-owed.js';
import { BeneficiariesAccounts1764000000063 } from './0063-beneficiaries-accounts.js';
import { PaymentsFilters1764000000065 } from './0065-payments-filters.js';
import { EntitlementsFilters1764000000066 } from './0066-entitlements-filters.js';
import { BeneficiariesAccountStanding1764000000067 } from './0067-beneficiaries-account-standing.js';
import { ReconciliationEntries1764000000068 } from './0068-reconciliation-entries.js';
import { PlatformSessionsByUser1764000000072 } from './0072-platform-sessions-by-user.js';
import { AlertsGiven1764000000073 } from './0073-alerts-given.js';
import { PaymentsRailFigures1764000000080 } from './0080-payments-rail-figures.js';
import { SettlementsAlarms1764000000084 } from './0084-settlements-alarms.js';
import { EntitlementsAlarms1764000000085 } from './0085-entitlements-alarms.js';
import { AuditVerifications1764000000086 } from './0086-audit-verifications.js';
import { AlertsReach1764000000087 } from './0087-alerts-reach.js';
import { PaymentsInPlace1764000000088 } from './0088-payments-in-place.js';
import { PlatformPartitions1764000000095 } from './0095-platform-partitions.js';
import { PaymentsPartitions1764000000096 } from './0096-payments-partitions.js';
import { PlatformOutboxPartitions1764000000097 } from './0097-platform-outbox-partitions.js';
import { EntitlementsPartitions1764000000098 } from './0098-entitlements-partitions.js';
import { SettlementsPartitions1764000000099 } from './0099-settlements-partitions.js';
import { PaymentsKeys1764000000100 } from './0100-payments-keys.js';
import { PaymentsByMonth1764000000101 } from './0101-payments-by-month.js';
import { PlatformArchiveStays1764000000102 } from './0102-platform-archive-stays.js';

/** The schema's one timeline, oldest first. A migration that has been released is never changed. */
export const migrations = [
  Platform1764000000001,
  Audit1764000000002,
  Identity1764000000003,
  Beneficiaries1764000000005,
  Entitlements1764000000006,
  Batches1764000000007,
  Approvals1764000000008,
  Payments1764000000009,
  Settlements1764000000010,
  Reconciliation1764000000011,
  Alerts1764000000012,
  Ledger1764000000013,
  ApprovalsFunds1764000000014,
  PaymentsDoubts1764000000015,
  ReconciliationExceptions1764000000016,
  PaymentsLedger1764000000018,
  PaymentsEvidence1764000000019,
  BanksHealth1764000000020,
  PaymentsRails1764000000021,
  BeneficiariesAccountChecks1764000000022,
  BatchesAccountChecks1764000000023,
  BanksFiles1764000000024,
  PaymentsFiles1764000000025,
  BatchesRails1764000000026,
  BanksHandOver1764000000029,
  SettlementsFiles1764000000030,
  ReconciliationFiles1764000000031,
  PaymentsFundLookup1764000000032,
  EntitlementsCorrections1764000000040,
  BeneficiariesSearch1764000000041,
  BeneficiariesSearch1764000000045,
  PaymentsLists1764000000046,
  EntitlementsToMend1764000000050,
  BatchesReissues1764000000051,
  PaymentsReissueOrders1764000000052,
  ReconciliationDays1764000000053,
  AlertsByOwner1764000000054,
  AuditSearch1764000000055,
  LedgerStatements1764000000056,
  SettlementsRefusals1764000000057,
  PaymentsFigures1764000000060,
  EntitlementsReports1764000000061,
  EntitlementsOwed1764000000062,
  BeneficiariesAccounts1764000000063,
  PaymentsFilters1764000000065,
  EntitlementsFilters1764000000066,
  BeneficiariesAccountStanding1764000000067,
  ReconciliationEntries1764000000068,
  PlatformSessionsByUser1764000000072,
  AlertsGiven1764000000073,
  PaymentsRailFigures1764000000080,
  SettlementsAlarms1764000000084,
  EntitlementsAlarms1764000000085,
  AuditVerifications1764000000086,
  AlertsReach1764000000087,
  PaymentsInPlace1764000000088,
  PlatformPartitions1764000000095,
  PaymentsPartitions1764000000096,
  PlatformOutboxPartitions1764000000097,
  EntitlementsPartitions1764000000098,
  SettlementsPartitions1764000000099,
  PaymentsKeys1764000000100,
  PaymentsByMonth1764000000101,
  PlatformArchiveStays1764000000102,
];
