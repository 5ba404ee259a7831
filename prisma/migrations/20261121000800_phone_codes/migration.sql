-- Codes that were sent to phones to sign in with. The limits are counted over these rows, so that neither a restart nor
-- a flushed cache resets them.
CREATE TABLE "phone_codes" (
    "id" TEXT NOT NULL,
    "site_id" TEXT NOT NULL,
    "phone" TEXT NOT NULL,
    "address" TEXT NOT NULL,
    "hash" TEXT NOT NULL,
    "wrong_tries" INTEGER NOT NULL DEFAULT 0,
    "unanswered" BOOLEAN NOT NULL DEFAULT false,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "expires_at" TIMESTAMPTZ(3) NOT NULL,
    "ended_at" TIMESTAMPTZ(3),

    CONSTRAINT "phone_codes_pkey" PRIMARY KEY ("id"),
    CONSTRAINT "phone_codes_wrong_tries_check" CHECK ("wrong_tries" BETWEEN 0 AND 5)
);

CREATE INDEX "phone_codes_site_id_phone_created_at_idx" ON "phone_codes"("site_id", "phone", "created_at");

CREATE INDEX "phone_codes_site_id_address_created_at_idx" ON "phone_codes"("site_id", "address", "created_at");
