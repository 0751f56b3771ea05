/**
 * Reading of YAML that is merged over what is built in, and whose mistakes are reported in one
 * line.
 */
package vn.phusa.transforms.yaml;
