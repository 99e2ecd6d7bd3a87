import { Module, type Provider, type Type } from '@nestjs/common';
import { AppConfig } from '../platform/config/index.js';
import { AllowanceRates } from './allowance-rates.js';
import { BankDirectory } from './bank-directory.js';
import { Calendar } from './calendar.js';
import { Funds } from './funds.js';
import { CalendarController } from './http/calendar.controller.js';
import { Offices } from './offices.js';
import { PaymentStatuses } from './payment-statuses.js';
import { Places } from './places.js';
import { Programmes } from './programmes.js';
import { ReasonCodes } from './reason-codes.js';
import { TreasuryForms } from './treasury-forms.js';

const loaded = <T>(type: Type<T> & { load(config: AppConfig): T }): Provider => ({
  provide: type,
  inject: [AppConfig],
  useFactory: (config: AppConfig) => type.load(config),
});

const PUBLISHED = [
  Places,
  BankDirectory,
  Funds,
  Programmes,
  ReasonCodes,
  PaymentStatuses,
  Calendar,
  AllowanceRates,
  TreasuryForms,
  Offices,
];

/** Reference data, read and checked at boot; a wrong file stops the start and names itself. */
@Module({
  controllers: [CalendarController],
  providers: [
    loaded(Places),
    loaded(BankDirectory),
    loaded(Funds),
    loaded(ReasonCodes),
    loaded(PaymentStatuses),
    loaded(Calendar),
    loaded(AllowanceRates),
    loaded(TreasuryForms),
    {
      provide: Offices,
      inject: [AppConfig, Funds],
      useFactory: (config: AppConfig, funds: Funds) => Offices.load(config, funds),
    },
    {
      provide: Programmes,
      inject: [AppConfig, Funds],
      useFactory: (config: AppConfig, funds: Funds) => Programmes.load(config, funds),
    },
  ],
  exports: PUBLISHED,
})
export class OrganisationModule {}
