package dev.plumbline.registry.render;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** How a kustomization was worked through: written while that happens, only read afterwards. */
final class BuildMemory {

    /** Files listed as resources, by path. */
    final Map<String, Part<List<Resource>>> files = new HashMap<>();

    /** Components that worked upon it, by folder. */
    final Map<String, BuildMemory> components = new HashMap<>();

    /** What its resources were; of a component also what it works upon. */
    List<Resource> loaded = List.of();

    /** Its folder and every folder that was built into it. */
    final List<String> folders = new ArrayList<>();

    /** How many folders its longest chain of bases and components has, itself included. */
    int height = 1;

    /** What its generators made. */
    @Nullable
    Part<List<Resource>> generated;

    private final Footprint kustomization;
    private final List<Run> runs = new ArrayList<>();

    /**
     * A run of transformers.
     *
     * @param reads what was read to make them
     * @param configuration the configuration that they got
     * @param results what they made of each object
     */
    private record Run(Footprint reads, Configuration configuration, Stages.Results results) {}

    /**
     * Begins.
     *
     * @param kustomization what was read for the kustomization file
     */
    BuildMemory(String folder, Footprint kustomization) {
        this.kustomization = kustomization;
        folders.add(folder);
    }

    /** A folder was built into this one. */
    void contains(BuildMemory below) {
        folders.addAll(below.folders);
        height = Math.max(height, below.height + 1);
    }

    /** Whether both were made of the same kustomization file. */
    boolean sameFile(BuildMemory other) {
        return kustomization.same(other.kustomization);
    }

    /**
     * What the next run of transformers made of each object when it was made of the same files and configuration; null where it
     * was not.
     */
    Stages.@Nullable Results before(@Nullable BuildMemory old, Footprint reads, Configuration configuration) {
        if (old == null || runs.size() >= old.runs.size() || !sameFile(old)) {
            return null;
        }
        Run run = old.runs.get(runs.size());
        return run.reads.same(reads) && run.configuration.equals(configuration) ? run.results : null;
    }

    void ran(Footprint reads, Configuration configuration, Stages.Results results) {
        runs.add(new Run(reads, configuration, results));
    }

    /** About how many bytes it takes beside what the folders below it take. */
    long bytes() {
        long sum = 500 + 8L * folders.size() + 8L * loaded.size();
        for (Part<List<Resource>> part : files.values()) {
            sum += bytes(part);
        }
        sum += generated == null ? 0 : bytes(generated);
        for (Run run : runs) {
            sum += run.results.bytes();
        }
        for (BuildMemory component : components.values()) {
            sum += component.bytes();
        }
        return sum;
    }

    private static long bytes(Part<List<Resource>> part) {
        long sum = part.reads().bytes();
        for (Resource resource : part.value()) {
            sum += resource.bytes();
        }
        return sum;
    }
}
