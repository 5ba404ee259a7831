-- Files that were uploaded. Their content is in the file storage, under the file's id.
CREATE TYPE "file_state" AS ENUM ('new', 'kept', 'dropped');

CREATE TABLE "files" (
    "id" TEXT NOT NULL,
    "site_id" TEXT NOT NULL,
    "owner_id" TEXT,
    "name" TEXT NOT NULL,
    "size" INTEGER NOT NULL,
    "mime_type" TEXT NOT NULL,
    "width" INTEGER,
    "height" INTEGER,
    "duration_ms" INTEGER,
    "has_thumbnail" BOOLEAN NOT NULL DEFAULT false,
    "is_public" BOOLEAN NOT NULL DEFAULT false,
    "state" "file_state" NOT NULL DEFAULT 'new',
    "state_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "files_pkey" PRIMARY KEY ("id"),
    CONSTRAINT "files_size_check" CHECK ("size" >= 0)
);

CREATE INDEX "files_site_id_state_state_at_idx" ON "files"("site_id", "state", "state_at");

-- Who may read a message with a file is asked whenever the file is.
CREATE INDEX "messages_file_url_idx" ON "messages"(("file" ->> 'url')) WHERE "file" IS NOT NULL;

CREATE FUNCTION "file_is_referred_to"("f" "files") RETURNS BOOLEAN
LANGUAGE sql STABLE
AS $$
    SELECT EXISTS (
        SELECT FROM "messages" m
        WHERE m."file" IS NOT NULL AND m."file" ->> 'url' = '/files/' || f."id"
          AND m."recalled_at" IS NULL AND m."site_id" = f."site_id"
    ) OR f."is_public" AND (
        EXISTS (SELECT FROM "users" u
                WHERE u."site_id" = f."site_id" AND u."id" = f."owner_id" AND u."avatar" = '/files/' || f."id")
        OR EXISTS (SELECT FROM "operators" o
                   WHERE o."site_id" = f."site_id" AND o."user_id" = f."owner_id" AND o."avatar" = '/files/' || f."id")
    )
$$;

-- Nobody may have a dropped file any more; its content is removed a moment later, see the feature `file` of the server.
CREATE FUNCTION "drop_unreferenced_files"("site" TEXT, "ids" TEXT[]) RETURNS VOID
LANGUAGE sql VOLATILE
AS $$
    UPDATE "files" f SET "state" = 'dropped', "state_at" = clock_timestamp()
    WHERE f."site_id" = site AND f."id" = ANY (ids) AND f."state" <> 'dropped' AND NOT "file_is_referred_to"(f)
$$;

-- Whatever takes a file from a message (a recall, a deletion, the erasing of a person) drops it in the same step.
CREATE FUNCTION "drop_file_of_message"() RETURNS TRIGGER
LANGUAGE plpgsql
AS $$
BEGIN
    PERFORM "drop_unreferenced_files"(OLD."site_id", ARRAY[substr(OLD."file" ->> 'url', length('/files/') + 1)]);
    RETURN NULL;
END
$$;

CREATE TRIGGER "messages_drop_file" AFTER UPDATE OF "file", "recalled_at" ON "messages"
FOR EACH ROW
WHEN (starts_with(OLD."file" ->> 'url', '/files/')
      AND (NEW."recalled_at" IS NOT NULL OR NEW."file" ->> 'url' IS DISTINCT FROM OLD."file" ->> 'url'))
EXECUTE FUNCTION "drop_file_of_message"();

-- So does whatever puts another picture in the place of a person's.
CREATE FUNCTION "drop_file_of_avatar"() RETURNS TRIGGER
LANGUAGE plpgsql
AS $$
BEGIN
    PERFORM "drop_unreferenced_files"(OLD."site_id", ARRAY[substr(OLD."avatar", length('/files/') + 1)]);
    RETURN NULL;
END
$$;

CREATE TRIGGER "users_drop_avatar" AFTER UPDATE OF "avatar" ON "users"
FOR EACH ROW
WHEN (starts_with(OLD."avatar", '/files/') AND NEW."avatar" IS DISTINCT FROM OLD."avatar")
EXECUTE FUNCTION "drop_file_of_avatar"();

CREATE TRIGGER "operators_drop_avatar" AFTER UPDATE OF "avatar" ON "operators"
FOR EACH ROW
WHEN (starts_with(OLD."avatar", '/files/') AND NEW."avatar" IS DISTINCT FROM OLD."avatar")
EXECUTE FUNCTION "drop_file_of_avatar"();
