-- The roles of a Phù Sa warehouse. An administrator runs this in the warehouse's database, as a superuser or as the
-- database's owner with CREATEROLE: before the first `migrate` or later. To run it again changes nothing.
--
--   phusa_owner   owns the tables; for `migrate`
--   phusa_loader  reads and writes rows and refreshes the marts; for all other commands
--   phusa_reader  reads all tables and marts, but for the payloads of dead letters; for analysts
--
-- They have no passwords yet: \password phusa_owner, and so on, in psql.

BEGIN;

DO $roles$
DECLARE
  wanted text;
BEGIN
  FOREACH wanted IN ARRAY ARRAY['phusa_owner', 'phusa_loader', 'phusa_reader'] LOOP
    IF NOT EXISTS (SELECT FROM pg_catalog.pg_roles WHERE rolname = wanted) THEN
      EXECUTE format('CREATE ROLE %I LOGIN', wanted);
    END IF;
    EXECUTE format('GRANT CONNECT ON DATABASE %I TO %I', current_database(), wanted);
  END LOOP;
  -- Rows are compared in temporary tables, and marts refreshed through them.
  EXECUTE format('GRANT TEMPORARY ON DATABASE %I TO phusa_owner, phusa_loader', current_database());
  -- Who is no superuser has to belong to a role to give it tables; until the end of this script.
  IF NOT pg_has_role(current_user, 'phusa_owner', 'MEMBER')
      OR NOT pg_has_role(current_user, 'phusa_owner', 'USAGE') THEN
    EXECUTE format('GRANT phusa_owner TO %I', current_user);
    PERFORM set_config('phusa.member_until_the_end', 'yes', true);
  END IF;
  -- Everybody may call these, unless somebody took that away: a stream asks them which server it writes to.
  IF NOT has_function_privilege('phusa_loader', 'pg_catalog.pg_control_system()', 'EXECUTE')
      OR NOT has_function_privilege('phusa_loader', 'pg_catalog.pg_control_checkpoint()', 'EXECUTE') THEN
    GRANT EXECUTE ON FUNCTION pg_catalog.pg_control_system(), pg_catalog.pg_control_checkpoint()
      TO phusa_loader;
  END IF;
END
$roles$;

DO $schema$
BEGIN
  IF to_regnamespace('public') IS NULL THEN
    CREATE SCHEMA public;
  END IF;
END
$schema$;

-- As PostgreSQL 15 and newer begin; a database of before then lets everybody create.
REVOKE CREATE ON SCHEMA public FROM PUBLIC;
GRANT USAGE ON SCHEMA public TO phusa_owner, phusa_loader, phusa_reader;
GRANT CREATE ON SCHEMA public TO phusa_owner;

-- What is created later.
ALTER DEFAULT PRIVILEGES FOR ROLE phusa_owner REVOKE EXECUTE ON FUNCTIONS FROM PUBLIC;
ALTER DEFAULT PRIVILEGES FOR ROLE phusa_owner IN SCHEMA public
  GRANT SELECT ON TABLES TO phusa_loader, phusa_reader;
ALTER DEFAULT PRIVILEGES FOR ROLE phusa_owner IN SCHEMA public
  GRANT INSERT, UPDATE, DELETE ON TABLES TO phusa_loader;

-- What another user created with `migrate`. Other tables of this database are left alone.
DO $owner$
DECLARE
  mine record;
BEGIN
  FOR mine IN
    SELECT c.relname, CASE c.relkind WHEN 'v' THEN 'VIEW' WHEN 'm' THEN 'MATERIALIZED VIEW' ELSE 'TABLE' END AS kind
    FROM pg_catalog.pg_class c
    WHERE c.relnamespace = 'public'::regnamespace
      AND c.relkind IN ('r', 'v', 'm')
      AND c.relowner <> 'phusa_owner'::regrole
      AND to_regclass('public.phusa_schema_history') IS NOT NULL
      AND c.relname = ANY (ARRAY[
        'dim_customer', 'dim_product', 'dim_time', 'dim_geography', 'dim_platform',
        'fact_sales', 'fact_transactions', 'fact_sales_realtime', 'fact_inventory', 'fact_user_activity',
        'fact_system_event', 'sales_line', 'sales_window', 'order_status', 'customer_today',
        'mv_sales_detail', 'mv_monthly_sales', 'mv_customer_analytics', 'mv_product_performance', 'mv_marketing_performance',
        'mv_sales_cube',
        'scd_change', 'rekey', 'etl_run', 'etl_step', 'etl_count', 'etl_watermark', 'etl_rules', 'quality_result',
        'dead_letter', 'phusa_schema_history'])
  LOOP
    EXECUTE format('ALTER %s public.%I OWNER TO phusa_owner', mine.kind, mine.relname);
  END LOOP;
  IF to_regprocedure('public.phusa_refresh_mart(text, boolean)') IS NOT NULL THEN
    ALTER FUNCTION public.phusa_refresh_mart(text, boolean) OWNER TO phusa_owner;
  END IF;
END
$owner$;

