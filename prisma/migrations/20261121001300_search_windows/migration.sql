-- A session's messages in the order of time.
-- CreateIndex
CREATE INDEX "message_search_session_id_created_at_idx" ON "message_search"("session_id", "created_at");

-- From here on: what schema.prisma can't say.

DROP FUNCTION "search_messages"(TEXT, TEXT, TEXT, TEXT[], TEXT, TEXT, TIMESTAMPTZ, TEXT, INTEGER, DOUBLE PRECISION, INTEGER);

-- The newest messages whose text matches all `patterns` (LIKE), older than the place (`before`, `before_session`,
-- `before_seq`), of the sessions that are keys of `seen`, each after the seq that it says; at most `most`. The `queries` say in
-- grams what the patterns say, the second with fewer of them; `visible` is about how many messages `seen` is. Sessions that the
-- index is `behind` in may have recalled what is in it still: what is found there is looked up in `messages`.
--
-- Three ways, of which each is slow where another is fast:
--   windows reads of each session the newest, then what is before that: each window is as long as it should take, and no
--           window ends before all of its messages are read;
--   walk    reads the newest of the site until there is enough: for a common word, and who sees most of what is said;
--   index   takes all that has the grams: for a rare word.
-- Unless `way` says which, the cheapest is taken. What they cost is guessed from the newest 2,000 messages of the site: how
-- common the word is, and how much of them is seen.
CREATE FUNCTION "search_messages"("site" TEXT, "seen" JSONB, "behind" TEXT[], "patterns" TEXT[], "queries" TEXT[],
    "before" TIMESTAMPTZ, "before_session" TEXT, "before_seq" INTEGER, "visible" DOUBLE PRECISION, "most" INTEGER,
    "way" TEXT DEFAULT NULL)
RETURNS TABLE ("session_id" TEXT, "seq" INTEGER, "created_at" TIMESTAMPTZ)
LANGUAGE plpgsql STABLE
SET enable_seqscan = off SET enable_bitmapscan = on SET enable_sort = on SET random_page_cost = 4 SET jit = off
SET max_parallel_workers_per_gather = 0
AS $$
#variable_conflict use_column
DECLARE
    probed CONSTANT INTEGER := 2000;
    -- With more, asking each of them is no help to the index.
    few CONSTANT INTEGER := 500;
    windows_max CONSTANT INTEGER := 8;
    longest CONSTANT FLOAT8 := 1e8;
    -- Microseconds, as measured with 1,000,000 messages: a message that is read on the walk, or by itself; a session that is
    -- asked; an entry of the index, and one of a session's.
    walked CONSTANT FLOAT8 := 0.7;
    fetched CONSTANT FLOAT8 := 2.5;
    asked CONSTANT FLOAT8 := 4;
    listed CONSTANT FLOAT8 := 0.4;
    anded CONSTANT FLOAT8 := 0.25;

    chosen CONSTANT TEXT := ' AND ($7 IS NULL OR (s."created_at", s."session_id" COLLATE "C", s."seq") < ($7, $8, $9))
            AND (s."session_id" <> ALL ($3) OR EXISTS (SELECT FROM "messages" m
                WHERE m."session_id" = s."session_id" AND m."seq" = s."seq" AND m."recalled_at" IS NULL))';
    ordered CONSTANT TEXT := ' ORDER BY s."created_at" DESC, s."session_id" COLLATE "C" DESC, s."seq" DESC LIMIT $6';
    is_seen CONSTANT TEXT := 's."seq" > ($2->>s."session_id")::int';
    is_said CONSTANT TEXT := 's."text" LIKE ALL ($4)';
    -- Both, first what leaves out more.
    said TEXT;
    place CONSTANT TEXT := 'SELECT s."session_id", s."seq", s."created_at" FROM ';

    sessions TEXT[] := ARRAY(SELECT jsonb_object_keys("seen"));
    asking FLOAT8 := asked * cardinality(sessions);
    hits FLOAT8;
    seen_hits FLOAT8;
    seen_rows FLOAT8;
    stored FLOAT8;
    part FLOAT8;
    wanted FLOAT8 := 'infinity';
    by_windows FLOAT8;
    by_walk FLOAT8;
    by_index FLOAT8;
    -- Of what the index gives, to read all, or only what one of the sessions has too.
    by_all FLOAT8;
    by_sessions FLOAT8;
    -- How long a window is, in seconds.
    span FLOAT8;
    upper TIMESTAMPTZ := coalesce("before", 'infinity');
    lower TIMESTAMPTZ := '-infinity';
    newest TIMESTAMPTZ;
    got BIGINT;
    found BIGINT := 0;
