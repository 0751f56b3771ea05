-- Before PostgreSQL 17 only its owner may refresh a materialized view. This lets a role that owns none do it, if it is
-- granted EXECUTE: for these views, and nothing else. Every name is qualified and the search path is fixed, so that
-- whoever calls it cannot put names of their own before ours.
CREATE FUNCTION public.phusa_refresh_mart(mart text, keep_readable boolean) RETURNS void
LANGUAGE plpgsql
SECURITY DEFINER
SET search_path = pg_catalog, pg_temp
AS $function$
BEGIN
  IF mart IS NULL OR mart NOT IN (
      'mv_monthly_sales', 'mv_customer_analytics', 'mv_product_performance', 'mv_marketing_performance',
      'mv_sales_cube') THEN
    RAISE EXCEPTION 'no mart of this name' USING ERRCODE = 'undefined_table';
  END IF;
  EXECUTE pg_catalog.format(
    'REFRESH MATERIALIZED VIEW %s public.%I', CASE WHEN keep_readable THEN 'CONCURRENTLY' ELSE '' END, mart);
END
$function$;

REVOKE ALL ON FUNCTION public.phusa_refresh_mart(text, boolean) FROM PUBLIC;

COMMENT ON FUNCTION public.phusa_refresh_mart(text, boolean) IS
  'Refreshes a mart for a role that does not own it; used where the right MAINTAIN does not exist (before PostgreSQL 17)';
