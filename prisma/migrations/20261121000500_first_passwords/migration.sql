-- A password that somebody else has made: the console asks for another one before anything else.
ALTER TABLE "users" ADD COLUMN "must_change_password" BOOLEAN NOT NULL DEFAULT false;
