package vn.phusa.runners.cli.fault;

import java.util.List;
import java.util.SortedMap;
import vn.phusa.runners.cli.ShopAndWarehouse;

/** A command on stores of its own, which can be disturbed and run again. */
interface DisturbedWork extends AutoCloseable {

  /** The command line. */
  List<String> arguments();

  ShopAndWarehouse databases();

  /** All that it has written, by kind, comparable with that of another. */
  SortedMap<String, List<String>> written() throws Exception;

  @Override
  void close() throws Exception;
}
