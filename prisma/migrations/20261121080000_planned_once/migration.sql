-- Planned once a connection, for whatever comes: left to itself PostgreSQL plans this query anew each time, which takes
-- several times as long as carrying it out. All it looks up has an index, also while the tables are small and unanalysed.
ALTER FUNCTION "append_messages"(TEXT, JSON)
    SET plan_cache_mode = force_generic_plan
    SET enable_seqscan = off
    SET jit = off;
