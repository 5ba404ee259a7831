-- One change may touch many messages (a visitor who proves to be a user): all of them bear its number. It makes at most one:
-- of two that were made by it, both would bear it twice.
CREATE UNIQUE INDEX "messages_session_id_change_created_change_key" ON "messages"("session_id", "change", "created_change");

DROP INDEX "messages_session_id_change_key";
