-- Links a new row into its municipality's chain when the transaction commits. Runs as the owner, so that the
-- application role can neither write nor change a link. The lock is taken at commit and held for its length only:
-- readers and writers do not wait for each other before that.

-- The digest of a row: of the names and values of all the columns the table had when the row was linked (kept as its
-- shape). A column that is added to the table later leaves old digests as they are; one that was empty then and is
-- filled in afterwards does not.
CREATE OR REPLACE FUNCTION egenmakt_row_digest(content jsonb) RETURNS bytea LANGUAGE sql IMMUTABLE AS
  $$ SELECT sha256(convert_to(content::text, 'UTF8')) $$;

-- How values are written must be the same whoever writes and whoever proves: see _AS_LINKED in foundation.audit.chain.
CREATE OR REPLACE FUNCTION egenmakt_link_row() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER
SET search_path = public, pg_temp
SET "TimeZone" = 'UTC'
SET "IntervalStyle" = 'postgres'
SET bytea_output = 'hex'
SET extra_float_digits = 1
AS $$
DECLARE
  content jsonb := to_jsonb(NEW);
  tenant uuid := NEW.municipality_id;
  row_key text := coalesce(content->>'pgh_id', content->>'id');
  names text[] := ARRAY(SELECT name FROM jsonb_object_keys(content) AS name ORDER BY name);
  shape integer;
  content_digest bytea := egenmakt_row_digest(content);
  last_number bigint;
  last_digest bytea;
BEGIN
  PERFORM pg_advisory_xact_lock(hashtextextended('egenmakt-chain-' || tenant::text, 0));
  SELECT id INTO shape FROM audit_shape WHERE table_name = TG_TABLE_NAME AND columns = names;
  IF shape IS NULL THEN
    INSERT INTO audit_shape (table_name, columns) VALUES (TG_TABLE_NAME, names) ON CONFLICT DO NOTHING;
    SELECT id INTO STRICT shape FROM audit_shape WHERE table_name = TG_TABLE_NAME AND columns = names;
  END IF;
  SELECT number, digest INTO last_number, last_digest
    FROM audit_link WHERE municipality_id = tenant ORDER BY number DESC LIMIT 1;
  INSERT INTO audit_link (municipality_id, number, table_name, row_id, shape_id, row_digest, digest)
  VALUES (
    tenant, coalesce(last_number, 0) + 1, TG_TABLE_NAME, row_key, shape, content_digest,
    sha256(coalesce(last_digest, ''::bytea) || convert_to(TG_TABLE_NAME || ':' || row_key, 'UTF8') || content_digest)
  );
  RETURN NULL;
END $$;
REVOKE ALL ON FUNCTION egenmakt_link_row() FROM PUBLIC;
DROP FUNCTION IF EXISTS egenmakt_row_digest(jsonb, text[]);
