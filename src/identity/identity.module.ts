import { Global, Module } from '@nestjs/common';
import { APP_GUARD, DiscoveryModule } from '@nestjs/core';
import { Actors } from './actor.read.js';
import { ApiKeyReads } from './api-key.read.js';
import { AttemptGate } from './attempt-gate.js';
import { ChangePassword } from './change-password.js';
import { ChangeRoles } from './change-roles.js';
import { CreateApiKey } from './create-api-key.js';
import { CreateUser } from './create-user.js';
import { DescribeActor } from './describe-actor.js';
import { DisableUser } from './disable-user.js';
import { EnableUser } from './enable-user.js';
import { EndSessions } from './end-sessions.js';
import { ActorGuard } from './http/actor.guard.js';
import { ApiKeysController } from './http/api-keys.controller.js';
import { RouteAccessCheck } from './http/route-access.check.js';
import { SessionsController } from './http/sessions.controller.js';
import { Sessions } from './http/sessions.js';
import { UsersController } from './http/users.controller.js';
import { ForgetAttempts } from './jobs/forget-attempts.js';
import { LiveSessions } from './live-sessions.read.js';
import { Passwords } from './passwords.js';
import { RegisterSignatory } from './register-signatory.js';
import { RevokeApiKey } from './revoke-api-key.js';
import { RotateApiKey } from './rotate-api-key.js';
import { SignIn } from './sign-in.js';
import { SignOut } from './sign-out.js';
import { SignatoryRegister } from './signatory.read.js';
import { UserNames } from './user-names.read.js';
import { UserReads } from './user.read.js';

/** Who is asking and what they may do. Global: every controller asks. Needs AuditModule beside it. */
@Global()
@Module({
  imports: [DiscoveryModule],
  controllers: [SessionsController, UsersController, ApiKeysController],
  providers: [
    Actors,
    ApiKeyReads,
    AttemptGate,
    ChangePassword,
    ChangeRoles,
    CreateApiKey,
    CreateUser,
    DescribeActor,
    DisableUser,
    EnableUser,
    EndSessions,
    ForgetAttempts,
    LiveSessions,
    Passwords,
    RegisterSignatory,
    RevokeApiKey,
    RotateApiKey,
    RouteAccessCheck,
    Sessions,
    SignIn,
    SignOut,
    SignatoryRegister,
    UserNames,
    UserReads,
    { provide: APP_GUARD, useClass: ActorGuard },
  ],
  exports: [
    ApiKeyReads,
    ChangePassword,
    ChangeRoles,
    CreateApiKey,
    CreateUser,
    DescribeActor,
    DisableUser,
    EnableUser,
    EndSessions,
    LiveSessions,
    RegisterSignatory,
    RevokeApiKey,
    RotateApiKey,
    Sessions,
    SignIn,
    SignOut,
    SignatoryRegister,
    UserNames,
    UserReads,
  ],
})
export class IdentityModule {}
