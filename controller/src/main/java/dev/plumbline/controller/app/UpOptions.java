package dev.plumbline.controller.app;

import dev.plumbline.registry.lineage.LineageSink;
import java.nio.file.Path;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * What {@code plumbline up} was asked to do.
 *
 * @param repository URL or folder of the pipeline repository; empty for one made of the shipped pipelines
 * @param branch branch to follow; empty for the repository's default branch
 * @param path overlay to keep applied, clean, from the repository's root; empty for the root
 * @param interval time between two polls
 * @param port port of the API on loopback; 0 for any free one
 * @param data data folder
 * @param home folder that holds the shipped pipelines
 * @param trustSteps whether steps of a repository that the user named may run on this machine
 * @param argo whether the overlay is rendered with Argo awareness
 * @param lineage takes the recorded runs as lineage events; null for nobody
 */
public record UpOptions(
        String repository,
        String branch,
        String path,
        Duration interval,
        int port,
        Path data,
        Path home,
        boolean trustSteps,
        boolean argo,
        @Nullable LineageSink lineage) {}
