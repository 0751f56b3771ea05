package vn.phusa.pipelines.warehouse;

import java.util.List;

/** What the reference dimensions hold by the business rules; without the unknown members. */
public interface ReferenceRows {

  /** Every day of the calendar, once. */
  List<TimeRow> days();

  /** Every city that the rules know, once. */
  List<GeographyRow> geographies();

  /** Every platform that the rules know, once. */
  List<PlatformRow> platforms();
}
