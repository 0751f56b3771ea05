/** Recipes: what flows where. One class per pipeline. */
package vn.phusa.pipelines;
