package dev.plumbline.registry.model;

/**
 * Who wrote a commit or acted, as they named themselves. Stored entries hold salted digests of persons, never this value.
 *
 * @param name display name, may be empty
 * @param email address, may be empty
 */
public record Person(String name, String email) {}
