package dev.plumbline.controller.local.fields;

/**
 * Who owns fields: one entry of {@code metadata.managedFields}.
 *
 * @param manager field manager
 * @param applied whether it owns them by applying; otherwise by create or patch
 * @param apiVersion the version in which the fields are named
 * @param subresource empty for the object itself
 */
public record Owner(String manager, boolean applied, String apiVersion, String subresource) {}
