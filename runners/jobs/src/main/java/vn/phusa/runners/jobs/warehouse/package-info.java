/** Administration of the warehouse: migration, ledger, status, headlines of the marts. */
package vn.phusa.runners.jobs.warehouse;
