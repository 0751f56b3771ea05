package vn.phusa.transforms.rules;

/**
 * A city as dim_geography has it.
 *
 * @param city the standard name
 * @param province the standard name of the province before 2025-07-01 that it lies in
 * @param provinceCode that province's code before 2025-07-01 (the codes since mean other
 *     territories)
 * @param region North, Central or South
 * @param region6 the socio-economic region before 2025
 * @param mergedInto the standard name of the province since 2025-07-01
 */
public record GeographyRow(
    String city,
    String province,
    String provinceCode,
    String region,
    String region6,
    String mergedInto) {}
