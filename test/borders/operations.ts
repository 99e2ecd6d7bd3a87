import { z } from 'zod';

/** The part of a JSON schema that requests are drawn from. */
export interface Shape {
  readonly $ref?: string;
  readonly type?: string | readonly string[];
  readonly format?: string;
  readonly pattern?: string;
  readonly enum?: readonly unknown[];
  readonly const?: unknown;
  readonly minimum?: number;
  readonly maximum?: number;
  readonly minLength?: number;
  readonly maxLength?: number;
  readonly minItems?: number;
  readonly maxItems?: number;
  readonly items?: Shape;
  readonly properties?: Readonly<Record<string, Shape>>;
  readonly additionalProperties?: Shape | boolean;
  readonly required?: readonly string[];
  readonly anyOf?: readonly Shape[];
  readonly oneOf?: readonly Shape[];
}

const shape: z.ZodType<Shape> = z.looseObject({});
const described = z.looseObject({
  parameters: z
    .array(z.looseObject({ name: z.string(), in: z.string(), schema: shape.optional() }))
    .default([]),
  requestBody: z
    .looseObject({ content: z.record(z.string(), z.looseObject({ schema: shape.optional() })) })
    .optional(),
  'x-permissions': z.array(z.string()).optional(),
});
const openApi = z.looseObject({
  paths: z.record(z.string(), z.record(z.string(), z.unknown())),
  components: z.looseObject({ schemas: z.record(z.string(), shape).default({}) }).optional(),
});

/** One method of one address, as the application describes it. */
export interface Operation {
  readonly method: 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE';
  readonly path: string;
  readonly name: string;
  /** Undefined: nobody needs to be signed in. Empty: anybody who is. */
  readonly permissions?: readonly string[];
  readonly query: Readonly<Record<string, Shape>>;
  readonly headers: readonly string[];
  readonly json: Shape | null;
  readonly form: Shape | null;
}

const METHOD = z.enum(['GET', 'POST', 'PUT', 'PATCH', 'DELETE']);

/** Every operation of an OpenAPI document, `$ref`s followed. */
export function operationsOf(document: unknown): Operation[] {
  const { paths, components } = openApi.parse(document);
  const named = components?.schemas ?? {};
  return Object.entries(paths).flatMap(([path, methods]) =>
    Object.entries(methods).flatMap(([key, value]) => {
      const method = METHOD.safeParse(key.toUpperCase());
      if (!method.success) return [];
      const { parameters, requestBody, ...rest } = described.parse(value);
      const content = requestBody?.content ?? {};
      const whole = (part: Shape | undefined) => (part ? followed(part, named, 0) : null);
      return [
        {
          method: method.data,
          path,
          name: `${method.data} ${path}`,
          permissions: rest['x-permissions'],
          query: Object.fromEntries(
            parameters
              .filter((one) => one.in === 'query')
              .map((one) => [one.name, whole(one.schema ?? {}) ?? {}]),
          ),
          headers: parameters
            .filter((one) => one.in === 'header')
            .map((one) => one.name.toLowerCase()),
          json: whole(content['application/json']?.schema),
          form: whole(content['multipart/form-data']?.schema),
        },
      ];
    }),
  );
}

const DEEPEST = 12;

function followed(part: Shape, named: Readonly<Record<string, Shape>>, depth: number): Shape {
  if (depth > DEEPEST) return {};
  const again = (inner: Shape) => followed(inner, named, depth + 1);
  if (part.$ref) return again(named[part.$ref.split('/').at(-1) ?? ''] ?? {});
  const extra = part.additionalProperties;
  return {
    ...part,
    items: part.items && again(part.items),
    anyOf: part.anyOf?.map(again),
    oneOf: part.oneOf?.map(again),
    additionalProperties: typeof extra === 'object' ? again(extra) : extra,
    properties:
      part.properties &&
      Object.fromEntries(Object.entries(part.properties).map(([name, one]) => [name, again(one)])),
  };
}

interface Layer {
  readonly route?: { readonly path: unknown; readonly methods: Readonly<Record<string, boolean>> };
}

/** What Express answers to under `/api/v1`, in the words of the document: `POST /api/v1/batches/{id}/returns`. */
export function routesOf(express: unknown): string[] {
  const { router } = express as { router: { stack: readonly Layer[] } };
  return router.stack.flatMap(({ route }) => {
    const path = typeof route?.path === 'string' ? route.path : '';
    if (!route || !path.startsWith('/api/v1/')) return [];
    return Object.keys(route.methods).map(
      (method) => `${method.toUpperCase()} ${path.replace(/:(\w+)/g, '{$1}')}`,
    );
  });
}
