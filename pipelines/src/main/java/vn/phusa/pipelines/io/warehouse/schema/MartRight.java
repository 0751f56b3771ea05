package vn.phusa.pipelines.io.warehouse.schema;

/** By what right a session may refresh a mart {@code c} of pg_class, as conditions of SQL. */
final class MartRight {
  /** It may say REFRESH itself: as its owner, a superuser, or from PostgreSQL 17 on by MAINTAIN. */
  static final String OF_ITS_OWN =
      "(pg_has_role(c.relowner, 'USAGE') OR CASE"
          + " WHEN current_setting('server_version_num')::int >= 170000"
          + " THEN has_table_privilege(c.oid, 'MAINTAIN') ELSE false END)";

  /** The function that the owner left may say it. */
  static final String BY_FUNCTION =
      "coalesce(has_function_privilege("
          + "to_regprocedure('phusa_refresh_mart(text, boolean)'), 'EXECUTE'), false)";

  private MartRight() {}
}
