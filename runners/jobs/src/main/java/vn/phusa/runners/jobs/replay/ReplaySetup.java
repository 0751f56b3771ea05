package vn.phusa.runners.jobs.replay;

import org.checkerframework.checker.nullness.qual.Nullable;
import vn.phusa.options.ReplaySettings;
import vn.phusa.options.address.DatabaseAddress;
import vn.phusa.options.address.KafkaAddress;
import vn.phusa.options.address.RedisAddress;
import vn.phusa.runners.jobs.run.BoundedPipelines;
import vn.phusa.transforms.rules.Rules;

/**
 * What a replay works by, from its start to its end: options and files are read before it.
 *
 * @param pipelines what runs its pipelines
 * @param rules those in force
 * @param kafka null: none, so that dead letters of topics are not replayed
 * @param redis null: none, so that sales events are not replayed
 */
public record ReplaySetup(
    BoundedPipelines pipelines,
    ReplaySettings settings,
    Rules rules,
    DatabaseAddress warehouse,
    @Nullable KafkaAddress kafka,
    @Nullable RedisAddress redis) {}
