-- CreateTable
CREATE TABLE "desk_totals" (
    "site_id" TEXT NOT NULL,
    "ended" BIGINT NOT NULL DEFAULT 0,
    "messages" BIGINT NOT NULL DEFAULT 0,
    "served" BIGINT NOT NULL DEFAULT 0,
    "waited_ms" BIGINT NOT NULL DEFAULT 0,
    "served_ms" BIGINT NOT NULL DEFAULT 0,

    CONSTRAINT "desk_totals_pkey" PRIMARY KEY ("site_id")
);

-- From here on: what schema.prisma can't say.

-- The figures of the desk must not take longer with each session that has ever been: the ended ones are added up as they
-- end, for the others there is an index. An ended session takes no messages and never opens again.
CREATE FUNCTION "total_of_ended"("site" TEXT, "sign" INTEGER, "ended" BIGINT, "messages" BIGINT, "served" BIGINT,
                                 "waited_ms" BIGINT, "served_ms" BIGINT)
RETURNS VOID LANGUAGE sql AS $$
    INSERT INTO "desk_totals" AS t
    VALUES ($1, $2 * $3, $2 * $4, $2 * $5, $2 * coalesce($6, 0), $2 * coalesce($7, 0))
    ON CONFLICT ("site_id") DO UPDATE
    SET "ended" = t."ended" + excluded."ended", "messages" = t."messages" + excluded."messages",
        "served" = t."served" + excluded."served", "waited_ms" = t."waited_ms" + excluded."waited_ms",
        "served_ms" = t."served_ms" + excluded."served_ms"
$$;

-- Row by row where sessions end, which is in turns; it is not called for a session that takes a message.
CREATE FUNCTION "total_session_that_ended"() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    PERFORM "total_of_ended"(NEW."site_id", CASE WHEN NEW."status" = 'ended' THEN 1 ELSE -1 END, 1, NEW."last_seq",
        (NEW."assigned_at" IS NOT NULL)::int,
        (1000 * extract(epoch FROM NEW."assigned_at" - NEW."created_at"))::bigint,
        (1000 * extract(epoch FROM coalesce(NEW."ended_at", OLD."ended_at") - NEW."assigned_at"))::bigint);
    RETURN NULL;
END
$$;

-- Whole statements where ended ones come or go by the thousand: sample data, and what is erased.
CREATE FUNCTION "total_sessions_that_came_or_went"() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    PERFORM "total_of_ended"("site_id", CASE TG_OP WHEN 'INSERT' THEN 1 ELSE -1 END, count(*), sum("last_seq"),
        count("assigned_at"),
        sum(1000 * extract(epoch FROM "assigned_at" - "created_at"))::bigint,
        sum(1000 * extract(epoch FROM "ended_at" - "assigned_at"))::bigint)
    FROM "moved" WHERE "type" = 'support' AND "status" = 'ended' GROUP BY "site_id" ORDER BY "site_id";
    RETURN NULL;
END
$$;

CREATE TRIGGER "sessions_total_updated" AFTER UPDATE OF "status" ON "sessions" FOR EACH ROW
    WHEN (NEW."type" = 'support' AND (OLD."status" = 'ended') <> (NEW."status" = 'ended'))
    EXECUTE FUNCTION "total_session_that_ended"();

CREATE TRIGGER "sessions_total_inserted" AFTER INSERT ON "sessions" REFERENCING NEW TABLE AS "moved"
    FOR EACH STATEMENT EXECUTE FUNCTION "total_sessions_that_came_or_went"();

CREATE TRIGGER "sessions_total_deleted" AFTER DELETE ON "sessions" REFERENCING OLD TABLE AS "moved"
    FOR EACH STATEMENT EXECUTE FUNCTION "total_sessions_that_came_or_went"();
