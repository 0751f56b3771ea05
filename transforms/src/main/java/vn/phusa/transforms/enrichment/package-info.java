/** What the Vietnamese business rules add to a cleansed record. */
package vn.phusa.transforms.enrichment;