BEGIN
    IF "visible" > probed THEN
        EXECUTE 'SELECT count(*) FILTER (WHERE "text" LIKE ALL ($4)), count(*) FILTER (WHERE $5 ? "session_id"),
                count(*) FILTER (WHERE $5 ? "session_id" AND "text" LIKE ALL ($4)),
                max("created_at"), extract(epoch FROM max("created_at") - min("created_at"))
            FROM (
                SELECT "session_id", "text", "created_at" FROM "message_search" WHERE "site_id" = $1 AND "created_at" <= $2
                ORDER BY "created_at" DESC LIMIT $3
            ) s'
            INTO hits, seen_rows, seen_hits, newest, span USING "site", upper, probed, "patterns", "seen";
        SELECT greatest("reltuples", "visible") INTO stored FROM pg_class WHERE "oid" = '"message_search"'::regclass;
        -- None among those means few, not none.
        part := greatest(hits, 0.5) / probed;
        wanted := 1.3 * "most" / part;
        by_windows := asking + fetched * least(wanted, "visible");
        -- Who sees not many more than are wanted may have them among the newest only: it would walk to the end.
        by_walk := walked * CASE WHEN "visible" * seen_hits < 3 * "most" * seen_rows THEN stored
            ELSE least("most" / (greatest(seen_hits, 0.5) / probed), stored) END;
        by_all := fetched * part * stored;
        by_sessions := CASE WHEN cardinality(sessions) <= few THEN anded * "visible" + fetched * part * "visible" ELSE 'infinity' END;
        by_index := listed * part * stored + least(by_all, by_sessions);

        said := CASE WHEN seen_rows > hits THEN ' CASE WHEN ' || is_said || ' THEN ' || is_seen || ' ELSE false END'
            ELSE ' CASE WHEN ' || is_seen || ' THEN ' || is_said || ' ELSE false END' END;
        "way" := coalesce("way", CASE least(by_windows, by_walk, by_index)
            WHEN by_windows THEN 'windows' WHEN by_walk THEN 'walk' ELSE 'index' END);
        IF "way" = 'index' THEN
            -- PostgreSQL takes grams for independent, and so for rarer than they are; it would not ask the sessions' index too.
            PERFORM set_config('random_page_cost', '200', true);
            RETURN QUERY EXECUTE place || '"message_search" s WHERE s."site_id" = $1 AND s."grams" @@ (SELECT $5::tsquery)
                    AND ($10 IS NULL OR s."session_id" = ANY ($10)) AND' || said || chosen || ordered
                USING "site", "seen", "behind", "patterns", "queries"[CASE WHEN hits > 0 THEN 2 ELSE 1 END], "most", "before",
                    "before_session", "before_seq", CASE WHEN by_sessions < by_all THEN sessions END;
            RETURN;
        END IF;
        IF "way" = 'walk' THEN
            -- It must not read everything first, to sort it: then it would be no walk.
            PERFORM set_config('enable_bitmapscan', 'off', true), set_config('enable_sort', 'off', true);
            RETURN QUERY EXECUTE place || '"message_search" s WHERE s."site_id" = $1 AND s."created_at" <= $5 AND'
                    || said || chosen || ordered
                USING "site", "seen", "behind", "patterns", upper, "most", "before", "before_session", "before_seq";
            RETURN;
        END IF;
        span := greatest(span, 1) * (CASE WHEN seen_rows > 0 THEN wanted / seen_rows ELSE 100 END);
    END IF;
    FOR attempt IN 1..windows_max LOOP
        lower := CASE WHEN wanted < "visible" AND attempt < windows_max AND span < longest
            THEN least(upper, newest) - make_interval(secs => span) ELSE '-infinity' END;
        RETURN QUERY EXECUTE place || 'jsonb_each_text($2) AS o("session_id", "after") CROSS JOIN LATERAL (
                SELECT s."session_id", s."seq", s."created_at" FROM "message_search" s
                WHERE s."session_id" = o."session_id" AND s."created_at" > $5 AND s."created_at" <= $1
                    AND ' || is_said || '
                OFFSET 0
            ) s WHERE s."seq" > o."after"::int' || chosen || ordered
            USING upper, "seen", "behind", "patterns", lower, "most" - found::int, "before", "before_session", "before_seq";
        GET DIAGNOSTICS got = ROW_COUNT;
        found := found + got;
        EXIT WHEN found >= "most" OR lower = '-infinity';
        upper := lower;
        span := span * (CASE WHEN got > 0 THEN least(16, greatest(2, 1.3 * ("most" - found) / got)) ELSE 8 END);
    END LOOP;
END
$$;
