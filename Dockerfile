# Three stages: the client is built by tools that the image does not carry, the packages are installed without them, and the
# image has Node, the packages and the sources. docs/operations.md says how it is run.
#
# Pin the base by digest where builds have to be repeatable: FROM node:24-slim@sha256:…
# (`docker buildx imagetools inspect node:24-slim` prints it). Nothing is compiled, so that node:24-alpine does as well.
ARG BASE=node:24-slim

FROM ${BASE} AS client
WORKDIR /build
COPY package.json package-lock.json tsconfig.json ./
# No scripts: better-sqlite3, esbuild and argon2 ship their binaries, and Node is there.
RUN npm ci --ignore-scripts --no-audit --no-fund
COPY scripts ./scripts
COPY src ./src
COPY static ./static
COPY templates ./templates
RUN node scripts/build-client.ts

FROM ${BASE} AS packages
WORKDIR /build
COPY package.json package-lock.json ./
RUN npm ci --omit=dev --ignore-scripts --no-audit --no-fund

FROM ${BASE}
ENV NODE_ENV=production \
    HOST=0.0.0.0 \
    PORT=1578 \
    DATABASE_URL=sqlite:/data/database.db \
    NODE_COMPILE_CACHE=/tmp/node-compile-cache
WORKDIR /app
COPY package.json ./
COPY --from=packages /build/node_modules ./node_modules
COPY src ./src
COPY templates ./templates
COPY --from=client /build/static/built ./static/built
# A named volume takes its owner and mode from this directory; a directory of the host must belong to uid 1000 itself.
RUN install -d -o node -g node -m 0700 /data
USER node
VOLUME /data
EXPOSE 1578
STOPSIGNAL SIGTERM
HEALTHCHECK --interval=30s --timeout=5s --start-period=30s \
  CMD ["node", "-e", "fetch(`http://127.0.0.1:${process.env.PORT}/healthz`).then(({ ok }) => process.exit(ok ? 0 : 1), () => process.exit(1))"]
# Not by npm: signals must reach the server itself.
CMD ["node", "--max-semi-space-size=16", "src/composition/main.ts"]
