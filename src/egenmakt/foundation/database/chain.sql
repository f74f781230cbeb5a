-- Links a new row into its municipality's chain when the transaction commits. Runs as the owner, so that the
-- application role can neither write nor change a link. The lock is taken at commit and held for its length only:
-- readers and writers do not wait for each other before that.
CREATE OR REPLACE FUNCTION egenmakt_row_digest(content jsonb) RETURNS bytea LANGUAGE sql IMMUTABLE AS
  -- columns without a value are left out, so that a column added later leaves old digests as they are
  $$ SELECT sha256(convert_to(jsonb_strip_nulls(content)::text, 'UTF8')) $$;

CREATE OR REPLACE FUNCTION egenmakt_link_row() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER
SET search_path = public, pg_temp AS $$
DECLARE
  content jsonb := to_jsonb(NEW);
  tenant uuid := NEW.municipality_id;
  row_key text := coalesce(content->>'pgh_id', content->>'id');
  content_digest bytea := egenmakt_row_digest(content);
  last_number bigint;
  last_digest bytea;
BEGIN
  PERFORM pg_advisory_xact_lock(hashtextextended('egenmakt-chain-' || tenant::text, 0));
  SELECT number, digest INTO last_number, last_digest
    FROM audit_link WHERE municipality_id = tenant ORDER BY number DESC LIMIT 1;
  INSERT INTO audit_link (municipality_id, number, table_name, row_id, row_digest, digest)
  VALUES (
    tenant, coalesce(last_number, 0) + 1, TG_TABLE_NAME, row_key, content_digest,
    sha256(coalesce(last_digest, ''::bytea) || convert_to(TG_TABLE_NAME || ':' || row_key, 'UTF8') || content_digest)
  );
  RETURN NULL;
END $$;
REVOKE ALL ON FUNCTION egenmakt_link_row() FROM PUBLIC;
