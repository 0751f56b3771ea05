package vn.phusa.options;

import org.apache.beam.sdk.options.Default;
import org.apache.beam.sdk.options.Description;

/** Options of every command. */
public interface PhusaOptions extends TlsOptions {

  @Description("The folder of the embedded services and their data; relative to where you stand.")
  @Default.String(".phusa")
  String getHome();

  void setHome(String home);

  @Description("Starts the services that are not given, on loopback, with their data under --home.")
  @Default.Boolean(false)
  boolean isEmbedded();

  void setEmbedded(boolean embedded);

  @Description("A YAML file of business rules, merged over those built in key by key.")
  String getRules();

  void setRules(String rules);

  @Description("Logs more, and shows the stack trace of a failure.")
  @Default.Boolean(false)
  boolean isVerbose();

  void setVerbose(boolean verbose);
}
