/** The warehouse's schema: migrations, roles and rights, reference dimensions, marts, identity. */
package vn.phusa.pipelines.io.warehouse.schema;
