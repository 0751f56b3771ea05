package vn.phusa.runners.jobs.extract;

import vn.phusa.options.address.DatabaseAddress;
import vn.phusa.options.address.MongoAddress;
import vn.phusa.options.address.TrustedAuthorities;
import vn.phusa.pipelines.io.marketplace.spec.Marketplaces;
import vn.phusa.runners.jobs.run.BoundedPipelines;

/**
 * What an extraction works by, from its start to its end: options and files are read before it.
 *
 * @param pipelines what runs its pipelines
 * @param marketplaces all that are described; the settings name those to extract
 * @param authorities whom the clients of marketplaces trust
 */
public record ExtractSetup(
    BoundedPipelines pipelines,
    ExtractSettings settings,
    Marketplaces marketplaces,
    MongoAddress staging,
    DatabaseAddress warehouse,
    TrustedAuthorities authorities) {}
