/**
 * What crosses a PCollection. Instants are {@code long ...Micros} and dates {@code int
 * ...EpochDay}: Beam's schema inference turns java.time types into empty rows.
 */
package vn.phusa.transforms.model;
