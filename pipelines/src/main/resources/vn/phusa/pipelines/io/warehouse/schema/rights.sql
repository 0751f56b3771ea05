-- Rights on what phusa_owner owns in this database. `migrate` does the same for what it has created.
DO $rights$
DECLARE
  owned record;
  shown text;
BEGIN
  -- Of a schema in which an administrator wanted the roles: a role of such a name may serve another one.
  IF to_regrole('phusa_owner') IS NULL
      OR to_regrole('phusa_loader') IS NULL
      OR to_regrole('phusa_reader') IS NULL
      OR NOT EXISTS (
        SELECT FROM pg_catalog.pg_default_acl d, pg_catalog.aclexplode(d.defaclacl) a
        WHERE d.defaclrole = to_regrole('phusa_owner') AND d.defaclnamespace = 'public'::regnamespace
          AND a.grantee = to_regrole('phusa_loader')) THEN
    RETURN;
  END IF;

  FOR owned IN
    SELECT c.relname, c.relkind
    FROM pg_catalog.pg_class c
    WHERE c.relnamespace = 'public'::regnamespace
      AND c.relkind IN ('r', 'p', 'v', 'm')
      AND c.relowner = to_regrole('phusa_owner')
  LOOP
    EXECUTE format('REVOKE ALL ON public.%I FROM phusa_loader, phusa_reader', owned.relname);
    EXECUTE format('GRANT SELECT ON public.%I TO phusa_loader', owned.relname);
    IF owned.relname <> 'dead_letter' THEN
      EXECUTE format('GRANT SELECT ON public.%I TO phusa_reader', owned.relname);
    END IF;
    -- The rules fill the last three, and migrate knows the rules.
    IF owned.relkind IN ('r', 'p')
        AND owned.relname NOT IN ('phusa_schema_history', 'dim_time', 'dim_geography', 'dim_platform') THEN
      EXECUTE format('GRANT INSERT, UPDATE, DELETE ON public.%I TO phusa_loader', owned.relname);
    END IF;
    IF owned.relkind = 'm' AND current_setting('server_version_num')::integer >= 170000 THEN
      EXECUTE format('GRANT MAINTAIN ON public.%I TO phusa_loader', owned.relname);
    END IF;
  END LOOP;

  -- The record as it came: whatever the source had in it.
  SELECT string_agg(quote_ident(attname), ', ' ORDER BY attnum) INTO shown
  FROM pg_catalog.pg_attribute
  WHERE attrelid = to_regclass('public.dead_letter') AND attnum > 0 AND NOT attisdropped
    AND attname <> 'payload';
  IF shown IS NOT NULL THEN
    EXECUTE format('GRANT SELECT (%s) ON public.dead_letter TO phusa_reader', shown);
  END IF;

  -- Before PostgreSQL 17 there is no right to refresh what another role owns.
  IF to_regprocedure('public.phusa_refresh_mart(text, boolean)') IS NOT NULL THEN
    REVOKE ALL ON FUNCTION public.phusa_refresh_mart(text, boolean) FROM PUBLIC, phusa_loader, phusa_reader;
    IF current_setting('server_version_num')::integer < 170000 THEN
      GRANT EXECUTE ON FUNCTION public.phusa_refresh_mart(text, boolean) TO phusa_loader;
    END IF;
  END IF;
END
$rights$;
