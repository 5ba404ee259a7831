-- As before, but two who take the last two messages of a file back in the same moment wait for each other: the second
-- statement sees what the other has done, where each alone would see the other's message still there.
CREATE OR REPLACE FUNCTION "drop_unreferenced_files"("site" TEXT, "ids" TEXT[]) RETURNS VOID
LANGUAGE sql VOLATILE
AS $$
    SELECT FROM "files" f WHERE f."site_id" = site AND f."id" = ANY (ids) ORDER BY f."id" FOR NO KEY UPDATE;

    UPDATE "files" f SET "state" = 'dropped', "state_at" = clock_timestamp()
    WHERE f."site_id" = site AND f."id" = ANY (ids) AND f."state" <> 'dropped' AND NOT "file_is_referred_to"(f)
$$;
