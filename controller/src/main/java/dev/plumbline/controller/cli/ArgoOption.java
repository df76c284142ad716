package dev.plumbline.controller.cli;

import dev.plumbline.registry.render.RenderOptions;
import picocli.CommandLine.Option;

/** {@code --argo}, of every command that renders. */
final class ArgoOption {

    @Option(
            names = "--argo",
            description =
                    "treat Argo's objects as kustomize treats built-in kinds: patches merge their lists by name, images"
                            + " reach their containers, references follow renamed objects; each difference from kustomize is said")
    boolean argo;

    RenderOptions options() {
        return argo ? RenderOptions.ARGO : RenderOptions.PLAIN;
    }
}
