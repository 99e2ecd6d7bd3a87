import { applyDecorators, Controller, UseFilters, UseInterceptors } from '@nestjs/common';
import { ApiExcludeController } from '@nestjs/swagger';
import { PageFilter } from './page.filter.js';
import { PageInterceptor } from './page.interceptor.js';

/** A controller of the console: it answers pages, parts of pages, and "look there". */
export function Pages(): ClassDecorator {
  return applyDecorators(
    Controller(),
    ApiExcludeController(),
    UseFilters(PageFilter),
    UseInterceptors(PageInterceptor),
  );
}
