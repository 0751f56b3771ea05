
DO $end$
BEGIN
  IF current_setting('phusa.member_until_the_end', true) = 'yes' THEN
    EXECUTE format('REVOKE phusa_owner FROM %I', current_user);
  END IF;
END
$end$;

COMMIT;
