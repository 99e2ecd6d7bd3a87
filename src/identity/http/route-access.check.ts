import { Injectable, type OnModuleInit } from '@nestjs/common';
import { PATH_METADATA } from '@nestjs/common/constants.js';
import { DiscoveryService, MetadataScanner } from '@nestjs/core';
import { InvariantError } from '../../kernel/index.js';
import { accessOf } from './route-access.js';

/** Fails the start when any route of any controller does not say who may use it. */
@Injectable()
export class RouteAccessCheck implements OnModuleInit {
  constructor(
    private readonly discovery: DiscoveryService,
    private readonly scanner: MetadataScanner,
  ) {}

  onModuleInit(): void {
    const silent = this.routes()
      .filter(({ handler, controller }) => accessOf(handler, controller) === null)
      .map(({ name }) => name);
    if (silent.length > 0) {
      throw new InvariantError('every route says @Requires(…) or @Public(), and not both', {
        routes: silent,
      });
    }
  }

  private routes(): { name: string; handler: object; controller: object }[] {
    return this.discovery.getControllers().flatMap(({ metatype }) => {
      if (!metatype) return [];
      const prototype = metatype.prototype as Record<string, unknown>;
      return this.scanner.getAllMethodNames(prototype).flatMap((method) => {
        const handler = prototype[method];
        const isRoute =
          typeof handler === 'function' && Reflect.hasMetadata(PATH_METADATA, handler);
        if (!isRoute) return [];
        return [{ name: `${metatype.name}.${method}`, handler, controller: metatype }];
      });
    });
  }
}
