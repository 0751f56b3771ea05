package vn.phusa.runners.flink;
