package vn.phusa.runners.jobs.load;

import org.checkerframework.checker.nullness.qual.Nullable;
import vn.phusa.options.LoadSettings;
import vn.phusa.options.address.DatabaseAddress;
import vn.phusa.options.address.MongoAddress;
import vn.phusa.runners.jobs.run.BoundedPipelines;
import vn.phusa.transforms.mapping.Mappings;
import vn.phusa.transforms.rules.Rules;

/**
 * What loads work by, from their start to their end: options and files are read before them.
 *
 * @param pipelines what runs their pipelines
 * @param inUse the rules
 * @param mappings what the records of marketplaces and feeds mean
 * @param oltp the shop's database; null: none is loaded from
 * @param staging null: nothing that is staged is loaded
 */
public record LoadSetup(
    BoundedPipelines pipelines,
    LoadSettings settings,
    RulesInUse inUse,
    Mappings mappings,
    DatabaseAddress warehouse,
    @Nullable DatabaseAddress oltp,
    @Nullable MongoAddress staging) {

  /** The rules that all is made by. */
  public Rules rules() {
    return inUse.rules();
  }
}
