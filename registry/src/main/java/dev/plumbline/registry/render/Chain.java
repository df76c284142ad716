package dev.plumbline.registry.render;

import dev.plumbline.registry.model.Location;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The folders that led to where a build is, the newest last.
 *
 * @param folders the folders; empty at the folder that is built
 */
record Chain(List<String> folders) {

    /** Deepest chain of bases and components. */
    static final int MAX_DEPTH = 50;

    Chain {
        folders = List.copyOf(folders);
    }

    static Chain start() {
        return new Chain(List.of());
    }

    Chain with(String folder) {
        List<String> longer = new ArrayList<>(folders);
        longer.add(folder);
        return new Chain(longer);
    }

    /** Whether a folder leads in circles or too deep, which is reported. */
    boolean leadsBack(String path, Location place, Problems problems) {
        String visited = visited(path);
        if (visited != null) {
            problems.error(
                    "render-cycle",
                    place,
                    (path.isEmpty() ? "the root folder" : path) + " is or contains " + visited
                            + ", which is being built here: " + String.join(" > ", folders),
                    "remove the base or component that leads back");
        } else if (folders.size() >= MAX_DEPTH) {
            problems.error(
                    "render-too-deep",
                    place,
                    "bases or components are nested deeper than " + MAX_DEPTH,
                    "flatten them");
            return true;
        }
        return visited != null;
    }

    private @Nullable String visited(String path) {
        for (String visited : folders) {
            if (visited.equals(path) || Files.isInside(path, visited)) {
                return visited.isEmpty() ? "the root folder" : visited;
            }
        }
        return null;
    }

    /** Whether what was built elsewhere can be built here, too, without leading in circles or too deep. */
    boolean admits(BuildMemory memory) {
        if (folders.size() + memory.height > MAX_DEPTH) {
            return false;
        }
        for (String folder : memory.folders) {
            if (visited(folder) != null) {
                return false;
            }
        }
        return true;
    }
}
