import type { RequestHandler } from 'express';

const FOR_MACHINES = new Set(['/livez', '/readyz', '/metrics']);

/** A worker's HTTP: health and figures, and nothing else. */
export const onlyHealth: RequestHandler = (request, response, next) => {
  if (FOR_MACHINES.has(request.path)) next();
  else response.status(404).end();
};
