import type { INestApplication } from '@nestjs/common';
import { ApiExtension, DocumentBuilder, SwaggerModule, type OpenAPIObject } from '@nestjs/swagger';
import { API_KEY_SECURITY, SESSION_SECURITY } from './access.decorator.js';
import { jsonSchemaOf } from './json-schema.js';
import { problemSchema } from './problem.js';

export const DOCS_PATH = '/api/docs';
export const OPENAPI_PATH = '/api/openapi.json';
export const API_VERSION = '0.1.0';

export const SESSION_COOKIE = 'chitra.sid';

const FORM = 'x-form';
const FORM_TYPE = 'multipart/form-data';

/**
 * How a body is sent as a form with files. A route's `@Body({ schema })` describes each of its media types, and
 * knows of no file: this takes the form's place in the document.
 */
export const ApiForm = (schema: object): MethodDecorator => ApiExtension(FORM, schema);

/** The OpenAPI 3.1 document of everything the application serves. */
export function buildOpenApi(app: INestApplication): OpenAPIObject {
  const config = new DocumentBuilder()
    .setOpenAPIVersion('3.1.0')
    .setTitle('ChiTra')
    .setDescription(
      'Approved entitlements to bank accounts, each paid exactly once. Amounts are decimal strings in đồng; ' +
        'times are RFC 3339 in UTC; errors are RFC 9457 problems with stable codes in Vietnamese and English.',
    )
    .setVersion(API_VERSION)
    .setLicense('Apache-2.0', 'https://www.apache.org/licenses/LICENSE-2.0')
    .addServer('/')
    .addCookieAuth(SESSION_COOKIE, { type: 'apiKey', in: 'cookie' }, SESSION_SECURITY)
    .addBearerAuth(
      { type: 'http', scheme: 'bearer', bearerFormat: 'chitra_<keyId>_<secret>' },
      API_KEY_SECURITY,
    )
    .build();
  const document = SwaggerModule.createDocument(app, config, {
    standardSchemaConverter: jsonSchemaOf,
    operationIdFactory: (controller, method) =>
      `${controller.replace(/Controller$/, '').replace(/^./, (c) => c.toLowerCase())}.${method}`,
  });
  return withProblems(document);
}

/** Every operation may answer a problem; saying so here keeps it out of every controller. */
function withProblems(document: OpenAPIObject): OpenAPIObject {
  const content = {
    'application/problem+json': { schema: { $ref: '#/components/schemas/Problem' } },
  };
  for (const path of Object.values(document.paths)) {
    for (const method of ['get', 'put', 'post', 'delete', 'patch'] as const) {
      const operation = path[method];
      if (!operation) continue;
      describeForm(operation);
      for (const [status, response] of Object.entries(operation.responses)) {
        if (/^[45]/.test(status) && response && !('$ref' in response)) response.content ??= content;
      }
      operation.responses['default'] ??= { description: 'a problem (RFC 9457)', content };
    }
  }
  const problem = jsonSchemaOf(problemSchema, { schemaType: 'output' })?.schema;
  document.components = {
    ...document.components,
    schemas: { ...document.components?.schemas, Problem: problem ?? {} },
  };
  return document;
}

type Operation = NonNullable<OpenAPIObject['paths'][string]['post']>;

function describeForm(operation: Operation & { [FORM]?: object }): void {
  const { [FORM]: schema, requestBody } = operation;
  if (!schema) return;
  delete operation[FORM];
  if (requestBody && 'content' in requestBody) requestBody.content[FORM_TYPE] = { schema };
}

/** Serves the document and a page to try it; built at the first request, when all routes are known. */
export function serveOpenApi(app: INestApplication): void {
  let built: OpenAPIObject | undefined;
  const document = () => (built ??= buildOpenApi(app));
  SwaggerModule.setup(DOCS_PATH, app, document, {
    jsonDocumentUrl: OPENAPI_PATH,
    raw: ['json'],
    customSiteTitle: 'ChiTra API',
  });
}
