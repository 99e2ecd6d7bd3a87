import { Controller, Headers, Sse, type MessageEvent } from '@nestjs/common';
import { ApiHeader, ApiOkResponse, ApiOperation, ApiProduces, ApiTags } from '@nestjs/swagger';
import type { Observable } from 'rxjs';
import { Requires } from '../../identity/index.js';
import { LIVE_EVENTS } from '../live.rules.js';
import { LiveEvents } from '../live-events.js';

const ID_MOST = 100;

@ApiTags('stream')
@Controller('api/v1/stream')
export class StreamController {
  constructor(private readonly live: LiveEvents) {}

  @Sse()
  @Requires('alert.read', 'payment.read', 'bank.read')
  @ApiOperation({
    summary: 'Alerts, runs and banks as they change (server-sent events)',
    description: `Events: ${LIVE_EVENTS.join(', ')}. The first is a \`snapshot\` of everything, or, after a short break and with Last-Event-ID, what was missed. Ids, states and figures only. A heartbeat every 15 s; the stream ends after 15 min, and the viewer connects anew.`,
  })
  @ApiHeader({
    name: 'Last-Event-ID',
    required: false,
    description: 'id of the last event that was received',
  })
  @ApiProduces('text/event-stream')
  @ApiOkResponse({ schema: { type: 'string' }, description: 'a stream of events' })
  watch(@Headers('last-event-id') lastId: string | undefined): Observable<MessageEvent> {
    return this.live.watch(lastId === undefined || lastId.length > ID_MOST ? null : lastId);
  }
}
