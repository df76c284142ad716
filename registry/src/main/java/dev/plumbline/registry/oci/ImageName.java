package dev.plumbline.registry.oci;

import dev.plumbline.registry.model.Digest;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * An image by its digest, as a node names it in the status of a pod.
 *
 * @param registry host and port of its registry
 * @param repository its name there
 * @param digest digest of its manifest
 */
record ImageName(String registry, String repository, Digest digest) {

    private static final String DOCKER_HUB = "docker.io";
    private static final Pattern REPOSITORY =
            Pattern.compile("[a-z0-9]+(?:(?:[._]|__|-+)[a-z0-9]+)*(?:/[a-z0-9]+(?:(?:[._]|__|-+)[a-z0-9]+)*)*");
    private static final Pattern HOST = Pattern.compile("(?:[A-Za-z0-9.-]+|\\[[0-9a-fA-F:]+])(?::[0-9]{1,5})?");
    private static final Pattern DIGEST = Pattern.compile("sha256:[0-9a-f]{64}");
    private static final Pattern PULLABLE = Pattern.compile("^[a-z-]+://");

    /**
     * Reads {@code NAME@sha256:…}, with or without what old container runtimes write before it and a tag.
     *
     * @return empty where it names no digest of a registry, such as the id of an image that was loaded from a file
     */
    static Optional<ImageName> of(String text) {
        String plain = PULLABLE.matcher(text).replaceFirst("");
        int at = plain.indexOf('@');
        if (at <= 0 || !DIGEST.matcher(plain.substring(at + 1)).matches()) {
            return Optional.empty();
        }
        String name = plain.substring(0, at);
        int tag = name.lastIndexOf(':');
        if (tag > name.lastIndexOf('/')) {
            name = name.substring(0, tag);
        }
        int slash = name.indexOf('/');
        String first = slash < 0 ? "" : name.substring(0, slash);
        boolean named = first.contains(".") || first.contains(":") || first.equals("localhost");
        String registry = named ? first : DOCKER_HUB;
        String repository = named ? name.substring(slash + 1) : name;
        if (registry.equals(DOCKER_HUB) && repository.indexOf('/') < 0) {
            repository = "library/" + repository;
        }
        Matcher host = HOST.matcher(registry);
        return host.matches() && REPOSITORY.matcher(repository).matches()
                ? Optional.of(new ImageName(registry, repository, new Digest(plain.substring(at + 1))))
                : Optional.empty();
    }

    /** Where its registry answers: without TLS on this machine, as other clients do it, and with it everywhere else. */
    String address() {
        String host = registry.equals(DOCKER_HUB) ? "registry-1.docker.io" : registry;
        return (loopback(registry) ? "http://" : "https://") + host;
    }

    /** Whether an authority is this machine. */
    static boolean loopback(String authority) {
        return authority.matches("(?:localhost|127\\.[0-9]{1,3}\\.[0-9]{1,3}\\.[0-9]{1,3}|\\[::1])(?::[0-9]+)?");
    }

    /** Under what the registry stands in a file of credentials. */
    String credentialsKey() {
        return registry.equals(DOCKER_HUB) ? "https://index.docker.io/v1/" : registry;
    }
}
