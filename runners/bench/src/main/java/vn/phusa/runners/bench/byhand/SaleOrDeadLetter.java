package vn.phusa.runners.bench.byhand;

import org.checkerframework.checker.nullness.qual.Nullable;
import vn.phusa.transforms.errors.DeadLetter;
import vn.phusa.transforms.model.RealtimeSale;

/** What became of a record: one of the two. It never leaves the chain of operators. */
record SaleOrDeadLetter(@Nullable RealtimeSale sale, @Nullable DeadLetter deadLetter) {}
