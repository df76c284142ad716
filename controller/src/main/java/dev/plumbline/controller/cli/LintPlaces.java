package dev.plumbline.controller.cli;

import dev.plumbline.registry.source.Snapshot;
import dev.plumbline.registry.source.SourceException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;

/**
 * Where the paths of a command line stand that names several.
 *
 * @param top the tree that holds them all
 * @param roots files and folders to lint, as a Snapshot of the tree writes paths
 * @param overlays kustomizations to render, in the same way
 */
record LintPlaces(Checkout top, List<String> roots, List<String> overlays) {

    /**
     * Finds paths, which need not exist. Without a repository their tree is the folder that they have in common.
     *
     * @param repo folder in the repository from which paths are read; empty for the current folder
     */
    static LintPlaces of(String repo, List<String> paths, List<String> overlays) {
        List<Checkout> all = new ArrayList<>();
        paths.forEach(path -> all.add(Checkout.of(repo, path)));
        overlays.forEach(path -> all.add(Checkout.of(repo, path)));
        if (all.isEmpty()) {
            all.add(Checkout.of(repo, "."));
        }
        Path top = all.getFirst().top();
        for (Checkout place : all) {
            if (place.repository() != all.getFirst().repository()
                    || (place.repository() && !place.top().equals(top))) {
                throw new CommandException(
                        CommandException.ENVIRONMENT,
                        place.top().resolve(place.path()) + " is not in the same repository as "
                                + all.getFirst().top().resolve(all.getFirst().path()) + "; lint them one by one");
            }
            while (!place.top().startsWith(top) && top.getParent() != null) {
                top = top.getParent();
            }
        }
        Path common = top;
        List<String> inTop = all.stream()
                .map(place -> common.relativize(place.top().resolve(place.path()))
                        .toString()
                        .replace('\\', '/'))
                .toList();
        boolean whole = paths.isEmpty() && overlays.isEmpty();
        return new LintPlaces(
                new Checkout(common, "", all.getFirst().repository()),
                whole ? List.of() : inTop.subList(0, paths.size()),
                whole ? List.of() : inTop.subList(paths.size(), inTop.size()));
    }

    /** Whether the tree has no top of its own and is not the whole disk yet. */
    boolean canClimb() {
        return !top.repository() && top.top().getParent() != null;
    }

    /** The same in the tree of the folder above. */
    LintPlaces higher() {
        Path parent = Objects.requireNonNull(top.top().getParent(), "the whole disk has no folder above");
        String name = parent.relativize(top.top()).toString();
        List<String> below = roots.isEmpty() && overlays.isEmpty() ? List.of("") : roots;
        return new LintPlaces(
                new Checkout(parent, "", false),
                below.stream().map(path -> below(name, path)).toList(),
                overlays.stream().map(path -> below(name, path)).toList());
    }

    private static String below(String folder, String path) {
        return path.isEmpty() ? folder : folder + "/" + path;
    }

    /** Refuses paths at which there is nothing. */
    void check(Snapshot snapshot) throws SourceException {
        List<String> all = new ArrayList<>(roots);
        all.addAll(overlays);
        for (String path : all) {
            if (!path.isEmpty() && snapshot.find(path) == null) {
                throw new CommandException(
                        CommandException.ENVIRONMENT,
                        "there is no file or folder " + top.top().resolve(path) + "; correct the path");
            }
        }
    }
}
