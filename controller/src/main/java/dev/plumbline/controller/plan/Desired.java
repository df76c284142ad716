package dev.plumbline.controller.plan;

import dev.plumbline.registry.manifest.Manifest;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * One object that a Release wants.
 *
 * @param manifest its content without stamps
 * @param stamped the same with stamps: what is sent to the cluster
 * @param version whether it is an immutable template version: created once and never written again
 */
public record Desired(Manifest manifest, Map<String, @Nullable Object> stamped, boolean version) {}
