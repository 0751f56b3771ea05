package vn.phusa.pipelines.io.marketplace.auth;

import java.time.Duration;
import org.checkerframework.checker.nullness.qual.Nullable;

/**
 * Where things are in the answer to a call of a token, as JSON pointers.
 *
 * @param access the token
 * @param refresh the refresh token; null: there is none
 * @param seconds its lifetime; null: not said
 * @param lifetime how long it lives where that is not said
 */
public record TokenAnswer(
    String access, @Nullable String refresh, @Nullable String seconds, Duration lifetime) {}
