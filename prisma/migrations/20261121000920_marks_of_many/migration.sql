-- As before, but of a group it does not tell the marks of all its people with each batch: what one batch changes in a message's
-- status depends on those who move and on the two who are furthest behind of all others (one of whom may be the sender, who does
-- not count). Nobody's marks lie before what the person may see, so who may not see a message never holds it back.
--
-- Moves marks in one round trip, so that nobody who appends a message waits for a mark's row longer than that takes.
--
-- `requests`: [{ session, user, kind: delivered | read, from, to }]. Rows that somebody else holds, and all but the first
-- request for a person in a session, are `busy`: they belong into the next batch. For a request that moves a mark: from
-- where to where, the newest 200 messages of others in between, and, with the first of a session, everybody's marks
-- there as they were before (of a group: those that matter). Planned as `append_messages` is.
CREATE OR REPLACE FUNCTION "move_marks"("site" TEXT, "requests" JSON)
RETURNS TABLE ("place" INTEGER, "busy" BOOLEAN, "from_seq" INTEGER, "to_seq" INTEGER, "at" TIMESTAMPTZ, "run" JSON,
               "session_type" TEXT, "parts" JSON)
LANGUAGE plpgsql VOLATILE
SET plan_cache_mode = force_generic_plan SET enable_seqscan = off SET jit = off
AS $$
#variable_conflict use_column
DECLARE
    held JSONB;
    moment TIMESTAMPTZ(3);
BEGIN
    SELECT coalesce(jsonb_object_agg(json_build_array(h."session_id", h."user_id")::text, true), '{}') INTO held
    FROM (
        SELECT DISTINCT r->>'session' AS session, r->>'user' AS who FROM json_array_elements(requests) r ORDER BY 1, 2
    ) w
    CROSS JOIN LATERAL (
        SELECT p."session_id", p."user_id" FROM "participants" p
        WHERE p."session_id" = w.session AND p."user_id" = w.who AND (p."site_id" = site) IS TRUE AND p."left_change" IS NULL
        FOR NO KEY UPDATE SKIP LOCKED
    ) h;
    moment := clock_timestamp();

    RETURN QUERY
    WITH "request" AS (
        SELECT (o.ordinality - 1)::int AS place, r.*,
            row_number() OVER (PARTITION BY r."session", r."user" ORDER BY o.ordinality) AS nth
        FROM json_array_elements(requests) WITH ORDINALITY o,
             json_to_record(o.value) AS r("session" TEXT, "user" TEXT, "kind" TEXT, "from" INTEGER, "to" INTEGER)
    ),
    "looked" AS (
        SELECT r.*, s."type"::text AS session_type, least(r."to", s."last_seq") AS new_seq,
            CASE r."kind" WHEN 'read' THEN p."read_seq" ELSE p."delivered_seq" END AS old_seq,
            r.nth > 1 OR NOT held ? json_build_array(r."session", r."user")::text AS busy
        FROM "request" r
        CROSS JOIN LATERAL (
            SELECT p."delivered_seq", p."read_seq" FROM "participants" p
            WHERE p."session_id" = r."session" AND p."user_id" = r."user" AND (p."site_id" = site) IS TRUE
                AND p."left_change" IS NULL
            OFFSET 0
        ) p
        CROSS JOIN LATERAL (
            SELECT s."type", s."last_seq" FROM "sessions" s WHERE s."id" = r."session" OFFSET 0
        ) s
    ),
    "move" AS (
        SELECT l.*, row_number() OVER (PARTITION BY l."session" ORDER BY l.place) AS nth_here
        FROM "looked" l
        WHERE NOT l.busy AND l.new_seq > l.old_seq AND (l."kind" = 'read' OR l."from" <= l.old_seq + 1)
    ),
    "moved" AS (
        UPDATE "participants" p
        SET "delivered_seq" = greatest(p."delivered_seq", m.new_seq),
            "read_seq" = CASE m."kind" WHEN 'read' THEN m.new_seq ELSE p."read_seq" END
        FROM "move" m
        WHERE p."session_id" = m."session" AND p."user_id" = m."user"
    ),
    "others" AS (
        SELECT m.place, json_agg(t ORDER BY t."seq") AS run FROM "move" m
        CROSS JOIN LATERAL (
            SELECT e."id", e."seq", e."sender_id" AS "senderId", e."sender_type" AS "senderType" FROM "messages" e
            WHERE e."session_id" = m."session" AND e."sender_id" <> m."user"
                AND e."seq" > m.old_seq AND e."seq" <= m.new_seq
            ORDER BY e."seq" DESC LIMIT 200
        ) t
        GROUP BY m.place
    ),
    "movers" AS (
        SELECT m."session", array_agg(m."user") AS who FROM "move" m WHERE m.session_type = 'group' GROUP BY 1
    ),
    "read" AS (
        INSERT INTO "read_marks" ("session_id", "user_id", "seq", "at")
        SELECT m."session", m."user", m.new_seq, moment FROM "move" m
        JOIN "others" o ON o.place = m.place
        WHERE m."kind" = 'read'
        ON CONFLICT DO NOTHING
    )
    SELECT l.place, l.busy, m.old_seq + 1, m.new_seq, moment::timestamptz, o.run, m.session_type,
        (SELECT json_agg(json_build_object('userId', p."user_id", 'role', p."role", 'left', p."left_change" IS NOT NULL,
                'visibleAfterSeq', p."joined_seq", 'deliveredSeq', p."delivered_seq", 'readSeq', p."read_seq")
                ORDER BY p."joined_change", p."joined_at", p."user_id")
            FROM "participants" p
            WHERE p."session_id" = m."session" AND m.nth_here = 1
                AND (v."session" IS NULL OR p."user_id" = ANY (v.who || b.who)))
    FROM "looked" l
    LEFT JOIN "move" m ON m.place = l.place
    LEFT JOIN "others" o ON o.place = l.place
    LEFT JOIN "movers" v ON v."session" = m."session" AND m.nth_here = 1
    LEFT JOIN LATERAL (
        SELECT array_agg(w."user_id") AS who FROM (
            (SELECT p."user_id" FROM "participants" p
             WHERE p."session_id" = v."session" AND p."left_change" IS NULL AND p."user_id" <> ALL (v.who)
             ORDER BY p."delivered_seq" LIMIT 2)
            UNION ALL
            (SELECT p."user_id" FROM "participants" p
             WHERE p."session_id" = v."session" AND p."left_change" IS NULL AND p."user_id" <> ALL (v.who)
             ORDER BY p."read_seq" LIMIT 2)
        ) w
    ) b ON true
    ORDER BY l.place;
END
$$;
