package dev.plumbline.registry.render;

import org.jspecify.annotations.Nullable;

/**
 * Where a build is.
 *
 * @param kustomization what is being worked through
 * @param chain the folders that led there, its own one last
 * @param trace its folder as seen from the folder that is built
 * @param memory how it is worked through
 * @param old how that was done by an earlier build; null where there is none
 */
record Site(
        Kustomization kustomization,
        Chain chain,
        String trace,
        BuildMemory memory,
        @Nullable BuildMemory old) {

    String traceOfFile() {
        return Trace.join(trace, kustomization.fileName());
    }
}
