-- Net, gross, cancelled and returned revenue; baskets that add up; equal customers in equal quintiles. The marts and the
-- view that they read have new definitions, which `migrate` keeps beside the migrations: it creates what is missing.
DROP MATERIALIZED VIEW IF EXISTS mv_sales_cube, mv_marketing_performance, mv_product_performance,
  mv_customer_analytics, mv_monthly_sales;
DROP VIEW IF EXISTS sales_line;

-- One view more, and memory to sort and group in.
CREATE OR REPLACE FUNCTION public.phusa_refresh_mart(mart text, keep_readable boolean) RETURNS void
LANGUAGE plpgsql
SECURITY DEFINER
SET search_path = pg_catalog, pg_temp
SET work_mem = '64MB'
SET hash_mem_multiplier = 8
SET jit = off
AS $function$
BEGIN
  IF mart IS NULL OR mart NOT IN (
      'mv_sales_detail', 'mv_monthly_sales', 'mv_customer_analytics', 'mv_product_performance',
      'mv_marketing_performance', 'mv_sales_cube') THEN
    RAISE EXCEPTION 'no mart of this name' USING ERRCODE = 'undefined_table';
  END IF;
  EXECUTE pg_catalog.format(
    'REFRESH MATERIALIZED VIEW %s public.%I', CASE WHEN keep_readable THEN 'CONCURRENTLY' ELSE '' END, mart);
END
$function$;

