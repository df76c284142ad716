package dev.plumbline.registry.evidence;

import dev.plumbline.registry.model.CommitId;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Where the pipelines of a sync come from.
 *
 * @param repository address without credentials, as the operator gave it; empty when there is none that others could reach
 * @param ref full name of the followed ref; empty when the repository's default was followed
 * @param path the overlay
 */
public record EvidenceSource(String repository, String ref, String path) {

    private static final Pattern SCP = Pattern.compile("(?:[^@/:]+@)?([^/:]+):(?!//)(.+)");
    private static final Pattern USER = Pattern.compile("^([a-z+]+://)[^@/]*@");
    private static final Pattern SCHEME = Pattern.compile("^[a-z+]+://.*");

    /** Writes the address as a URL without user and without {@code .git}, by which verifiers know a repository. */
    public EvidenceSource {
        String url = repository;
        Matcher scp = SCP.matcher(url);
        if (scp.matches()) {
            url = "ssh://" + scp.group(1) + "/" + scp.group(2);
        } else if (!SCHEME.matcher(url).matches() && url.startsWith("/")) {
            url = "file://" + url;
        }
        repository = USER.matcher(url).replaceFirst("$1").replaceFirst("(\\.git)?/*$", "");
    }

    /** The URI of a commit, with exactly one {@code @}, as GUAC and SLSA's verifiers read it. */
    public String uri(CommitId commit) {
        return "git+" + (repository.isEmpty() ? "plumbline:unnamed" : repository) + "@" + commit.hex();
    }

    Map<String, @Nullable Object> tree() {
        Map<String, @Nullable Object> tree = new LinkedHashMap<>();
        tree.put("repository", repository);
        tree.put("ref", ref);
        tree.put("path", path);
        return tree;
    }
}
