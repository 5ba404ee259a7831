-- CreateEnum
CREATE TYPE "bond" AS ENUM ('friends', 'staff', 'together', 'none', 'blocked');

-- CreateEnum
CREATE TYPE "chosen_presence" AS ENUM ('away', 'offline');

-- AlterTable
ALTER TABLE "users" ADD COLUMN "chosen_presence" "chosen_presence";

-- AlterTable
ALTER TABLE "sessions" ADD COLUMN "owner_id" TEXT;
ALTER TABLE "sessions" ADD COLUMN "shows_history" BOOLEAN NOT NULL DEFAULT false;
ALTER TABLE "sessions" ADD COLUMN "bond" "bond";
ALTER TABLE "sessions" ADD COLUMN "brought_together" BOOLEAN NOT NULL DEFAULT false;
ALTER TABLE "sessions" ADD COLUMN "has_outsiders" BOOLEAN NOT NULL DEFAULT false;

-- AlterTable
ALTER TABLE "participants" ADD COLUMN "place" INTEGER NOT NULL DEFAULT 0;
ALTER TABLE "participants" ADD COLUMN "sent_count" INTEGER NOT NULL DEFAULT 0;
ALTER TABLE "participants" ADD COLUMN "sent_before" INTEGER NOT NULL DEFAULT 0;

-- CreateTable
CREATE TABLE "friendships" (
    "site_id" TEXT NOT NULL,
    "user_id" TEXT NOT NULL,
    "friend_id" TEXT NOT NULL,
    "remark" TEXT,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "friendships_pkey" PRIMARY KEY ("site_id","user_id","friend_id")
);

-- CreateTable
CREATE TABLE "friend_requests" (
    "site_id" TEXT NOT NULL,
    "from_id" TEXT NOT NULL,
    "to_id" TEXT NOT NULL,
    "id" TEXT NOT NULL,
    "message" TEXT,
    "hidden" BOOLEAN NOT NULL DEFAULT false,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "friend_requests_pkey" PRIMARY KEY ("site_id","from_id","to_id")
);

-- CreateTable
CREATE TABLE "blocks" (
    "site_id" TEXT NOT NULL,
    "user_id" TEXT NOT NULL,
    "blocked_id" TEXT NOT NULL,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "blocks_pkey" PRIMARY KEY ("site_id","user_id","blocked_id")
);

-- CreateTable
CREATE TABLE "reactions" (
    "message_id" TEXT NOT NULL,
    "user_id" TEXT NOT NULL,
    "emoji" TEXT NOT NULL,
    "change" INTEGER NOT NULL,

    CONSTRAINT "reactions_pkey" PRIMARY KEY ("message_id","user_id","emoji")
);

-- CreateIndex
CREATE INDEX "participants_site_id_joined_at_idx" ON "participants"("site_id", "joined_at");

-- CreateIndex
CREATE INDEX "friend_requests_site_id_to_id_created_at_idx" ON "friend_requests"("site_id", "to_id", "created_at");

-- AddForeignKey
ALTER TABLE "reactions" ADD CONSTRAINT "reactions_message_id_fkey" FOREIGN KEY ("message_id") REFERENCES "messages"("id") ON DELETE CASCADE ON UPDATE RESTRICT;

-- From here on: what schema.prisma can't say.

-- A person's present sessions in the order in which an inbox goes through them.
CREATE INDEX "participants_present" ON "participants"("site_id", "user_id", "session_id")
    WHERE "left_change" IS NULL;

-- Tombstones are few: what is unread is told from numbers, less these.
CREATE INDEX "messages_recalled" ON "messages"("session_id", "seq")
    WHERE "recalled_at" IS NOT NULL;

-- What was written before there were counters is counted.
UPDATE "sessions" SET "has_outsiders" = true WHERE "last_seq" > 0;

ALTER TABLE "sessions"
    ADD CONSTRAINT "sessions_bond_is_of_two" CHECK ("type" = 'private' OR "bond" IS NULL),
    ADD CONSTRAINT "sessions_owner_is_of_group" CHECK ("type" = 'group' OR "owner_id" IS NULL);

ALTER TABLE "participants"
    ADD CONSTRAINT "participants_counts_not_negative" CHECK ("sent_before" >= 0 AND "sent_count" >= "sent_before");

ALTER TABLE "friendships"
    ADD CONSTRAINT "friendships_of_two" CHECK ("user_id" <> "friend_id");
