-- CreateEnum
CREATE TYPE "user_role" AS ENUM ('admin', 'operator', 'doctor', 'nurse', 'user', 'visitor', 'system');

-- CreateEnum
CREATE TYPE "operator_status" AS ENUM ('online', 'busy', 'offline');

-- CreateEnum
CREATE TYPE "session_type" AS ENUM ('support', 'private', 'group');

-- CreateEnum
CREATE TYPE "session_status" AS ENUM ('waiting', 'active', 'ended');

-- CreateEnum
CREATE TYPE "assignment_strategy" AS ENUM ('round_robin', 'least_busy');

-- CreateEnum
CREATE TYPE "participant_role" AS ENUM ('visitor', 'operator', 'owner', 'member');

-- CreateEnum
CREATE TYPE "sender_type" AS ENUM ('user', 'operator', 'system');

-- CreateEnum
CREATE TYPE "message_type" AS ENUM ('text', 'image', 'file', 'voice', 'system');

-- CreateEnum
CREATE TYPE "actor_kind" AS ENUM ('person', 'key', 'system');

-- CreateEnum
CREATE TYPE "login_kind" AS ENUM ('password', 'phone', 'console', 'token');

-- CreateTable
CREATE TABLE "sites" (
    "id" TEXT NOT NULL,
    "name" TEXT NOT NULL,
    "identity_secret" TEXT NOT NULL,
    "allowed_origins" TEXT[] NOT NULL DEFAULT ARRAY[]::TEXT[],
    "settings" JSONB NOT NULL DEFAULT '{}',
    "queue_counter" BIGINT NOT NULL DEFAULT 0,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "sites_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "users" (
    "site_id" TEXT NOT NULL,
    "id" TEXT NOT NULL,
    "role" "user_role" NOT NULL,
    "username" TEXT,
    "password_hash" TEXT,
    "real_name" TEXT,
    "nickname" TEXT,
    "email" TEXT,
    "phone" TEXT,
    "avatar" TEXT,
    "locale" TEXT,
    "time_zone" TEXT,
    "is_active" BOOLEAN NOT NULL DEFAULT true,
    "last_seen_at" TIMESTAMPTZ(3),
    "erased_at" TIMESTAMPTZ(3),
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "updated_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "users_pkey" PRIMARY KEY ("site_id","id")
);

-- CreateTable
CREATE TABLE "operators" (
    "site_id" TEXT NOT NULL,
    "user_id" TEXT NOT NULL,
    "name" TEXT NOT NULL,
    "avatar" TEXT,
    "status" "operator_status" NOT NULL DEFAULT 'offline',
    "chosen_status" "operator_status",
    "max_users" INTEGER NOT NULL DEFAULT 2,
    "load" INTEGER NOT NULL DEFAULT 0,
    "last_assigned_at" TIMESTAMPTZ(3),
    "is_active" BOOLEAN NOT NULL DEFAULT true,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "updated_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "operators_pkey" PRIMARY KEY ("site_id","user_id")
);

