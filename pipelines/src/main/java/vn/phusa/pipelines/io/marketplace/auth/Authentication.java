package vn.phusa.pipelines.io.marketplace.auth;

import org.checkerframework.checker.nullness.qual.Nullable;

/**
 * How a platform's requests prove who sends them.
 *
 * @param signer puts it into a request
 * @param tokens null where there are none
 */
public record Authentication(Signer signer, @Nullable TokenRenewal tokens) {}
