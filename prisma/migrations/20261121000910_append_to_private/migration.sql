-- As before, and with it: the bond of a private session says whether the two of it may write, a message of somebody who takes
-- no part is remembered with the session, and who writes is counted. All three in rows that were read or written already.
--
-- Appends a batch of messages: one round trip, one commit, all sessions that are waiting at that moment.
--
-- Two statements on purpose. The function is VOLATILE, so each statement sees what was committed before it began:
-- the second one looks at claims, status and membership only once the first holds the sessions' locks. A single
-- statement would number a retry from a stale snapshot and leave a gap.
--
-- `requests` is an array of {id, session, sender, sender_type, part, anyone, cmid, receiver, text, type, file, reply, forward}.
-- Answers a row a request, by its place in the array:
--   stored         with its numbers; `read_id` is the newest message of another that its sender has read by this, `found` in
--                  a private session the other one of it: whom the message is for, whatever the request says
--   duplicate      `found` is the message that the sender stored under this client message id
--   conflict       that client message id stands in another session
--   not_found      no such session, or the sender is no part of it
--   session_ended
--   not_friends    the private session's bond forbids it to those who must take part; whoever changes the bond holds the
--                  session's row, so nothing is stored after that
--   busy           the session is locked, or the same client message id is in this batch before it: ask again
--
-- The same client message id may race into two sessions. Then the unique index stops the later batch as a whole
-- (unique_violation); asked again it finds the first one's claim, so nothing is numbered in vain.
--
-- Messages are inserted in the order of sender and client message id: an insert whose client message id another batch has
-- just inserted waits for that batch's commit, and two batches that carry the same two ids into two sessions would wait for
-- each other if each inserted in an order of its own.
--
-- It is planned once a connection, for whatever comes: left to itself PostgreSQL plans it anew each time, which takes several
-- times as long as carrying it out. The first plan is made while the tables are all but empty, where reading the whole site
-- looks as good as a key: `IS TRUE` and `OFFSET 0` leave it no other way than by each row's own key.
CREATE OR REPLACE FUNCTION "append_messages"("site" TEXT, "requests" JSON)
RETURNS TABLE ("place" INTEGER, "kind" TEXT, "seq" INTEGER, "change" INTEGER, "at" TIMESTAMPTZ, "found" TEXT,
               "read_id" TEXT, "read_seq" INTEGER, "read_sender" TEXT)
LANGUAGE plpgsql VOLATILE
SET plan_cache_mode = force_generic_plan SET enable_seqscan = off SET jit = off
AS $$
#variable_conflict use_column
DECLARE
    locked TEXT[];
    moment TIMESTAMPTZ(3);
