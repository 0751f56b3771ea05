/** The ledger of runs and steps, the run lock, watermarks and retention. */
package vn.phusa.pipelines.io.warehouse.ledger;