-- CreateTable
CREATE TABLE "sessions" (
    "id" TEXT NOT NULL,
    "site_id" TEXT NOT NULL,
    "type" "session_type" NOT NULL,
    "name" TEXT,
    "subject" TEXT,
    "metadata" JSONB,
    "user_id" TEXT,
    "user_name" TEXT,
    "user_type" TEXT,
    "operator_id" TEXT,
    "avoid_operator_id" TEXT,
    "status" "session_status" NOT NULL,
    "strategy" "assignment_strategy",
    "queue_no" BIGINT,
    "returned" BOOLEAN NOT NULL DEFAULT false,
    "waiting_since" TIMESTAMPTZ(3),
    "assigned_at" TIMESTAMPTZ(3),
    "ended_at" TIMESTAMPTZ(3),
    "ended_by" TEXT,
    "end_reason" TEXT,
    "last_seq" INTEGER NOT NULL DEFAULT 0,
    "last_change" INTEGER NOT NULL DEFAULT 0,
    "last_message_at" TIMESTAMPTZ(3),
    "pair_key" TEXT,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "updated_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "sessions_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "participants" (
    "session_id" TEXT NOT NULL,
    "user_id" TEXT NOT NULL,
    "site_id" TEXT NOT NULL,
    "role" "participant_role" NOT NULL,
    "joined_change" INTEGER NOT NULL DEFAULT 0,
    "joined_seq" INTEGER NOT NULL DEFAULT 0,
    "left_change" INTEGER,
    "delivered_seq" INTEGER NOT NULL DEFAULT 0,
    "read_seq" INTEGER NOT NULL DEFAULT 0,
    "joined_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "left_at" TIMESTAMPTZ(3),

    CONSTRAINT "participants_pkey" PRIMARY KEY ("session_id","user_id")
);

-- CreateTable
CREATE TABLE "messages" (
    "id" TEXT NOT NULL,
    "site_id" TEXT NOT NULL,
    "session_id" TEXT NOT NULL,
    "seq" INTEGER NOT NULL,
    "change" INTEGER NOT NULL,
    "created_change" INTEGER NOT NULL,
    "client_message_id" TEXT,
    "sender_id" TEXT NOT NULL,
    "sender_type" "sender_type" NOT NULL,
    "receiver_id" TEXT,
    "text" TEXT NOT NULL DEFAULT '',
    "type" "message_type" NOT NULL DEFAULT 'text',
    "file" JSONB,
    "reply_to_id" TEXT,
    "forwarded_from_id" TEXT,
    "recalled_at" TIMESTAMPTZ(3),
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "updated_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "messages_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "session_changes" (
    "session_id" TEXT NOT NULL,
    "change" INTEGER NOT NULL,
    "kind" TEXT NOT NULL,
    "actor_id" TEXT,
    "data" JSONB NOT NULL DEFAULT '{}',
    "at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "session_changes_pkey" PRIMARY KEY ("session_id","change")
);

-- CreateTable
CREATE TABLE "read_marks" (
    "session_id" TEXT NOT NULL,
    "user_id" TEXT NOT NULL,
    "seq" INTEGER NOT NULL,
    "at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "read_marks_pkey" PRIMARY KEY ("session_id","user_id","seq")
);

-- CreateTable
CREATE TABLE "nodes" (
    "id" TEXT NOT NULL,
    "started_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "last_seen_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "nodes_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "connections" (
    "id" TEXT NOT NULL,
    "site_id" TEXT NOT NULL,
    "user_id" TEXT NOT NULL,
    "node_id" TEXT NOT NULL,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "connections_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "jobs" (
    "id" TEXT NOT NULL,
    "site_id" TEXT NOT NULL,
    "kind" TEXT NOT NULL,
    "key" TEXT NOT NULL,
    "run_at" TIMESTAMPTZ(3) NOT NULL,
    "attempts" INTEGER NOT NULL DEFAULT 0,
    "locked_by" TEXT,
    "locked_until" TIMESTAMPTZ(3),
    "payload" JSONB NOT NULL DEFAULT '{}',
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "jobs_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "audit_events" (
    "id" TEXT NOT NULL,
    "site_id" TEXT NOT NULL,
    "actor_kind" "actor_kind" NOT NULL,
    "actor_id" TEXT,
    "api_key_id" TEXT,
    "acting_for_id" TEXT,
    "action" TEXT NOT NULL,
    "target_kind" TEXT,
    "target_id" TEXT,
    "data" JSONB NOT NULL DEFAULT '{}',
    "request_id" TEXT,
    "at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "audit_events_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "api_keys" (
    "id" TEXT NOT NULL,
    "site_id" TEXT NOT NULL,
    "name" TEXT NOT NULL,
    "prefix" TEXT NOT NULL,
    "hash" TEXT NOT NULL,
    "created_by_id" TEXT,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "last_used_at" TIMESTAMPTZ(3),
    "revoked_at" TIMESTAMPTZ(3),

    CONSTRAINT "api_keys_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "logins" (
    "id" TEXT NOT NULL,
    "site_id" TEXT NOT NULL,
    "user_id" TEXT NOT NULL,
    "kind" "login_kind" NOT NULL,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "expires_at" TIMESTAMPTZ(3) NOT NULL,
    "revoked_at" TIMESTAMPTZ(3),
    "user_agent" TEXT,

    CONSTRAINT "logins_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "refresh_tokens" (
    "id" TEXT NOT NULL,
    "login_id" TEXT NOT NULL,
    "hash" TEXT NOT NULL,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "expires_at" TIMESTAMPTZ(3) NOT NULL,
    "used_at" TIMESTAMPTZ(3),

    CONSTRAINT "refresh_tokens_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "token_revocations" (
    "site_id" TEXT NOT NULL,
    "subject" TEXT NOT NULL,
    "not_before" TIMESTAMPTZ(3) NOT NULL,
    "expires_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "token_revocations_pkey" PRIMARY KEY ("site_id","subject")
);

-- CreateTable
CREATE TABLE "staff_notes" (
    "id" TEXT NOT NULL,
    "site_id" TEXT NOT NULL,
    "session_id" TEXT NOT NULL,
    "author_id" TEXT NOT NULL,
    "text" TEXT NOT NULL,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "updated_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "staff_notes_pkey" PRIMARY KEY ("id")
);

-- CreateIndex
CREATE UNIQUE INDEX "users_site_id_username_key" ON "users"("site_id", "username");

-- CreateIndex
CREATE UNIQUE INDEX "users_site_id_phone_key" ON "users"("site_id", "phone");

-- CreateIndex
CREATE UNIQUE INDEX "sessions_site_id_pair_key_key" ON "sessions"("site_id", "pair_key");

-- CreateIndex
CREATE INDEX "participants_site_id_user_id_idx" ON "participants"("site_id", "user_id");

-- CreateIndex
CREATE UNIQUE INDEX "messages_session_id_seq_key" ON "messages"("session_id", "seq");

-- CreateIndex
-- One change may touch many messages (a visitor who proves to be a user): all of them bear its number. It makes at most
-- one: of two that were made by it, both would bear it twice.
CREATE UNIQUE INDEX "messages_session_id_change_created_change_key" ON "messages"("session_id", "change", "created_change");

-- CreateIndex
CREATE UNIQUE INDEX "messages_site_id_sender_id_client_message_id_key" ON "messages"("site_id", "sender_id", "client_message_id");

-- CreateIndex
CREATE INDEX "connections_site_id_user_id_idx" ON "connections"("site_id", "user_id");

-- CreateIndex
CREATE INDEX "connections_node_id_idx" ON "connections"("node_id");

-- CreateIndex
CREATE INDEX "jobs_run_at_idx" ON "jobs"("run_at");

-- CreateIndex
CREATE UNIQUE INDEX "jobs_site_id_kind_key_key" ON "jobs"("site_id", "kind", "key");

-- CreateIndex
CREATE INDEX "audit_events_site_id_at_idx" ON "audit_events"("site_id", "at");

-- CreateIndex
CREATE INDEX "audit_events_site_id_target_kind_target_id_idx" ON "audit_events"("site_id", "target_kind", "target_id");

-- CreateIndex
CREATE UNIQUE INDEX "api_keys_hash_key" ON "api_keys"("hash");

-- CreateIndex
CREATE INDEX "api_keys_site_id_idx" ON "api_keys"("site_id");

-- CreateIndex
CREATE INDEX "logins_site_id_user_id_idx" ON "logins"("site_id", "user_id");

-- CreateIndex
CREATE INDEX "logins_expires_at_idx" ON "logins"("expires_at");

-- CreateIndex
CREATE UNIQUE INDEX "refresh_tokens_hash_key" ON "refresh_tokens"("hash");

-- CreateIndex
CREATE INDEX "refresh_tokens_login_id_idx" ON "refresh_tokens"("login_id");

-- CreateIndex
CREATE INDEX "token_revocations_expires_at_idx" ON "token_revocations"("expires_at");

-- CreateIndex
CREATE INDEX "staff_notes_session_id_created_at_idx" ON "staff_notes"("session_id", "created_at");

-- AddForeignKey
ALTER TABLE "users" ADD CONSTRAINT "users_site_id_fkey" FOREIGN KEY ("site_id") REFERENCES "sites"("id") ON DELETE RESTRICT ON UPDATE RESTRICT;

-- AddForeignKey
ALTER TABLE "operators" ADD CONSTRAINT "operators_site_id_user_id_fkey" FOREIGN KEY ("site_id", "user_id") REFERENCES "users"("site_id", "id") ON DELETE RESTRICT ON UPDATE RESTRICT;

-- AddForeignKey
ALTER TABLE "sessions" ADD CONSTRAINT "sessions_site_id_fkey" FOREIGN KEY ("site_id") REFERENCES "sites"("id") ON DELETE RESTRICT ON UPDATE RESTRICT;

-- AddForeignKey
ALTER TABLE "sessions" ADD CONSTRAINT "sessions_site_id_operator_id_fkey" FOREIGN KEY ("site_id", "operator_id") REFERENCES "operators"("site_id", "user_id") ON DELETE RESTRICT ON UPDATE RESTRICT;

-- AddForeignKey
ALTER TABLE "participants" ADD CONSTRAINT "participants_session_id_fkey" FOREIGN KEY ("session_id") REFERENCES "sessions"("id") ON DELETE CASCADE ON UPDATE RESTRICT;

-- AddForeignKey
ALTER TABLE "session_changes" ADD CONSTRAINT "session_changes_session_id_fkey" FOREIGN KEY ("session_id") REFERENCES "sessions"("id") ON DELETE CASCADE ON UPDATE RESTRICT;

-- AddForeignKey
ALTER TABLE "connections" ADD CONSTRAINT "connections_node_id_fkey" FOREIGN KEY ("node_id") REFERENCES "nodes"("id") ON DELETE CASCADE ON UPDATE RESTRICT;

-- AddForeignKey
ALTER TABLE "api_keys" ADD CONSTRAINT "api_keys_site_id_fkey" FOREIGN KEY ("site_id") REFERENCES "sites"("id") ON DELETE RESTRICT ON UPDATE RESTRICT;

-- AddForeignKey
ALTER TABLE "refresh_tokens" ADD CONSTRAINT "refresh_tokens_login_id_fkey" FOREIGN KEY ("login_id") REFERENCES "logins"("id") ON DELETE CASCADE ON UPDATE RESTRICT;

-- AddForeignKey
ALTER TABLE "staff_notes" ADD CONSTRAINT "staff_notes_session_id_fkey" FOREIGN KEY ("session_id") REFERENCES "sessions"("id") ON DELETE CASCADE ON UPDATE RESTRICT;

-- From here on: what schema.prisma can't say.

-- A person has at most one open support session, whichever door asks.
CREATE UNIQUE INDEX "sessions_one_open_per_user" ON "sessions"("site_id", "user_id")
    WHERE "type" = 'support' AND "status" <> 'ended';

-- The queue in its order: those that came back from an operator first, then by when they first waited.
CREATE INDEX "sessions_queue" ON "sessions"("site_id", "returned" DESC, "queue_no")
    WHERE "status" = 'waiting';

CREATE INDEX "sessions_open" ON "sessions"("site_id", "created_at" DESC, "id" DESC)
    WHERE "type" = 'support' AND "status" <> 'ended';

CREATE INDEX "sessions_open_by_operator" ON "sessions"("site_id", "operator_id")
    WHERE "status" = 'active' AND "operator_id" IS NOT NULL;

CREATE INDEX "sessions_ended" ON "sessions"("site_id", "ended_at" DESC, "id" DESC)
    WHERE "status" = 'ended';

CREATE INDEX "sessions_ended_by_user" ON "sessions"("site_id", "user_id", "ended_at" DESC, "id" DESC)
    WHERE "status" = 'ended';

CREATE INDEX "sessions_ended_by_operator" ON "sessions"("site_id", "operator_id", "ended_at" DESC, "id" DESC)
    WHERE "status" = 'ended';

-- How long the latest ones waited, for what the next is told to expect.
CREATE INDEX "sessions_assigned" ON "sessions"("site_id", "assigned_at" DESC)
    WHERE "type" = 'support' AND "assigned_at" IS NOT NULL;

ALTER TABLE "sessions"
    ADD CONSTRAINT "sessions_support_has_user" CHECK (("type" = 'support') = ("user_id" IS NOT NULL)),
    ADD CONSTRAINT "sessions_only_support_waits_or_ends" CHECK ("type" = 'support' OR "status" = 'active'),
    ADD CONSTRAINT "sessions_waiting_is_in_queue" CHECK ("status" <> 'waiting' OR ("operator_id" IS NULL AND "queue_no" IS NOT NULL)),
    ADD CONSTRAINT "sessions_active_support_has_operator" CHECK ("type" <> 'support' OR "status" <> 'active' OR "operator_id" IS NOT NULL),
    ADD CONSTRAINT "sessions_ended_has_time" CHECK (("status" = 'ended') = ("ended_at" IS NOT NULL)),
    ADD CONSTRAINT "sessions_numbers_not_negative" CHECK ("last_seq" >= 0 AND "last_change" >= "last_seq");

ALTER TABLE "operators"
    ADD CONSTRAINT "operators_load_not_negative" CHECK ("load" >= 0),
    ADD CONSTRAINT "operators_load_within_limit" CHECK ("load" <= "max_users");

ALTER TABLE "messages"
    ADD CONSTRAINT "messages_numbers_from_one" CHECK ("seq" >= 1 AND "created_change" >= 1 AND "change" >= "created_change");

-- Keeps operators.load equal to the number of their active support sessions, so that no code path can
-- pass the limit. Counted row by row as a statement goes: free operators in one statement, fill them in a later one.
CREATE FUNCTION "count_operator_load"() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
    freed TEXT;
    taken TEXT;
BEGIN
    IF TG_OP <> 'INSERT' AND OLD."type" = 'support' AND OLD."status" = 'active' THEN
        freed := OLD."operator_id";
    END IF;
    IF TG_OP <> 'DELETE' AND NEW."type" = 'support' AND NEW."status" = 'active' THEN
        taken := NEW."operator_id";
    END IF;
    IF freed IS NOT DISTINCT FROM taken THEN
        RETURN NULL;
    END IF;
    IF freed IS NOT NULL THEN
        UPDATE "operators" SET "load" = "load" - 1 WHERE "site_id" = OLD."site_id" AND "user_id" = freed;
    END IF;
    IF taken IS NOT NULL THEN
        UPDATE "operators" SET "load" = "load" + 1 WHERE "site_id" = NEW."site_id" AND "user_id" = taken;
    END IF;
    RETURN NULL;
END
$$;

CREATE TRIGGER "sessions_count_operator_load"
    AFTER INSERT OR DELETE OR UPDATE OF "operator_id", "status" ON "sessions"
    FOR EACH ROW EXECUTE FUNCTION "count_operator_load"();
