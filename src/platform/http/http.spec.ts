import {
  Body,
  Controller,
  Get,
  HttpException,
  Param,
  Post,
  Query,
  Req,
  UploadedFile,
  UseInterceptors,
} from '@nestjs/common';
import { FileInterceptor } from '@nestjs/platform-express';
import { ApiConsumes, ApiCreatedResponse, ApiOperation } from '@nestjs/swagger';
import type { Request } from 'express';
import { z } from 'zod';
import { DomainError, type ErrorKind } from '../../kernel/index.js';
import { testDatabase, type TestDatabase } from '../../../test/setup/database.js';
import { httpUnderTest, type HttpUnderTest } from '../../../test/setup/http.js';
import { ApiForm, pageQuery, Public, say, STATUS } from './index.js';

const body = z.strictObject({
  amount: z.string().regex(/^\d+$/, say({ vi: 'chỉ gồm chữ số', en: 'has digits only' })),
  lines: z.array(z.strictObject({ 'a/b~c': z.string().min(3) })).max(2),
});
const query = pageQuery({ state: z.enum(['open', 'shut']).optional() });

@Controller('api/v1/probes')
@Public()
class ProbesController {
  @Post()
  @ApiOperation({ summary: 'Make a probe' })
  @ApiCreatedResponse({ standardSchema: z.object({ at: z.date(), amount: z.string() }) })
  create(@Body({ schema: body }) given: z.infer<typeof body>) {
    return given;
  }

  @Get()
  list(@Query({ schema: query }) given: z.infer<typeof query>) {
    return given;
  }

  @Get('item/:id')
  item(@Param('id', { schema: z.uuid() }) id: string) {
    return { id };
  }

  @Get('errors/:kind')
  error(@Param('kind', { schema: z.string() }) kind: string) {
    if (kind === 'bug') throw new TypeError('the account 0123456789 of Nguyễn Văn A is wrong');
    if (kind === 'nest') throw new HttpException('something internal', 418);
    throw new DomainError(
      kind as ErrorKind,
      'probe.refused',
      { vi: 'chưa được', en: 'not yet' },
      {
        left: 3,
        status: 999,
      },
    );
  }

  @Post('raw')
  raw(@Req() request: Request & { rawBody?: Buffer }) {
    return { raw: request.rawBody?.toString('utf8') };
  }

  @Post('files')
  @UseInterceptors(FileInterceptor('file', { limits: { fileSize: 10 } }))
  @ApiConsumes('multipart/form-data', 'application/json')
  @ApiForm({ properties: { file: { type: 'string', format: 'binary' } } })
  upload(
    @UploadedFile() file: { size: number },
    @Body({ schema: z.object({}) }) _beside: Record<string, never>,
  ) {
    return { size: file.size };
  }
}

