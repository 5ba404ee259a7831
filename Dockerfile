# Not built on the machine this was written on, which has no Docker engine; its steps are those of `npm start`.
FROM node:22-bookworm-slim AS build
WORKDIR /parley
COPY . .
RUN node tooling/build.mjs

FROM node:22-bookworm-slim
ENV NODE_ENV=production
WORKDIR /parley
COPY --from=build /parley /parley
RUN mkdir /data && chown node:node /data
USER node
EXPOSE 3000
VOLUME /data
CMD ["node", "apps/server/dist/main.js"]