BEGIN
    SELECT array_agg(s."id") INTO locked FROM (
        SELECT "id" FROM "sessions"
        WHERE ("site_id" = site) IS TRUE
          AND "id" = ANY (ARRAY(SELECT r->>'session' FROM json_array_elements(requests) r))
        ORDER BY "id"
        FOR NO KEY UPDATE SKIP LOCKED
    ) s;
    moment := clock_timestamp();

    RETURN QUERY
    WITH "request" AS (
        SELECT (o.ordinality - 1)::int AS place, r.*
        FROM json_array_elements(requests) WITH ORDINALITY o,
             json_to_record(o.value) AS r("id" TEXT, "session" TEXT, "sender" TEXT, "sender_type" TEXT, "part" BOOLEAN,
                 "anyone" BOOLEAN, "cmid" TEXT, "receiver" TEXT, "text" TEXT, "type" TEXT, "file" JSONB, "reply" TEXT, "forward" TEXT)
    ),
    "looked" AS (
        SELECT r.*, s."last_seq", s."last_change", p."read_seq" AS "was_read",
            CASE WHEN s."type" = 'private' THEN s.other ELSE r."receiver" END AS "for_whom", d."id" AS "claimed",
            CASE
                WHEN d."session_id" = r."session" THEN 'duplicate'
                WHEN s."id" IS NULL THEN 'not_found'
                WHEN s."id" <> ALL (coalesce(locked, '{}')) THEN 'busy'
                WHEN r."part" AND p."user_id" IS NULL THEN 'not_found'
                WHEN d."id" IS NOT NULL THEN 'conflict'
                WHEN s."status" = 'ended' THEN 'session_ended'
                WHEN r."part" AND (s."bond" = 'blocked' OR s."bond" = 'none' AND r."anyone" IS NOT TRUE) THEN 'not_friends'
                WHEN r."cmid" IS NOT NULL
                    AND row_number() OVER (PARTITION BY r."sender", r."cmid" ORDER BY r.place) > 1 THEN 'busy'
                ELSE 'stored'
            END AS verdict
        FROM "request" r
        LEFT JOIN LATERAL (
            SELECT s."id", s."status", s."type", s."bond", s."last_seq", s."last_change",
                CASE r."sender" WHEN split_part(s."pair_key", '/', 1) THEN split_part(s."pair_key", '/', 2)
                    ELSE split_part(s."pair_key", '/', 1) END AS other
            FROM "sessions" s
            WHERE s."id" = r."session" AND (s."site_id" = site) IS TRUE
            OFFSET 0
        ) s ON true
        LEFT JOIN LATERAL (
            SELECT p."user_id", p."read_seq" FROM "participants" p
            WHERE p."session_id" = r."session" AND p."user_id" = r."sender" AND p."left_change" IS NULL
            OFFSET 0
        ) p ON true
        LEFT JOIN LATERAL (
            SELECT d."id", d."session_id" FROM "messages" d
            WHERE d."site_id" = site AND d."sender_id" = r."sender" AND d."client_message_id" = r."cmid"
            OFFSET 0
        ) d ON true
    ),
    "numbered" AS (
        SELECT l.*,
            (l."last_seq" + row_number() OVER w)::int AS new_seq,
            (l."last_change" + row_number() OVER w)::int AS new_change
        FROM "looked" l WHERE l.verdict = 'stored'
        WINDOW w AS (PARTITION BY l."session" ORDER BY l.place)
    ),
    "counted" AS (
        UPDATE "sessions" s
        SET "last_seq" = n.top_seq, "last_change" = n.top_change, "last_message_at" = moment, "updated_at" = moment,
            "has_outsiders" = s."has_outsiders" OR n.outsiders
        FROM (
            SELECT "session", max(new_seq) AS top_seq, max(new_change) AS top_change, bool_or("was_read" IS NULL) AS outsiders
            FROM "numbered" GROUP BY 1
        ) n
        WHERE s."id" = n."session"
    ),
    "stored" AS (
        INSERT INTO "messages" ("id", "site_id", "session_id", "seq", "change", "created_change", "client_message_id",
            "sender_id", "sender_type", "receiver_id", "text", "type", "file", "reply_to_id", "forwarded_from_id",
            "created_at", "updated_at")
        SELECT n."id", site, n."session", n.new_seq, n.new_change, n.new_change, n."cmid",
            n."sender", n."sender_type"::"sender_type", n."for_whom", n."text", n."type"::"message_type", n."file",
            n."reply", n."forward", moment, moment
        FROM "numbered" n
        ORDER BY n."sender", n."cmid"
    ),
    -- A sender has read everything before its own message.
    "sender" AS (
        SELECT "session", "sender" AS who, max(new_seq) AS top_seq, min("was_read") AS was_read, count(*)::int AS sent
        FROM "numbered" WHERE "was_read" IS NOT NULL GROUP BY 1, 2
    ),
    "news" AS (
        SELECT s."session", s.who, s.top_seq, m.*
        FROM "sender" s
        CROSS JOIN LATERAL (
            SELECT * FROM (
                (SELECT n."id", n.new_seq AS at_seq, n."sender" AS by_whom FROM "numbered" n
                 WHERE n."session" = s."session" AND n.new_seq < s.top_seq AND n."sender" <> s.who
                 ORDER BY n.new_seq DESC LIMIT 1)
                UNION ALL
                (SELECT e."id", e."seq", e."sender_id" FROM "messages" e
                 WHERE e."session_id" = s."session" AND e."seq" > s.was_read AND e."sender_id" <> s.who
                 ORDER BY e."seq" DESC LIMIT 1)
            ) either ORDER BY at_seq DESC LIMIT 1
        ) m
    ),
    "marked" AS (
        UPDATE "participants" p
        SET "read_seq" = s.top_seq, "delivered_seq" = greatest(p."delivered_seq", s.top_seq),
            "sent_count" = p."sent_count" + s.sent
        FROM "sender" s
        WHERE p."session_id" = s."session" AND p."user_id" = s.who
    ),
    "read" AS (
        INSERT INTO "read_marks" ("session_id", "user_id", "seq", "at")
        SELECT n."session", n.who, n.top_seq, moment FROM "news" n
        ON CONFLICT DO NOTHING
    )
    SELECT l.place, l.verdict, n.new_seq, n.new_change, moment::timestamptz, coalesce(l."claimed", n."for_whom"), w."id", w.at_seq, w.by_whom
    FROM "looked" l
    LEFT JOIN "numbered" n ON n.place = l.place
    LEFT JOIN "news" w ON w."session" = n."session" AND w.who = n."sender" AND w.top_seq = n.new_seq
    ORDER BY l.place;
END
$$;