describe('what every caller meets', () => {
  let database: TestDatabase;
  let http: HttpUnderTest;

  beforeAll(async () => {
    database = await testDatabase();
    http = await httpUnderTest(database, {
      controllers: [ProbesController],
      environment: { REQUEST_MAX_BYTES: '2000' },
    });
  });
  afterAll(async () => {
    await http.close();
    await database.close();
  });

  const send = (given: unknown) =>
    http
      .anonymous()
      .post('/api/v1/probes')
      .send(given as object);

  it.each(Object.entries(STATUS))('a refusal of kind %s answers %i', async (kind, status) => {
    const answer = await http.anonymous().get(`/api/v1/probes/errors/${kind}`).expect(status);
    expect(answer.headers['content-type']).toBe('application/problem+json; charset=utf-8');
    expect(answer.headers['content-language']).toBe('vi');
    expect(answer.body).toEqual({
      type: 'urn:chitra:problem:probe.refused',
      title: expect.any(String),
      status,
      detail: 'chưa được',
      instance: `urn:chitra:request:${answer.headers['x-request-id']}`,
      code: 'probe.refused',
      messages: { vi: 'chưa được', en: 'not yet' },
      left: 3,
    });
  });

  it.each(['bug', 'nest'])('a %s tells nothing but where to ask', async (kind) => {
    const answer = await http.anonymous().get(`/api/v1/probes/errors/${kind}`);
    if (kind === 'bug') expect(answer.body).toMatchObject({ status: 500, code: 'system.fault' });
    expect(JSON.stringify(answer.body)).not.toMatch(/0123456789|Nguyễn|TypeError|internal/);
  });

  it('an address where nothing is answers a problem, not a page', async () => {
    const answer = await http.anonymous().get('/api/v1/nothing-here').expect(404);
    expect(answer.body.code).toBe('request.no-such-address');
    await http.anonymous().get('/api/v1/probes/errors/%E0%A4%A').expect(400);
  });

  it('a body that is no JSON, too large, or of another type is refused by name', async () => {
    const post = (type: string, text: string) =>
      http.anonymous().post('/api/v1/probes').set('Content-Type', type).send(text);
    expect((await post('application/json', '{"a":').expect(400)).body.code).toBe(
      'request.malformed-body',
    );
    expect((await post('application/json', `"${'x'.repeat(3000)}"`).expect(413)).body.code).toBe(
      'request.too-large',
    );
    expect((await post('application/json; charset=koi8', '{}').expect(415)).body.code).toBe(
      'request.unsupported-media',
    );
    for (const type of ['text/plain', 'application/xml', 'application/x-www-form-urlencoded']) {
      expect((await post(type, 'a=1').expect(415)).body.code).toBe('request.unsupported-media');
    }
    expect((await post('text/plain', '').expect(400)).body.code).toBe('request.invalid');
    const large = http
      .anonymous()
      .post('/api/v1/probes/files')
      .attach('file', Buffer.alloc(11), 'a.csv');
    expect((await large.expect(413)).body.code).toBe('request.too-large');
  });

  it('a body nested deeper than anything asked for is refused before anything walks through it', async () => {
    const nested = (levels: number) => `${'['.repeat(levels)}${']'.repeat(levels)}`;
    const sent = (levels: number) =>
      http.anonymous().post('/api/v1/probes').type('json').send(nested(levels));
    for (const levels of [65, 900]) {
      const refused = await sent(levels).expect(400);
      expect(refused.body).toMatchObject({ code: 'request.too-deep', most: 64 });
    }
    expect((await sent(64).expect(400)).body.code).toBe('request.invalid');
  });

  it('every fault of a body is told at once, with its place, in both languages', async () => {
    const answer = await send({ amount: '1.5', lines: [{ 'a/b~c': 'x' }], extra: 1 }).expect(400);
    expect(answer.body.code).toBe('request.invalid');
    expect(answer.body.errors).toEqual([
      {
        in: 'body',
        pointer: '/amount',
        rule: 'invalid_format',
        messages: { vi: 'chỉ gồm chữ số', en: 'has digits only' },
      },
      {
        in: 'body',
        pointer: '/lines/0/a~1b~0c',
        rule: 'too_small',
        messages: { vi: 'ít nhất 3 ký tự', en: 'at least 3 characters' },
      },
      {
        in: 'body',
        pointer: '',
        rule: 'unrecognized_keys',
        messages: { vi: expect.stringContaining('extra'), en: expect.stringContaining('extra') },
      },
    ]);
    expect((await send(undefined).expect(400)).body.errors[0].pointer).toBe('');
  });

  it('a hostile body pollutes nothing', async () => {
    const raw = '{"amount":"1","lines":[],"__proto__":{"polluted":true}}';
    await http.anonymous().post('/api/v1/probes').set('Content-Type', 'application/json').send(raw);
    expect(({} as { polluted?: boolean }).polluted).toBeUndefined();
  });

  it('queries and path parameters are checked alike', async () => {
    const get = (path: string) => http.anonymous().get(`/api/v1/probes${path}`);
    expect((await get('').expect(200)).body).toEqual({ limit: 50 });
    expect((await get('?limit=7&state=open').expect(200)).body).toEqual({
      limit: 7,
      state: 'open',
    });
    for (const wrong of ['?limit=0', '?limit=201', '?limit=x', '?state=ajar', '?other=1']) {
      expect((await get(wrong).expect(400)).body.errors[0].in).toBe('query');
    }
    expect((await get('/item/7').expect(400)).body.errors[0].in).toBe('path');
  });

  it('the very bytes of a body stay available, for signatures', async () => {
    const text = '{ "b":1,\n "a":2 }';
    const answer = await http
      .anonymous()
      .post('/api/v1/probes/raw')
      .set('Content-Type', 'application/json')
      .send(text)
      .expect(201);
    expect(answer.body.raw).toBe(text);
  });

  it('a request keeps a decent id of its caller, and gets one otherwise', async () => {
    const id = async (given: string) =>
      (await http.anonymous().get('/api/v1/probes').set('X-Request-Id', given)).headers[
        'x-request-id'
      ];
    expect(await id('caller-0001')).toBe('caller-0001');
    expect(await id('<script>alert(1)</script>')).toMatch(/^[0-9a-f-]{36}$/);
    expect(await id('x'.repeat(101))).toMatch(/^[0-9a-f-]{36}$/);
  });

  it('answers are not cached, framed, sniffed, or let run foreign scripts', async () => {
    const { headers } = await http.anonymous().get('/api/v1/probes').expect(200);
    expect(headers['cache-control']).toBe('no-store');
    expect(headers['x-content-type-options']).toBe('nosniff');
    expect(headers['x-powered-by']).toBeUndefined();
    expect(headers['content-security-policy']).toBe(
      "default-src 'self';img-src 'self' data:;object-src 'none';base-uri 'none';form-action 'self';frame-ancestors 'none';style-src 'self'",
    );
  });

  it('the page of the documentation needs no inline script', async () => {
    const page = await http.anonymous().get('/api/docs').expect(200);
    expect(page.headers['content-security-policy']).toContain("style-src 'self' 'unsafe-inline'");
    expect(page.headers['content-security-policy']).not.toContain('script-src');
    expect(page.text).not.toMatch(/<script(?![^>]*src=)/);
    for (const [, source] of page.text.matchAll(/<script src="([^"]+)"/g)) {
      const path = new URL(source ?? '', 'http://x/api/').pathname;
      await http.anonymous().get(path).expect(200);
    }
  });

  it('the API is described as OpenAPI 3.1, bodies, queries, answers and problems included', async () => {
    const { body: api } = await http.anonymous().get('/api/openapi.json').expect(200);
    expect(api.openapi).toBe('3.1.0');
    const { post, get } = api.paths['/api/v1/probes'];
    expect(post.operationId).toBe('probes.create');
    expect(post.requestBody.content['application/json'].schema).toMatchObject({
      type: 'object',
      required: ['amount', 'lines'],
      additionalProperties: false,
    });
    expect(post.responses['201'].content['application/json'].schema.properties.at).toEqual({
      type: 'string',
      format: 'date-time',
    });
    expect(post.responses.default.content['application/problem+json'].schema.$ref).toBe(
      '#/components/schemas/Problem',
    );
    expect(api.paths['/api/v1/probes/files'].post.requestBody.content).toMatchObject({
      'multipart/form-data': { schema: { properties: { file: { format: 'binary' } } } },
    });
    const limit = get.parameters.find((parameter: { name: string }) => parameter.name === 'limit');
    expect(limit).toMatchObject({ in: 'query', required: false, schema: { maximum: 200 } });
    expect(api.paths['/api/v1/users'].post.security).toEqual(
      expect.arrayContaining([{ session: [] }, { apiKey: [] }]),
    );
    const key = api.paths['/api/v1/users'].post.parameters.find(
      (parameter: { name: string }) => parameter.name === 'Idempotency-Key',
    );
    expect(key).toMatchObject({ in: 'header', required: true });
  });
});
