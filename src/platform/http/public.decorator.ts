import { SetMetadata } from '@nestjs/common';

export const PUBLIC_ROUTE = 'chitra:public';

/** This route (or all of a controller) asks for no actor. Every other route must say what it requires. */
export const Public = (): ClassDecorator & MethodDecorator => SetMetadata(PUBLIC_ROUTE, true);
