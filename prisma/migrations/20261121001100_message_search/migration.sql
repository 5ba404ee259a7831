-- CreateTable
CREATE TABLE "message_search" (
    "session_id" TEXT NOT NULL,
    "seq" INTEGER NOT NULL,
    "site_id" TEXT NOT NULL,
    "created_at" TIMESTAMPTZ(3) NOT NULL,
    "text" TEXT NOT NULL,
    "grams" tsvector NOT NULL,

    CONSTRAINT "message_search_pkey" PRIMARY KEY ("session_id","seq")
);

-- CreateTable
CREATE TABLE "search_progress" (
    "session_id" TEXT NOT NULL,
    "change" INTEGER NOT NULL,

    CONSTRAINT "search_progress_pkey" PRIMARY KEY ("session_id")
);

-- CreateIndex
CREATE INDEX "message_search_site_id_created_at_idx" ON "message_search"("site_id", "created_at");

-- CreateIndex
CREATE INDEX "message_search_grams_idx" ON "message_search" USING GIN ("grams");

-- From here on: what schema.prisma can't say.

-- Every search reads what waits to be sorted into the index: a megabyte of it, not four.
ALTER INDEX "message_search_grams_idx" SET (gin_pending_list_limit = 1024);

-- The newest messages whose text matches all `patterns` (LIKE), older than the place (`before`, `before_session`,
-- `before_seq`), that `person` sees now, and `known_to` too unless it is null; at most `most`. `query` says in grams what the
-- patterns say, `visible` about how many messages the person sees.
--
-- Three ways, of which each is slow where another is fast:
--   own     reads all that the person sees, where that is little;
--   walk    reads the newest of the site until there is enough, which is soon for a common word;
--   index   takes all that has the grams, which is little for a rare word.
-- A person sees `visible` of `all` messages, the part `f` of the newest has the word: to find 1,000 a walk reads
-- 1000 * all / (f * visible) rows, about 0.5 µs each, and the index gives f * all, about 3 µs each. So a walk is the faster
-- one where f * f > 167 / visible.
--
-- What is found is looked up in `participants` and `messages`: they say whether it may be shown, the index doesn't.
CREATE FUNCTION "search_messages"("site" TEXT, "person" TEXT, "known_to" TEXT, "patterns" TEXT[], "query" TEXT, "session" TEXT,
    "before" TIMESTAMPTZ, "before_session" TEXT, "before_seq" INTEGER, "visible" DOUBLE PRECISION, "most" INTEGER)
RETURNS TABLE ("id" TEXT, "session_id" TEXT, "seq" INTEGER, "created_at" TIMESTAMPTZ)
LANGUAGE plpgsql STABLE
SET enable_seqscan = off SET enable_bitmapscan = on SET enable_sort = on SET jit = off SET max_parallel_workers_per_gather = 0
AS $$
#variable_conflict use_column
DECLARE
    own CONSTANT TEXT := 'SELECT s.* FROM "participants" p
        CROSS JOIN LATERAL (
            SELECT s.* FROM "message_search" s
            WHERE s."session_id" = p."session_id" AND s."seq" > p."joined_seq" AND s."text" LIKE ALL ($4)
            OFFSET 0
        ) s
        WHERE p."site_id" = $1 AND p."user_id" = $2 AND p."left_change" IS NULL
            AND ($6 IS NULL OR p."session_id" = $6)';
    index CONSTANT TEXT := 'SELECT s.* FROM "message_search" s
        WHERE s."site_id" = $1 AND s."text" LIKE ALL ($4) AND s."grams" @@ $5::tsquery';
    walk CONSTANT TEXT := 'SELECT s.* FROM "message_search" s
        WHERE s."site_id" = $1 AND s."text" LIKE ALL ($4) AND s."created_at" <= coalesce($7, ''infinity'')';
    way TEXT := own;
    probed CONSTANT INTEGER := 2000;
    hits BIGINT;
BEGIN
    IF "visible" > 20000 THEN
        EXECUTE 'SELECT count(*) FROM (
                SELECT "text" FROM "message_search" WHERE "site_id" = $1 AND "created_at" <= coalesce($2, ''infinity'')
                ORDER BY "created_at" DESC LIMIT $3
            ) s WHERE "text" LIKE ALL ($4)'
            INTO hits USING "site", "before", probed, "patterns";
        way := CASE WHEN (hits / probed::float8) ^ 2 > 167 / "visible" THEN walk ELSE index END;
    END IF;
    -- A walk must not read everything first, to sort it: then it would be none.
    IF way = walk THEN
        PERFORM set_config('enable_bitmapscan', 'off', true), set_config('enable_sort', 'off', true);
    END IF;
    RETURN QUERY EXECUTE 'SELECT m."id", s."session_id", s."seq", s."created_at" FROM (' || way || '
            AND ($6 IS NULL OR s."session_id" = $6)
            AND ($7 IS NULL OR (s."created_at", s."session_id" COLLATE "C", s."seq") < ($7, $8, $9))
            ORDER BY s."created_at" DESC, s."session_id" COLLATE "C" DESC, s."seq" DESC
            OFFSET 0
        ) s
        CROSS JOIN LATERAL (
            SELECT FROM "participants" p
            WHERE p."session_id" = s."session_id" AND p."user_id" = $2 AND p."left_change" IS NULL AND p."joined_seq" < s."seq"
              AND ($3 IS NULL
                OR EXISTS (SELECT FROM "sessions" c WHERE c."id" = s."session_id" AND c."type" = ''support'')
                OR EXISTS (SELECT FROM "participants" k WHERE k."session_id" = s."session_id" AND k."user_id" = $3
                    AND k."left_change" IS NULL AND k."joined_seq" < s."seq"))
            OFFSET 0
        ) p
        CROSS JOIN LATERAL (
            SELECT m."id" FROM "messages" m
            WHERE m."session_id" = s."session_id" AND m."seq" = s."seq" AND m."recalled_at" IS NULL AND m."text" <> ''''
            OFFSET 0
        ) m
        LIMIT $10'
        USING "site", "person", "known_to", "patterns", "query", "session", "before", "before_session", "before_seq", "most";
END
$$;
