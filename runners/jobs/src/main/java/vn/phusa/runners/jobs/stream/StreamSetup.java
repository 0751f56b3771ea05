package vn.phusa.runners.jobs.stream;

import vn.phusa.options.StreamSettings;
import vn.phusa.options.address.DatabaseAddress;
import vn.phusa.options.address.KafkaAddress;
import vn.phusa.options.address.RedisAddress;
import vn.phusa.transforms.rules.Rules;

/**
 * What a stream works by, from its start to its end: options and files are read before it.
 *
 * @param rules those in force
 */
public record StreamSetup(
    StreamSettings settings,
    Rules rules,
    KafkaAddress kafka,
    DatabaseAddress warehouse,
    RedisAddress redis) {}
